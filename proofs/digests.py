"""Are these the bytes that were meant?

A digest is a value, never a bare string.  Written as a multihash in multibase
(Controlled Identifiers 1.0, sections 2.4 and 2.5; `digestMultibase` of VCDM 2.0,
section 5.3) or as Subresource Integrity (SRI, section 3.5; `digestSRI`).
"""

import base64
import binascii
import enum
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from keys import multibase
from keys.errors import KeyFault
from proofs.errors import MalformedDigest

LONGEST_TEXT: Final = 200
_SRI_TEXT: Final = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})", re.ASCII)


class Algorithm(enum.StrEnum):
    """The SHA-2 functions we write and read, weakest first."""

    SHA256 = "sha256"
    SHA384 = "sha384"
    SHA512 = "sha512"

    @property
    def size(self) -> int:
        """Length of the digest in bytes."""
        return _SIZES[self]

    @property
    def multihash_prefix(self) -> bytes:
        """Code of the function and length of the digest, as multihash writes them."""
        return bytes((_MULTIHASH_CODES[self], self.size))


_SIZES: Final = {each: hashlib.new(each.value).digest_size for each in Algorithm}
_MULTIHASH_CODES: Final = {Algorithm.SHA256: 0x12, Algorithm.SHA384: 0x20, Algorithm.SHA512: 0x13}


@dataclass(frozen=True, slots=True)
class Digest:
    """A SHA-2 digest; two equal digests mean the same bytes."""

    algorithm: Algorithm
    value: bytes

    def __post_init__(self) -> None:
        """A digest of the wrong length cannot exist."""
        if len(self.value) != self.algorithm.size:
            raise MalformedDigest(self.value.hex(), f"{self.algorithm.size} bytes")

    @classmethod
    def of(cls, data: bytes, algorithm: Algorithm = Algorithm.SHA384) -> Self:
        """Digest these bytes."""
        return cls.of_chunks((data,), algorithm)

    @classmethod
    def of_chunks(cls, chunks: Iterable[bytes], algorithm: Algorithm = Algorithm.SHA384) -> Self:
        """Digest bytes that arrive in pieces; where they are cut does not matter."""
        running = hashlib.new(algorithm.value)
        for chunk in chunks:
            running.update(chunk)
        return cls(algorithm, running.digest())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a multihash in multibase, base64url `u…` or base58btc `z…`.

        Raises:
            MalformedDigest: another base, another hash, padding, wrong length, not canonical.
        """
        expected = "a multibase (u… or z…) multihash of SHA-256, SHA-384 or SHA-512"
        if len(text) > LONGEST_TEXT:
            raise MalformedDigest(text, expected)
        try:
            data = multibase.decode(text)
        except KeyFault:
            raise MalformedDigest(text, expected) from None
        for algorithm in Algorithm:
            prefix = algorithm.multihash_prefix
            if data.startswith(prefix) and len(data) == len(prefix) + algorithm.size:
                return cls(algorithm, data[len(prefix) :])
        raise MalformedDigest(text, expected)

    @classmethod
    def parse_sri(cls, text: str) -> Self:
        """Read `sha384-…` as in Subresource Integrity; of several, the strongest counts.

        Raises:
            MalformedDigest: unknown function, options, wrong length, two equally strong ones.
        """
        expected = "sha256-, sha384- or sha512- followed by base64"
        if len(text) > LONGEST_TEXT * len(Algorithm):
            raise MalformedDigest(text, expected)
        found = [cls._one_sri(word, expected) for word in text.split(" ")]
        strongest = max(digest.algorithm.size for digest in found)
        best = [digest for digest in found if digest.algorithm.size == strongest]
        if len(best) > 1:
            raise MalformedDigest(text, "one digest per hash function")
        return best[0]

    @classmethod
    def _one_sri(cls, word: str, expected: str) -> Self:
        matched = _SRI_TEXT.fullmatch(word)
        if matched is None:
            raise MalformedDigest(word, expected)
        try:
            digest = cls(Algorithm(matched[1]), base64.b64decode(matched[2], validate=True))
        except binascii.Error:
            raise MalformedDigest(word, expected) from None
        if digest.sri != word:
            raise MalformedDigest(word, expected)
        return digest

    @property
    def multibase(self) -> str:
        """The multihash in base64url, `u…`; what `digestMultibase` holds."""
        data = self.algorithm.multihash_prefix + self.value
        return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")

    @property
    def sri(self) -> str:
        """The digest as Subresource Integrity writes it."""
        return f"{self.algorithm.value}-{base64.b64encode(self.value).decode('ascii')}"

    @property
    def hex(self) -> str:
        """The bare digest in lower-case hexadecimal, for `sha384sum` and its kin."""
        return self.value.hex()

    def matches(self, data: bytes) -> bool:
        """Tell whether these are the bytes; takes the same time wherever they differ."""
        return self.equals(Digest.of(data, self.algorithm))

    def equals(self, other: "Digest") -> bool:
        """Compare with another digest of the same function in constant time."""
        return self.algorithm is other.algorithm and hmac.compare_digest(self.value, other.value)

    def __str__(self) -> str:
        return self.multibase
