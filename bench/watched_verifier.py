"""The verifier in one process, with a look at how late its event loop is.

A task sleeps for a few milliseconds, again and again, and notes by how much it was woken too
late: that is how long something else held the loop.  It says "ready" when it listens.  For each
line on its standard input it prints what it noted since the last: a list of seconds, as JSON.
"""

import asyncio
import json
import socket
import sys
import time
from typing import Final

import uvicorn

from verifier.app import create_app

SLEEP: Final = 0.005  # seconds
HOST: Final = "127.0.0.1"


class _Announced(uvicorn.Server):
    """Tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()


async def watch(lags: list[float]) -> None:
    """Note every delay."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(SLEEP)
        lags.append(max(0.0, time.perf_counter() - begun - SLEEP))


async def serve(config: uvicorn.Config) -> None:
    """Serve until told to stop."""
    server = _Announced(config)
    serving = asyncio.create_task(server.serve())
    await server.listens.wait()
    lags: list[float] = []
    watching = asyncio.create_task(watch(lags))
    print("ready", flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(lags), flush=True)
        lags.clear()
    watching.cancel()
    server.should_exit = True
    await serving


def main(port: int) -> None:
    """Serve with the loop that the service has."""
    config = uvicorn.Config(create_app(), host=HOST, port=port, access_log=False, log_level="error")
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(serve(config))


if __name__ == "__main__":
    main(int(sys.argv[1]))
