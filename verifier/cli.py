"""The verifier on the command line.

To verify takes no web framework: what only the service needs is loaded when it is started.
"""

import asyncio
import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from service.clock import utc_now
from service.guarded_fetcher import GuardedFetcher
from service.serving import Processes
from service.serving import serve as serve_app
from verifier.errors import InputRefused
from verifier.facts import EvidenceMode
from verifier.issuers import IssuerLists, MalformedIssuerList
from verifier.report import Report
from verifier.sentences import ALWAYS, shortened
from verifier.settings import VerifierSettings
from verifier.verdict import Outcome, Verdict
from verifier.verification import Verifier

EX_USAGE: Final = 64  # sysexits.h
EXIT_CODES: Final = {
    Verdict.CONFIRMED: 0,
    Verdict.CONFIRMED_WITH_NOTES: 0,
    Verdict.DO_NOT_RELY: 1,
    Verdict.NOT_FULLY_CHECKED: 2,
}
LARGEST_FILE: Final = 600_000  # bytes
MARKS: Final = {
    Outcome.PASSED: "fine",
    Outcome.WARNING: "to know",
    Outcome.FAILED: "problem",
    Outcome.NOT_CHECKED: "not checked",
}

app = typer.Typer(no_args_is_help=True)
verifier_app = typer.Typer(no_args_is_help=True, help="Run the verifier service.")
app.add_typer(verifier_app, name="verifier")


@verifier_app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Default: SKILLMARK_VERIFIER_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Default: SKILLMARK_VERIFIER_PORT.")] = None,
    processes: Processes = 1,
) -> None:
    """Answer clients' questions until Ctrl-C.

    It keeps nothing and needs nothing of an issuer. Known issuers come from the
    files that SKILLMARK_ISSUER_LISTS names.
    """
    from verifier.app import create_app  # noqa: PLC0415 - see the module's docstring

    settings = VerifierSettings()
    try:
        built = create_app(settings)
    except MalformedIssuerList as error:
        _stop(str(error))
    serve_app(
        built,
        host=host or settings.verifier_host,
        port=settings.verifier_port if port is None else port,
        processes=processes,
        factory="verifier.app:create_app",
    )


@app.command()
def verify(
    credential: Annotated[
        str, typer.Argument(metavar="INPUT", help="A link, a code, a file, or - to read it.")
    ],
    evidence: Annotated[
        EvidenceMode, typer.Option(help="Whether to open the evidence before answering.")
    ] = EvidenceMode.WAIT,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole report.")] = False,
) -> None:
    """Check a credential: is it genuine, who stands behind it, is it still valid?

    Ends with 0 for Confirmed (with or without something to know), 1 for Don't rely
    on this, 2 for Couldn't be fully checked, 64 when there is nothing to check.

    For example: skillmark verify https://guild.example/c/4Q8RT-M2XZ9-3
    """
    settings = VerifierSettings()
    given = _read(credential)
    try:
        with _waiting():
            report = asyncio.run(_verify(given, evidence, settings))
    except (InputRefused, MalformedIssuerList) as error:
        _stop(str(error))
    if as_json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(report)
    raise typer.Exit(EXIT_CODES[report.verdict])


def _waiting() -> AbstractContextManager[object]:
    """Something that moves while we look, if somebody sees it."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console  # noqa: PLC0415 - see the module's docstring

    return Console(stderr=True).status("Checking …")


async def _verify(given: str, evidence: EvidenceMode, settings: VerifierSettings) -> Report:
    issuers = IssuerLists.read(settings.issuer_lists)
    async with GuardedFetcher(utc_now, loopback_http=settings.development) as fetcher:
        verifier = Verifier(fetcher, issuers, settings.development)
        return await verifier.verify(given, now=utc_now(), evidence=evidence)


def _read(given: str) -> str:
    if given == "-":
        raw = sys.stdin.buffer.read(LARGEST_FILE + 1)
    elif Path(given).is_file():
        with Path(given).open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    else:
        return given
    if len(raw) > LARGEST_FILE:
        _stop(f"The file is larger than {LARGEST_FILE} bytes; that is no credential.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        _stop("The file is not text; give a link, a code or a credential in JSON.")


def _print(report: Report) -> None:
    write = sys.stdout.write
    write(f"{report.verdict.words}\n{shortened(report.headline, 400)}\n\n")
    if report.credential is not None:
        write(f"  {shortened(report.credential.name, 200)}\n")
    width = max(len(mark) for mark in MARKS.values())
    for check in report.checks:
        subject = f"{check.subject}: " if check.subject else ""
        sentence = shortened(subject + check.sentence, 300)
        write(f"  {MARKS[check.outcome]:<{width}}  {check.code:<18} {sentence}\n")
    write("\n" + "\n".join(ALWAYS) + "\n")


def _stop(message: str) -> NoReturn:
    sys.stderr.write(f"{message}\n")
    raise typer.Exit(EX_USAGE)
