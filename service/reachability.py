"""Which addresses do we go to at all?

The rules of the only way out: https, public addresses, ordinary ports.  Plain http is for this
machine's own three names, and only in development.  Every answer of the name system must be
public, not merely one of them: which one a connection takes is not ours to hope for.
"""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from service.addresses import IpAddress, is_loopback_name, is_public
from service.fetch_limits import FetchLimits
from service.fetching import DEFAULT_LIMITS, Reason
from service.urls import DEFAULT_PORTS, MalformedUrl, SchemeNotAllowed, Url, split_url

LOOPBACK: Final[tuple[IpAddress, ...]] = (IPv4Address("127.0.0.1"), IPv6Address("::1"))
FIRST_FREE_PORT: Final = 1024  # below it live mail, shells and name servers, not credentials


class NotAllowed(Exception):
    """We do not go there, or could not find out whether we may."""

    def __init__(self, reason: Reason, because: str) -> None:
        super().__init__(because)
        self.reason = reason
        self.because = because


@dataclass(frozen=True, slots=True)
class AddressRules:
    """Where we may go."""

    loopback_http: bool
    addresses_allowed_in_tests: frozenset[IpAddress] = frozenset()

    def read(self, text: str, limits: FetchLimits = DEFAULT_LIMITS) -> Url:
        """Read an address and judge all that can be judged without asking anybody.

        Raises:
            NotAllowed: it is not one we would go to, wherever it leads.
        """
        if len(text) > limits.url_characters:
            raise NotAllowed(Reason.MALFORMED_URL, "The address is too long.")
        try:
            url = split_url(text)
        except SchemeNotAllowed as error:
            raise NotAllowed(Reason.SCHEME, "Only addresses that begin with https://.") from error
        except MalformedUrl as error:
            raise NotAllowed(Reason.MALFORMED_URL, f"Not a usable address: {error}.") from error
        loopback = self.loopback_http and is_loopback_name(url.host)
        if url.scheme != "https" and not loopback:
            raise NotAllowed(Reason.SCHEME, "Only addresses that begin with https://.")
        if url.port != DEFAULT_PORTS[url.scheme] and url.port < FIRST_FREE_PORT:
            raise NotAllowed(Reason.PORT, "No web pages are published on this port.")
        self.known(url.host)
        return url

    def known(self, host: str) -> tuple[IpAddress, ...] | None:
        """The addresses of a host that needs no look-up; None where one is needed.

        Raises:
            NotAllowed: the host is an address, and not a public one, or a local name.
        """
        if self.loopback_http and is_loopback_name(host):
            literal = _literal(host)
            return LOOPBACK if literal is None else (literal,)
        literal = _literal(host)
        if literal is not None:
            return self.accept([literal])
        if "." not in host:
            raise NotAllowed(Reason.BLOCKED_ADDRESS, "This is a name of a local network.")
        return None

    def accept(self, answers: Iterable[IpAddress], most: int = 16) -> tuple[IpAddress, ...]:
        """The answers, if we may connect to every single one.

        Raises:
            NotAllowed: there is none, there are too many, or one is not public.
        """
        found = tuple(dict.fromkeys(answers))
        if not found:
            raise NotAllowed(Reason.DNS, "The name has no address.")
        if len(found) > most:
            raise NotAllowed(Reason.DNS, "The name has too many addresses.")
        for address in found:
            if not is_public(address) and address not in self.addresses_allowed_in_tests:
                raise NotAllowed(
                    Reason.BLOCKED_ADDRESS, "It leads to a machine that is not on the public web."
                )
        return found


def _literal(host: str) -> IpAddress | None:
    """The host as an address, if it is one."""
    try:
        return ip_address(host)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Pinned:
    """An address that was checked, with the machine that was checked."""

    url: Url
    address: IpAddress

    @property
    def curl_resolve(self) -> str:
        """For programs over libcurl (`git -c http.curloptResolve=…`): no second look-up."""
        address = f"[{self.address}]" if self.address.version == 6 else str(self.address)  # noqa: PLR2004 - IPv6
        return f"{self.url.host}:{self.url.port}:{address}"


def look_up(host: str, port: int) -> tuple[IpAddress, ...]:
    """Ask this machine's resolver.

    Raises:
        OSError: it does not know the name.
    """
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(ip_address(entry[4][0]) for entry in entries)


def check_url(
    text: str,
    *,
    resolve: Callable[[str, int], Iterable[IpAddress]] = look_up,
    loopback_http: bool = False,
) -> Pinned:
    """Check an address for a program that connects by itself, such as git.

    The program must be told to connect to `Pinned.address` and to follow no redirect.

    Raises:
        NotAllowed: we do not go there, or the name cannot be looked up.
    """
    rules = AddressRules(loopback_http=loopback_http)
    url = rules.read(text)
    addresses = rules.known(url.host)
    if addresses is None:
        try:
            addresses = rules.accept(resolve(url.host, url.port))
        except OSError as error:
            raise NotAllowed(Reason.DNS, "The name is not known.") from error
    return Pinned(url, addresses[0])
