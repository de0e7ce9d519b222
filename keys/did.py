"""What does a DID name?

Decentralized Identifiers 1.1, sections 3.1 and 3.2: `did:method:identifier`, and a DID URL
that adds a fragment for one key of its document.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from keys.errors import MalformedDid

_DID: Final = re.compile(r"did:([a-z0-9]+):((?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2}|:)+)", re.ASCII)
_FRAGMENT: Final = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})+", re.ASCII)
LONGEST: Final = 2048  # characters


@dataclass(frozen=True, slots=True)
class Did:
    """A DID, split into its method and the identifier within it."""

    method: str
    identifier: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a DID.

        Raises:
            MalformedDid: not `did:method:identifier` in the characters the standard allows.
        """
        match = _DID.fullmatch(text) if len(text) <= LONGEST else None
        if match is None or text.endswith(":"):
            raise MalformedDid(f"not a DID: {text[:200]!r}")
        return cls(match[1], match[2])

    def __str__(self) -> str:
        return f"did:{self.method}:{self.identifier}"


@dataclass(frozen=True, slots=True)
class DidUrl:
    """A DID, and the fragment that names one key of its document."""

    did: str
    fragment: str | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a DID URL without path and query, which no key needs.

        Raises:
            MalformedDid: the DID or the fragment is not well-formed.
        """
        did, hash_sign, fragment = text.partition("#")
        if hash_sign and not (len(text) <= LONGEST and _FRAGMENT.fullmatch(fragment)):
            raise MalformedDid(f"not a DID URL: {text[:200]!r}")
        return cls(str(Did.parse(did)), fragment if hash_sign else None)

    def __str__(self) -> str:
        return self.did if self.fragment is None else f"{self.did}#{self.fragment}"
