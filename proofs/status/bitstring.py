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
from proofs.status.kinds import BITSTRING, LARGEST_SIZE, MINIMUM_ENTRIES, Kind
from proofs.status.unpacking import Packing, unpack, unpack_leniently

ENCODED: Final = "encodedList"
MULTIBASE: Final = "u"
LEVEL: Final = 6  # of gzip; 9 takes fifty times as long to save a hundredth


@dataclass(frozen=True, slots=True)
class StatusList:
    """A decoded list, for one purpose."""

    purpose: str
    bits: bytes

    @classmethod
    def blank(cls, purpose: str, size: int = MINIMUM_ENTRIES, *, width: int = 1) -> Self:
        """Begin a list of `size` entries in which nothing is set.

        Args:
            purpose: what the list is about.
            size: how many entries.
            width: how many bits each of them has, the `statusSize` of the credentials.

        Raises:
            StatusListTooShort: fewer entries than section 3.2 allows.
            MalformedStatusList: more bits each than anybody reads, or the entries do not fill
                whole bytes.
        """
        if size < MINIMUM_ENTRIES:
            raise StatusListTooShort(size, MINIMUM_ENTRIES)
        _check_width(width)
        if size * width % 8:
            raise MalformedStatusList("size", "a multiple of 8")
        return cls(purpose, bytes(size * width // 8))

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
        return self.with_value(index, int(value))

    def with_value(self, index: int, value: int, size: int = 1) -> Self:
        """The same list with the status at `index` as given, where each takes `size` bits.

        Raises:
            IndexOutsideList: there is no such entry.
            MalformedStatusList: the value does not fit into that many bits, or these are more
                than anybody reads.
        """
        _check_width(size)
        if not 0 <= value < 1 << size:
            raise MalformedStatusList("status", f"from 0 to {(1 << size) - 1} in {size} bits")
        if not 0 <= index < self.entries // size:
            raise IndexOutsideList(index, self.entries // size)
        first = index * size
        start, stop = first // 8, (first + size + 7) // 8
        room = 8 * stop - first - size
        window = int.from_bytes(self.bits[start:stop], "big")
        window = window & ~((1 << size) - 1 << room) | value << room
        changed = window.to_bytes(stop - start, "big")
        return type(self)(self.purpose, self.bits[:start] + changed + self.bits[stop:])

    def encode(self) -> str:
        """Bitstring Generation, section 3.3: gzip, then base64url behind `u`."""
        packed = gzip.compress(self.bits, LEVEL, mtime=0)
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


def _check_width(width: int) -> None:
    if not 1 <= width <= LARGEST_SIZE:
        raise MalformedStatusList("statusSize", f"a whole number from 1 to {LARGEST_SIZE}")


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
