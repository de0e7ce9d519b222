"""What does an address say, if all parsers are to agree about it?

RFC 3986, narrowed: lower-case ASCII host names or ordinary IP literals, no userinfo, no control
characters, no backslashes.  Notations that only some resolvers read as an address (decimal,
octal, hexadecimal, short forms) are refused, not interpreted.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final
from urllib.parse import urlsplit

from service.addresses import IpAddress

DEFAULT_PORTS: Final = {"https": 443, "http": 80}
UNSAFE: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMERIC: Final = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")
AUTHORITY: Final = re.compile(r"(\[[0-9a-fA-F:.%]+\]|[^\[\]:@]+)(:[0-9]{1,5})?")
HOST_CHARACTERS: Final = 253


class MalformedUrl(ValueError):
    """Not an http or https address that every parser reads alike."""


class SchemeNotAllowed(MalformedUrl):
    """Another scheme than https (or http)."""


@dataclass(frozen=True, slots=True)
class Url:
    """An address in parts; `address` is set where the host is an IP literal."""

    scheme: str
    host: str
    port: int
    target: str
    address: IpAddress | None

    @property
    def authority(self) -> str:
        """Host and port, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.target


def split_url(text: str) -> Url:
    """Read an absolute http or https address; a fragment is left out.

    Raises:
        SchemeNotAllowed: it has another scheme.
        MalformedUrl: it is not such an address, or parsers could disagree about it.
    """
    if UNSAFE.search(text) or not text.isascii():
        raise MalformedUrl("an address has only visible ASCII characters and no backslash")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise MalformedUrl("the address cannot be read; check its host and port") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise SchemeNotAllowed("an address begins with https://")
    if "@" in parts.netloc:
        raise MalformedUrl("an address has no user name or password in it")
    if not parts.hostname or not AUTHORITY.fullmatch(parts.netloc) or port == 0:
        raise MalformedUrl("an address names a host, and a port only if it has one")
    host, address = _host(parts.netloc, parts.hostname)
    query = f"?{parts.query}" if parts.query else ""
    target = f"{parts.path}{query}"
    return Url(
        parts.scheme,
        host,
        port or DEFAULT_PORTS[parts.scheme],
        target if target.startswith("/") else f"/{target}",
        address,
    )


def _host(netloc: str, hostname: str) -> tuple[str, IpAddress | None]:
    """The host, and the address that it is if it is a literal one."""
    if netloc.startswith("["):
        return _literal_v6(hostname)
    host = hostname.removesuffix(".")
    labels = host.split(".")
    if NUMERIC.fullmatch(labels[-1]):
        return _literal_v4(host)
    if len(host) > HOST_CHARACTERS or not all(LABEL.fullmatch(label) for label in labels):
        raise MalformedUrl("the host is not a name that the domain name system could know")
    return host, None


def _literal_v4(host: str) -> tuple[str, IPv4Address]:
    """Four decimal numbers without leading zeros, the one notation all agree on."""
    try:
        address = IPv4Address(host)
    except AddressValueError as error:
        raise MalformedUrl("write an IPv4 address as four plain decimal numbers") from error
    return host, address


def _literal_v6(host: str) -> tuple[str, IPv6Address]:
    """An IPv6 address without a zone."""
    try:
        address = IPv6Address(host)
    except AddressValueError as error:
        raise MalformedUrl("the IPv6 address in brackets cannot be read") from error
    if address.scope_id is not None:
        raise MalformedUrl("an IPv6 address in an address of the web has no zone")
    return address.compressed, address
