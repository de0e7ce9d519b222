"""How does a service listen?  As little said about ourselves, and about visitors, as possible."""

import uvicorn
from fastapi import FastAPI


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Answer until told to stop.

    uvicorn's own access log names addresses and queries; ours does not, so its is off.
    """
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_level="warning",
        limit_concurrency=512,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=10,
    )
