"""Which form of a document does the reader want?

HTTP Semantics (RFC 9110), sections 8.3.1, 12.4.2 and 12.5.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_RANGES: Final = 64  # a longer Accept header is a way to make us work
_QUALITY: Final = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")
_TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 -- the grammar's word for a word
_RANGE: Final = re.compile(rf"({_TOKEN})/({_TOKEN})\Z")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One entry of an Accept header: how much a kind of document is wanted."""

    kind: str
    subkind: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How exactly this range names the type: 0 not at all, 1 any, 2 its kind, 3 itself."""
        kind, _, subkind = media_type.partition("/")
        if (self.kind, self.subkind) == (kind, subkind):
            return 3
        if (self.kind, self.subkind) == (kind, "*"):
            return 2
        return 1 if (self.kind, self.subkind) == ("*", "*") else 0


def media_ranges(accept: str) -> list[MediaRange]:
    """Read an Accept header; an entry that is not well-formed is left out."""
    return [
        found for entry in accept.split(",", _MAX_RANGES)[:_MAX_RANGES] if (found := _read(entry))
    ]


def _read(entry: str) -> MediaRange | None:
    name, *parameters = (part.strip() for part in entry.split(";"))
    match = _RANGE.match(name.lower())
    if match is None:
        return None
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            if not _QUALITY.match(value.strip()):
                return None
            quality = float(value.strip())
    return MediaRange(match[1], match[2], quality)


def quality(media_type: str, ranges: Sequence[MediaRange]) -> float:
    """How much a type is wanted: the word of the most exact range that names it."""
    named = [(entry.specificity(media_type), entry.quality) for entry in ranges]
    return max((pair for pair in named if pair[0]), default=(0, 0.0))[1]


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type that is wanted most, the earlier of equals; None when none is acceptable.

    A reader that sends no Accept header takes anything, and so the first is meant for it.
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = media_ranges(accept)
    wanted = [(quality(media_type, ranges), media_type) for media_type in offered]
    best = max(wanted, key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else None
