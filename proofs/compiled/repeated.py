"""Was this part of a document read before?

An issuer says the same of itself and of an achievement in thousands of credentials.  What such a
part says depends on nothing but its JSON, the table of its place and how deep it stands; so these
three are its name here, the JSON in full, and whoever sends another part gets another answer.
What is kept is little and was met twice, and when it becomes too much all is forgotten: strangers
can make us forget but not remember wrongly, and find out at most, by the time it takes, that
somebody used a part which they know in full.
"""

from dataclasses import dataclass
from typing import Any, Final

import orjson

from schemas.document import JSON_ONLY

Key = tuple[bytes, int, int]
"""JSON, number of the table, depth."""

MOST_PARTS: Final = 128
MOST_MET: Final = 4_096
"""Parts of which is known only that they were met, by their hash."""

LARGEST_PART: Final = 8_192
"""Bytes of JSON; the statements take some ten times as much."""


@dataclass(frozen=True, slots=True)
class Part:
    """The statements of a node with an address; blank nodes are counted from its own first one."""

    complete: list[str]
    of_blank: list[list[str]]
    links: list[tuple[int | None, str, int]]
    values: int


class _Parts:
    def __init__(self) -> None:
        self._kept: dict[Key, Part] = {}
        self._met: set[int] = set()

    def was_met(self, key: Key) -> bool:
        """Whether it is worth keeping; of two parts with one hash, one is kept too soon."""
        if hash(key) in self._met:
            return True
        if len(self._met) >= MOST_MET:
            self._met = set()
        self._met.add(hash(key))
        return False

    def find(self, key: Key) -> Part | None:
        return self._kept.get(key)

    def keep(self, key: Key, part: Part) -> None:
        if len(self._kept) >= MOST_PARTS:
            self._kept = {}
        self._kept[key] = part


PARTS: Final = _Parts()


def key_of(node: dict[str, Any], table: int, depth: int) -> Key | None:
    """The name of a part; `None` if it is large, or not of JSON."""
    try:
        written = orjson.dumps(node, option=JSON_ONLY)
    except orjson.JSONEncodeError:
        return None
    return (written, table, depth) if len(written) <= LARGEST_PART else None
