"""How does somebody see the main job in a minute?

Prepare a data folder, start both services as separate processes, issue one credential for a real
artifact, let the verifier judge it, and say what to open.  The verifier's process is given no
database, no passphrase and no folder of the issuer's: only the list that names it.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

import httpx2

from evidence.errors import EvidenceError
from issuer.errors import GateClosed, IssuerError
from issuer.first_run import FirstRun, prepare
from issuer.issuance.from_file import Issued, issue_from_file
from issuer.settings import IssuerSettings
from keys.errors import KeyFault
from service.clock import utc_now
from service.reachability import NotAllowed
from skillmark.errors import NoArtifact, NotConfirmed, Refused
from skillmark.processes import Service, Stopped, Together, stop_on_signals
from skillmark.table import progress, say, show
from verifier.settings import VerifierSettings
from verifier.verdict import Verdict

ISSUER_COMMAND: Final = ("issuer", "serve")
VERIFIER_COMMAND: Final = ("verifier", "serve")
EXAMPLE: Final = Path("docs", "examples", "submission.yaml")
CLOSING: Final = "Now paste one of these into the verifier: the credential's address or its code."
CONFIRMATIONS: Final = (Verdict.CONFIRMED, Verdict.CONFIRMED_WITH_NOTES)
VERIFY_SECONDS: Final = 60.0  # evidence is fetched and compared while we wait


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who typed the command asked for."""

    artifact: str | None = None
    commit: str | None = None
    submission: Path | None = None
    once: bool = False


def run(wishes: Wishes) -> None:
    """Show the main job; return when it is done (`once`) or when somebody stops it."""
    stop_on_signals()
    try:
        _show_the_main_job(wishes)
    except Stopped:
        say("Stopped.")
    except GateClosed as closed:
        raise Refused(closed, (each.sentence for each in closed.missing)) from closed
    except (IssuerError, KeyFault, EvidenceError, NotAllowed) as refused:
        raise Refused(refused) from refused


def _show_the_main_job(wishes: Wishes) -> None:
    artifact = wishes.artifact or own_repository(Path.cwd())
    os.environ.update(local_environment(os.environ))
    settings = IssuerSettings()
    with progress("Preparing the database and the signing key …"):
        first = prepare(settings, now=utc_now())
    for note in first.notes:
        say(note)
    issuers = write_issuer_list(settings, first)
    with Together(say) as services:
        services.start(
            [
                issuer_service(settings, os.environ),
                verifier_service(VerifierSettings(), settings, issuers, os.environ),
            ]
        )
        with progress(f"Assessing and issuing for {artifact} …"):
            issued = issue(settings, wishes, artifact)
        with progress("Asking the verifier …"):
            verdict = confirm(settings.verifier_url, issued.url)
        show("Skillmark", rows(settings, first, issued, verdict), CLOSING)
        if not wishes.once:
            say("Ctrl-C stops both services.")
            services.watch()


def rows(
    settings: IssuerSettings, first: FirstRun, issued: Issued, verdict: Verdict
) -> dict[str, str]:
    """What the table says."""
    said = {
        "Issuer": settings.issuer_url,
        "Verifier": settings.verifier_url,
        "Credential": issued.url,
        "Code": issued.code,
        "Verdict": verdict.words,
    }
    if first.api_key:
        said["API key"] = f"{first.api_key}  (shown this once; the database keeps its digest)"
    return said


def issuer_service(settings: IssuerSettings, environment: Mapping[str, str]) -> Service:
    """How the issuer is started."""
    return Service(
        name="issuer",
        arguments=ISSUER_COMMAND,
        host=settings.issuer_host,
        port=settings.issuer_port,
        url=reached_at(settings.issuer_host, settings.issuer_port),
        environment=environment,
        log=settings.data_dir / "logs" / "issuer.log",
    )


def verifier_service(
    settings: VerifierSettings,
    keeper: IssuerSettings,
    issuers: Path,
    environment: Mapping[str, str],
) -> Service:
    """How the verifier is started; its log lies beside the issuer's, nothing else is shared."""
    return Service(
        name="verifier",
        arguments=VERIFIER_COMMAND,
        host=settings.verifier_host,
        port=settings.verifier_port,
        url=reached_at(settings.verifier_host, settings.verifier_port),
        environment=verifier_environment(environment, issuers),
        log=keeper.data_dir / "logs" / "verifier.log",
    )


def reached_at(host: str, port: int) -> str:
    """Where this machine reaches what listens on a host and port."""
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - not bound here
    return f"http://[{here}]:{port}" if ":" in here and "[" not in here else f"http://{here}:{port}"


def issue(settings: IssuerSettings, wishes: Wishes, artifact: str) -> Issued:
    """Assess as the submission file says, pass the gate, sign; or find what was issued before."""
    return issue_from_file(
        settings,
        submission_file(wishes.submission),
        artifact=artifact,
        commit=wishes.commit,
        now=utc_now(),
    )


def own_repository(here: Path) -> str:
    """The git repository that the command runs in.

    Raises:
        NoArtifact: there is none.
    """
    answer = subprocess.run(
        ["git", "rev-parse", "--show-toplevel"],  # noqa: S607 - git is where the person keeps it
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise NoArtifact(here)
    return answer.stdout.rstrip("\n")


def submission_file(named: Path | None) -> Path:
    """The assessment to issue from: the named file, the working copy's, or the packaged one."""
    packaged = Path(str(resources.files("skillmark") / "examples" / EXAMPLE.name))
    source_tree = Path(__file__).parent.parent / EXAMPLE
    return named or next(
        path for path in (EXAMPLE, packaged, source_tree) if path.is_file() or path is source_tree
    )


def local_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The person's settings; where only a port was chosen, the address follows it."""
    chosen = dict(environment) | {"SKILLMARK_DEVELOPMENT": "1"}
    for service in ("ISSUER", "VERIFIER"):
        port = chosen.get(f"SKILLMARK_{service}_PORT")
        if port:
            chosen.setdefault(f"SKILLMARK_{service}_URL", f"http://localhost:{port}")
    return chosen


def verifier_environment(environment: Mapping[str, str], issuers: Path) -> dict[str, str]:
    """What the verifier is told: nothing that would let it read or sign as the issuer."""
    told = {"SKILLMARK_DEVELOPMENT", "SKILLMARK_LOG_LEVEL"}
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith("SKILLMARK_")
        or name.startswith("SKILLMARK_VERIFIER_")
        or name in told
    } | {"SKILLMARK_ISSUER_LISTS": str(issuers)}


def write_issuer_list(settings: IssuerSettings, first: FirstRun) -> Path:
    """A list of known issuers that names the demonstration's own."""
    listed = {
        "name": "The demonstration's issuers",
        "issuers": [{"did": first.did, "name": first.name, "url": settings.issuer_url}],
    }
    path = settings.data_dir.resolve() / "issuers.json"
    path.write_text(json.dumps(listed, indent=2) + "\n", "utf-8")
    return path


def confirm(verifier_url: str, credential: str) -> Verdict:
    """Let the running verifier judge the credential.

    Raises:
        NotConfirmed: the verdict is not a confirmation.
    """
    with httpx2.Client(trust_env=False, timeout=VERIFY_SECONDS) as client:
        answer = client.post(
            f"{verifier_url}/api/v1/verifications", json={"input": credential, "evidence": "wait"}
        )
    answer.raise_for_status()
    report = answer.json()
    verdict = Verdict(report["verdict"])
    if verdict not in CONFIRMATIONS:
        raise NotConfirmed(verdict.words, report["sentence"])
    return verdict
