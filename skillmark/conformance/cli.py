"""The conformance mode on the command line."""

from typing import Annotated, Final

import typer

from service.serving import serve as serve_app
from skillmark.conformance.app import create_app
from skillmark.table import say

LOOPBACK: Final = "127.0.0.1"  # everybody who reaches it may sign, so nobody else may reach it
PORT: Final = 8002

app = typer.Typer(no_args_is_help=True, help="Let public interoperability suites test us.")


@app.callback()
def conformance() -> None:
    """Let public interoperability suites test us."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = PORT,
) -> None:
    """Answer suites of the VC API on this machine, until Ctrl-C.

    Issuers, holders and the verifier on one port, with new keys at every start and
    without authentication; it can't be reached from other machines. GET /issuers
    lists the names. See docs/conformance.md.
    """
    url = f"http://localhost:{port}"
    say(f"Conformance mode at {url}; names and keys: {url}/issuers. Ctrl-C stops it.")
    serve_app(create_app(url), host=LOOPBACK, port=port)
