"""Where is the document of a `did:web`?

did:web method specification: the identifier is a host (a port as `%3A`) and path segments,
the document is `/.well-known/did.json` or `/path/did.json` there, over https.
"""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from keys.did import Did
from keys.errors import MalformedDid, MethodNotSupported

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1"})
LAST_PORT: Final = 65_535
_HOST: Final = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.ASCII)
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_SEGMENT: Final = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)


def did_for(url: str) -> str:
    """The DID of whoever controls this http(s) address: host, port and path.

    Raises:
        MalformedDid: the address has no host that a DID can carry, or says more than that.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise MalformedDid(f"not an address with a host: {url[:200]!r}") from error
    if (
        parts.scheme not in {"http", "https"}
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
    ):
        raise MalformedDid("give an http(s) address of host, port and path, and nothing more")
    segments = [segment for segment in parts.path.split("/") if segment]
    text = host if port is None else f"{host}%3A{port}"
    did = ":".join(["did:web", text, *segments])
    document_url(did, loopback_http=False)
    return did


def document_url(did: str, *, loopback_http: bool) -> str:
    """The address of the DID document.

    Plain http is used for a loopback host when `loopback_http` is set, for development only;
    everything else is https.

    Raises:
        MalformedDid: the identifier is not a host, a port and plain path segments.
        MethodNotSupported: the DID is not a `did:web`.
    """
    parsed = Did.parse(did)
    if parsed.method != "web":
        raise MethodNotSupported(parsed.method)
    authority, *segments = parsed.identifier.split(":")
    host, _, port = unquote(authority).partition(":")
    bad_segment = any(not _SEGMENT.fullmatch(s) or s in {".", ".."} for s in segments)
    bad_port = "%" in authority and not (_PORT.fullmatch(port) and int(port) <= LAST_PORT)
    if not _HOST.fullmatch(host) or bad_segment or bad_port:
        raise MalformedDid(f"not a did:web of a host, a port and path segments: {did[:200]!r}")
    scheme = "http" if loopback_http and host in LOOPBACK else "https"
    where = "/".join(segments) if segments else ".well-known"
    return f"{scheme}://{host}{':' + port if port else ''}/{where}/did.json"
