"""What does an achievement cover, and what does it leave out?

Open Badges 3.0, `Criteria.narrative`: one Markdown text.  Ours holds both halves, each under a
heading or after a label; this module finds the seam, for the pages of both services.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LEAVES_OUT: Final = re.compile(
    r"(?:^|(?<=[.!?;])[ \t])[ \t]*(?:#{1,6}[ \t]*)?[*_]{0,3}(?:what )?(?:(?:it|this) )?"
    r"does not cover[*_]{0,3}[ \t]*(?::[*_]{0,3}[ \t]*|$)",
    re.IGNORECASE | re.MULTILINE,
)
_COVERS: Final = re.compile(
    r"\A\s*(?:#{1,6}[ \t]*)?[*_]{0,3}(?:what )?(?:(?:it|this) )?covers[*_]{0,3}[ \t]*"
    r"(?:[:.][*_]{0,3}[ \t]*|\n)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The two halves, as plain text; an empty half was not said."""

    covers: str
    leaves_out: str


def scope_of(narrative: str) -> Scope:
    """Split a criteria narrative at the line that says what is not covered."""
    seam = _LEAVES_OUT.search(narrative)
    first, second = (
        (narrative, "")
        if seam is None
        else (
            narrative[: seam.start()],
            narrative[seam.end() :],
        )
    )
    return Scope(_sentence(_COVERS.sub("", first)), _sentence(second))


def _sentence(text: str) -> str:
    trimmed = text.strip()
    first = trimmed[:1].upper()
    return first + trimmed[1:] if len(first) == 1 else trimmed
