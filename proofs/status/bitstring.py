"""Which bits does a status list hold?

Bitstring Status List 1.0, sections 3.3 and 3.4 (Bitstring Generation and Expansion) and 7.1: the
entry with index 0 is the left-most bit.
"""

import base64
import gzip
from dataclasses import dataclass
from typing import Final, Self

from proofs.errors import IndexOutsideList, MalformedStatusList, StatusListTooShort
from proofs.limits import Limits
from proofs.status.kinds import BITSTRING, MINIMUM_ENTRIES, Kind
from proofs.status.unpacking import Packing, unpack, unpack_leniently

ENCODED: Final = "encodedList"
MULTIBASE: Final = "u"


@dataclass(frozen=True, slots=True)
class StatusList:
    """A decoded list, for one purpose."""

    purpose: str
    bits: bytes

    @classmethod
    def blank(cls, purpose: str, size: int = MINIMUM_ENTRIES) -> Self:
        """Begin a list of `size` entries in which nothing is set.

        Raises:
            StatusListTooShort: fewer entries than section 3.2 allows.
            MalformedStatusList: the entries do not fill whole bytes.
        """
        if size < MINIMUM_ENTRIES:
            raise StatusListTooShort(size, MINIMUM_ENTRIES)
        if size % 8:
            raise MalformedStatusList("size", "a multiple of 8")
        return cls(purpose, bytes(size // 8))

    @property
    def entries(self) -> int:
        """How many single bits the list has."""
        return 8 * len(self.bits)

    def is_set(self, index: int) -> bool:
        """Read one bit.

        Raises:
            IndexOutsideList: there is no such bit.
        """
        return bool(self.value(index))

    def value(self, index: int, size: int = 1) -> int:
        """Read the status at `index` where each takes `size` bits, section 3.2, step 10.

        Raises:
            IndexOutsideList: there is no such entry.
        """
        if not 0 <= index < self.entries // size:
            raise IndexOutsideList(index, self.entries // size)
        first = index * size
        start, stop = first // 8, (first + size + 7) // 8
        window = int.from_bytes(self.bits[start:stop], "big")
        return window >> (8 * stop - first - size) & ((1 << size) - 1)

    def with_bit(self, index: int, value: bool) -> Self:  # noqa: FBT001 - the bit is the value
        """The same list with one bit as given.

        Raises:
            IndexOutsideList: there is no such bit.
        """
        if not 0 <= index < self.entries:
            raise IndexOutsideList(index, self.entries)
        changed = bytearray(self.bits)
        mask = 0x80 >> index % 8
        changed[index // 8] = changed[index // 8] & ~mask | (mask if value else 0)
        return type(self)(self.purpose, bytes(changed))

    def encode(self) -> str:
        """Bitstring Generation, section 3.3: gzip, then base64url behind `u`."""
        packed = gzip.compress(self.bits, mtime=0)
        return MULTIBASE + base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")

    @classmethod
    def decode(
        cls, encoded: str, purpose: str, limits: Limits | None = None, kind: Kind = BITSTRING
    ) -> Self:
        """Bitstring Expansion, section 3.4, with a bound on what may come out.

        Raises:
            MalformedStatusList: wrong base, not gzip, damaged, or too large.
            StatusListTooShort: fewer entries than section 3.2 allows.
        """
        bits = expanded(encoded, kind, limits or Limits())
        if 8 * len(bits) < kind.minimum_entries:
            raise StatusListTooShort(8 * len(bits), kind.minimum_entries)
        return cls(purpose, bits)


def expanded(encoded: str, kind: Kind, limits: Limits) -> bytes:
    """The bits of an `encodedList`, as its kind writes them.

    Raises:
        MalformedStatusList: wrong base, not gzip, damaged, or too large.
    """
    if not kind.multibase:
        return unpack_leniently(encoded, Packing.GZIP, ENCODED, limits)
    if not encoded.startswith(MULTIBASE):
        raise MalformedStatusList(ENCODED, "base64url without padding, after the letter u")
    return unpack(encoded[1:], Packing.GZIP, ENCODED, limits)
