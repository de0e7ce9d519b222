"""Which part of a file does the reader want?

HTTP Semantics (RFC 9110), section 14: one byte range.  Several at once are answered with the
whole file, which a server may always do.
"""

import re
from dataclasses import dataclass
from typing import Final

_ONE_RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")


class RangeNotSatisfiable(Exception):
    """The range begins after the end of the file."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes `first` to `last`, both included, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        """The Content-Range field (section 14.4)."""
        return f"bytes {self.first}-{self.last}/{self.size}"


def part_of(header: str | None, size: int) -> Part | None:
    """The part that is wanted, or None for the whole.

    Raises:
        RangeNotSatisfiable: the file has no such part (section 15.5.17).
    """
    match = _ONE_RANGE.match(header or "")
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        first, last = max(0, size - int(match[2])), size - 1
    else:
        first, last = int(match[1]), min(int(match[2] or size - 1), size - 1)
        if match[2] and int(match[2]) < first:
            return None
    if first >= size or last < first:
        raise RangeNotSatisfiable
    return Part(first, last, size)
