"""Does this address belong to the issuer?

An origin is scheme, host and port (RFC 6454, section 4).  The issuer's own is where its name says
that its keys are published; a name that is only a key has none.
"""

from typing import Final
from urllib.parse import urlsplit

from keys import did_web
from keys.errors import KeyFault
from proofs.did_webvh.address import log_url

PORTS: Final = {"https": 443, "http": 80}
WEB, WEBVH = "did:web:", "did:webvh:"

Origin = tuple[str, str, int]


def origin_of(address: str) -> Origin | None:
    """The origin of an http(s) address."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not host:
        return None
    return parts.scheme, host, port or PORTS[parts.scheme]


def origin_of_issuer(issuer: str, *, development: bool = False) -> Origin | None:
    """The origin that an issuer has by its name.

    Plain http is its own for a loopback host in development only.
    """
    try:
        if issuer.startswith(WEB):
            return origin_of(did_web.document_url(issuer, loopback_http=development))
        if issuer.startswith(WEBVH):
            return origin_of(log_url(issuer, loopback_http=development))
    except KeyFault:
        return None
    return origin_of(issuer) if issuer.startswith("https://") else None
