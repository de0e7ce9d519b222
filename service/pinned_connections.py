"""How do we connect to exactly the machine that was checked?

The connection pool is given this in place of its own way to the network: the name is looked up,
every answer is judged, and the connection goes to a judged answer, all in one step.  Between
check and connection nothing asks the name system again (DNS rebinding).  TLS still checks the
certificate against the name.
"""

from collections.abc import Iterable
from typing import NoReturn

import httpcore2
from httpcore2 import AsyncNetworkBackend, AsyncNetworkStream

from service.addresses import IpAddress
from service.fetching import Reason
from service.reachability import AddressRules, NotAllowed
from service.resolving import Resolver

TRIED = 3  # addresses of one name before we give up
SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


class PinnedConnections(AsyncNetworkBackend):
    """Connections to checked addresses only."""

    def __init__(self, rules: AddressRules, resolver: Resolver) -> None:
        self._rules = rules
        self._resolver = resolver
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the pool calls it so
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> AsyncNetworkStream:
        """Look up, judge, connect.

        Raises:
            NotAllowed: an answer is not a public address, or there is none.
        """
        addresses = (await self._addresses(host, port))[:TRIED]
        share = None if timeout is None else timeout / len(addresses)
        failure: Exception | None = None
        for address in addresses:
            try:
                return await self._network.connect_tcp(
                    str(address), port, share, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure or NotAllowed(Reason.DNS, "The name has no address.")

    async def _addresses(self, host: str, port: int) -> tuple[IpAddress, ...]:
        """The judged addresses of a host."""
        host = host.strip("[]")
        known = self._rules.known(host)
        if known is not None:
            return known
        try:
            answers = await self._resolver(host, port)
        except OSError as error:
            raise NotAllowed(Reason.DNS, "The name is not known.") from error
        return self._rules.accept(answers)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - the pool calls it so
        socket_options: Iterable[SocketOption] | None = None,  # noqa: ARG002 - the same
    ) -> NoReturn:
        """Never: no stranger is on this machine.

        Raises:
            NotAllowed: always.
        """
        raise NotAllowed(Reason.BLOCKED_ADDRESS, f"{path} is a socket of this machine.")

    async def sleep(self, seconds: float) -> None:
        """Wait, between retries."""
        await self._network.sleep(seconds)
