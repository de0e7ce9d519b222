"""Does this address belong to the issuer?

An origin is scheme, host and port (RFC 6454, section 4).  The issuer's own is where its name says
that its keys are published; a name that is only a key has none.
"""

from keys import did_web
from keys.errors import KeyFault
from proofs.did_webvh.address import log_url
from service.urls import MalformedUrl, split_url

WEB, WEBVH = "did:web:", "did:webvh:"

Origin = tuple[str, str, int]


def origin_of(address: str) -> Origin | None:
    """The origin of an http(s) address."""
    try:
        url = split_url(address)
    except MalformedUrl:
        return None
    return url.scheme, url.host, url.port


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
