"""Which machines does a name stand for?

A resolver is an argument; this one asks the system, in threads of its own, so that a slow name
server of a stranger keeps nobody else waiting.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from service.addresses import IpAddress
from service.reachability import look_up

THREADS = 16


class Resolver(Protocol):
    """Name and port in, all addresses out."""

    async def __call__(self, host: str, port: int) -> tuple[IpAddress, ...]:
        """All addresses of a name.

        Raises:
            OSError: the name is not known, or nobody answered.
        """
        ...


class SystemResolver:
    """This machine's own resolver."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int) -> tuple[IpAddress, ...]:
        """All addresses of a name."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, look_up, host, port)
