"""Where is the log of a `did:webvh` published?

did:webvh 1.0, "Method-Specific Identifier" and "The DID to HTTPS Transformation": the identifier
is the hash that the log is bound to (SCID), then what a `did:web` would have; the log is where
the document of that `did:web` is, under another name.
"""

import re
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from keys import did_web
from keys.did import Did
from keys.errors import MalformedDid, MethodNotSupported
from keys.multibase import BASE58

_SCID: Final = re.compile(f"[{BASE58}]{{46}}", re.ASCII)
_NUMERIC: Final = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?", re.ASCII)
"""A host that ends in a number is an IP address (URL Standard, section 3.5)."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A `did:webvh`: the hash of how its log began, and the `did:web` of its place."""

    scid: str
    place: str

    @classmethod
    def parse(cls, did: str) -> Self:
        """Read a `did:webvh`.

        Raises:
            MalformedDid: not a SCID and a place.
            MethodNotSupported: another method.
        """
        parsed = Did.parse(did)
        if parsed.method != "webvh":
            raise MethodNotSupported(parsed.method)
        scid, colon, place = parsed.identifier.partition(":")
        if not (_SCID.fullmatch(scid) and colon):
            raise MalformedDid(f"not a did:webvh of a SCID and a host: {did[:200]!r}")
        return cls(scid, f"did:web:{place}")


def log_url(did: str, *, loopback_http: bool) -> str:
    """The address of the log, `did.jsonl`.

    Plain http is used for a loopback host when `loopback_http` is set, for development only;
    everything else is https.

    Raises:
        MalformedDid: the identifier is not a SCID, a host name, a port and plain path segments.
        MethodNotSupported: the DID is not a `did:webvh`.
    """
    return f"{_folder(did, loopback_http=loopback_http)}did.jsonl"


def witness_url(did: str, *, loopback_http: bool) -> str:
    """The address of what the witnesses signed, `did-witness.json`; as `log_url`."""
    return f"{_folder(did, loopback_http=loopback_http)}did-witness.json"


def _folder(did: str, *, loopback_http: bool) -> str:
    place = Identifier.parse(did).place
    document = did_web.document_url(place, loopback_http=loopback_http)
    host = urlsplit(document).hostname or ""
    here = loopback_http and host in did_web.LOOPBACK
    if _NUMERIC.fullmatch(host) and not here:
        raise MalformedDid(f"a did:webvh has the name of a host, not a number: {did[:200]!r}")
    return document.removesuffix("did.json")
