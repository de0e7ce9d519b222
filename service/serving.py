"""How does a service listen?  As little said about ourselves, and about visitors, as possible."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from fastapi import FastAPI

MOST_PROCESSES: Final = 64

Processes = Annotated[
    int,
    typer.Option(
        min=1,
        max=MOST_PROCESSES,
        help="How many answer side by side; each counts and remembers for itself.",
    ),
]


def serve(
    app: "FastAPI", *, host: str, port: int, processes: int = 1, factory: str | None = None
) -> None:
    """Answer until told to stop.

    uvicorn's own access log names addresses and queries; ours does not, so its is off.

    Args:
        app: the application, for one process.
        host: address to listen at.
        port: port to listen at.
        processes: how many answer.
        factory: where each of several processes makes an application, as `module:function`.
    """
    import uvicorn  # noqa: PLC0415 - those who only verify a file need no server

    made_by = factory if processes > 1 else None
    uvicorn.run(
        made_by or app,
        factory=made_by is not None,
        workers=processes,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_level="warning",
        limit_concurrency=512,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=10,
    )
