"""`skillmark demo`, run as a person runs it: a child process on free ports, its output read."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from issuer.issuance.from_file import issue_from_file
from issuer.settings import IssuerSettings
from service.clock import utc_now

ROOT: Final = Path(__file__).parent.parent.parent
EXAMPLE: Final = ROOT / "docs" / "examples" / "submission.yaml"
START_SECONDS: Final = 120.0
LABELS: Final = ("Issuer", "Verifier", "Credential", "Code", "API key")
SENTENCE: Final = "paste one of these into the verifier"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the table of a running demonstration says, and where its state lives."""

    issuer: str
    verifier: str
    credential: str
    code: str
    api_key: str
    environment: dict[str, str]
    artifact: Path


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on; all are held open until all are known."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def repository(folder: Path) -> Path:
    """A small git repository with four commits, the same bytes every time."""
    folder.mkdir(parents=True)
    identity = {
        "GIT_AUTHOR_NAME": "Holder",
        "GIT_AUTHOR_EMAIL": "holder@example.org",
        "GIT_COMMITTER_NAME": "Holder",
        "GIT_COMMITTER_EMAIL": "holder@example.org",
        "GIT_AUTHOR_DATE": "2026-03-03T12:00:00Z",
        "GIT_COMMITTER_DATE": "2026-03-03T12:00:00Z",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-C", folder, *arguments],
            env=os.environ | identity,
            check=True,
            capture_output=True,
        )

    git("init", "--quiet", "--initial-branch=main")
    (folder / "README.md").write_text(
        "# A data pipeline\n\nReads orders, checks them, sums them.\n"
    )
    git("add", ".")
    git("commit", "--quiet", "--message", "Say what the pipeline does")
    for step in ("read", "check", "total"):
        (folder / f"{step}.py").write_text(f"def {step}(orders: list[int]) -> None: ...\n")
        git("add", ".")
        git("commit", "--quiet", "--message", f"Begin to {step} the orders")
    return folder


def environment(data: Path, *, home: Path | None = None) -> dict[str, str]:
    """An environment without anybody's settings, with free ports and a data folder of its own."""
    issuer, verifier = free_ports(2)
    inherited = {name: value for name, value in os.environ.items() if "SKILLMARK" not in name}
    chosen = {
        "SKILLMARK_DATA_DIR": str(data),
        "SKILLMARK_ISSUER_PORT": str(issuer),
        "SKILLMARK_ISSUER_URL": f"http://localhost:{issuer}",
        "SKILLMARK_ISSUER_HOLDS": "1",
        "SKILLMARK_VERIFIER_PORT": str(verifier),
        "SKILLMARK_VERIFIER_URL": f"http://localhost:{verifier}",
    }
    return inherited | chosen | ({"HOME": str(home)} if home else {})


def table(lines: Sequence[str]) -> dict[str, str]:
    """The rows of the table, by their label."""
    return {
        label: line.removeprefix(label).split()[0]
        for line in lines
        for label in LABELS
        if line.startswith(label + " ")
    }


@contextmanager
def demonstration(
    folder: Path, *arguments: str, stop_with: signal.Signals = signal.SIGINT
) -> Iterator[Demonstration]:
    """Start `skillmark demo`, wait for its table, and stop it as a person would."""
    artifact = repository(folder / "work" / "pipeline")
    settings = environment(folder / "data")
    process = subprocess.Popen(
        [sys.executable, "-m", "skillmark", "demo", "--artifact", artifact, *arguments],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    lines: list[str] = []
    reader = threading.Thread(target=_collect, args=(process, lines), daemon=True)
    reader.start()
    try:
        _wait_for_sentence(process, lines)
        said = table(lines)
        yield Demonstration(
            said["Issuer"],
            said["Verifier"],
            said["Credential"],
            said["Code"],
            said["API key"],
            settings,
            artifact,
        )
    finally:
        process.send_signal(stop_with)
        code = process.wait(30)
        reader.join(10)
        assert process.stdout is not None
        process.stdout.close()
    assert code == 0, "\n".join(lines)


def _collect(process: subprocess.Popen[str], lines: list[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip("\n"))  # noqa: PERF401 - another thread reads while this one waits


def _wait_for_sentence(process: subprocess.Popen[str], lines: list[str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not any(SENTENCE in line for line in list(lines)):
        assert process.poll() is None, "\n".join(lines)
        assert time.monotonic() < deadline, "\n".join(lines)
        time.sleep(0.1)


def issue_another(demo: Demonstration, commit: str) -> str:
    """Issue a credential for another commit while both services run; its address."""
    settings = IssuerSettings(
        data_dir=Path(demo.environment["SKILLMARK_DATA_DIR"]),
        issuer_url=demo.issuer,
        issuer_holds=True,
        development=True,
    )
    return issue_from_file(
        settings, EXAMPLE, artifact=str(demo.artifact), commit=commit, now=utc_now()
    ).url
