"""What can a person type?

One command with the issuer's and the verifier's beside it.  Only this package knows both, and a
process that verifies never loads the issuer: it has no code that could sign.

Exit codes: 0 done, 1 failed, 64 typed wrong, 78 a setting is wrong (both from sysexits.h),
130 interrupted; `verify` adds its own.
"""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError

from skillmark.errors import CommandFailed

EX_USAGE: Final = 64
EX_CONFIG: Final = 78
INTERRUPTED: Final = 130
VERIFIER_ONLY: Final = frozenset({"verifier", "verify"})


def commands(arguments: Sequence[str]) -> typer.Typer:
    """The commands that these arguments can mean."""
    app = typer.Typer(
        name="skillmark",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(skillmark)
    with _nothing_to_collect():
        _add_commands(app, arguments)
    return app


def _add_commands(app: typer.Typer, arguments: Sequence[str]) -> None:
    from verifier.cli import app as verifier_commands  # noqa: PLC0415 - see `_nothing_to_collect`

    if not VERIFIER_ONLY.intersection(arguments[:1]):
        from issuer.cli import app as issuer_commands  # noqa: PLC0415 - see the module's docstring
        from skillmark.conformance.cli import app as conformance  # noqa: PLC0415 - likewise

        app.command()(demo)
        app.add_typer(issuer_commands)
        app.add_typer(verifier_commands)
        app.add_typer(conformance, name="conformance")
    else:
        app.add_typer(verifier_commands)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Load modules without looking for what they no longer need: they keep it all.

    To look again and again is a tenth of what it takes to start; nor is it looked at later on.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def skillmark() -> None:
    """Turn an assessed piece of work into a credential that a client can check.

    Start with `skillmark demo`: it starts an issuer and a verifier, issues one
    credential for the git repository you are in, and says what to open.
    """


def demo(
    artifact: Annotated[
        str | None,
        typer.Option(
            metavar="PATH_OR_URL",
            help="The git repository to assess; by default the one you are in.",
        ),
    ] = None,
    commit: Annotated[
        str | None, typer.Option(metavar="COMMIT", help="The commit to assess; by default HEAD.")
    ] = None,
    submission: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="The assessment to issue from; by default docs/examples/submission.yaml.",
        ),
    ] = None,
    *,
    once: Annotated[bool, typer.Option("--once", help="Issue, verify, and stop again.")] = False,
) -> None:
    """Start both services and issue one real credential.

    It says what to open, then runs until Ctrl-C. Everything is kept in
    SKILLMARK_DATA_DIR (default ./var); running it again uses the same key and finds
    the same credential.

    For example: skillmark demo --artifact ~/work/project --commit v1.2
    """
    from skillmark.demo import Wishes, run  # noqa: PLC0415 - see the module's docstring

    run(Wishes(artifact, commit, submission, once))


def setting_sentences(wrong: ValidationError) -> Iterator[str]:
    """Which environment variables are wrong, and how; never what they contain."""
    for each in wrong.errors(include_input=False, include_url=False):
        name = "_".join(map(str, each["loc"][:1])).upper()
        yield f"SKILLMARK_{name}: {each['msg']}\n"


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        code = commands(sys.argv[1:])(prog_name="skillmark", standalone_mode=False)
    except typer.Abort:
        code = INTERRUPTED
    except typer.TyperException as wrong:
        message = wrong.format_message()
        hint = "" if message.startswith("Usage:") else "Try: skillmark --help\n"
        sys.stderr.write(f"{message}\n{hint}")
        code = EX_USAGE
    except ValidationError as wrong:
        sys.stderr.writelines(setting_sentences(wrong))
        code = EX_CONFIG
    except CommandFailed as failed:
        sys.stderr.write(f"{failed}\n")
        code = 1
    sys.exit(code if isinstance(code, int) else 0)
