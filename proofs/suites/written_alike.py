"""Would JSON-LD write a document again as it is written?

A JSON Pointer names a place in the document as it came; the algorithms of selective disclosure name
it in the document as expansion and compaction leave it.  Where both read alike, the first will do.
"""

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from schemas.contexts import context
from schemas.one_or_many import listed


def is_written_alike(
    value: Any,  # noqa: ANN401 - JSON
    way: list[str],
    sets: frozenset[str],
) -> bool:
    """Whether JSON-LD would write everything on this way again as it is written.

    It writes brackets around all values of a set, and around no single value of another term; a
    mere reference as a text; and one term where there are two, one of them the name of a class.
    """
    in_brackets = False
    for step in way:
        if in_brackets:
            return False
        if isinstance(value, list):
            place = int(step) if step.isdecimal() else len(value)
            if place >= len(value) or not isinstance(value[place], dict):
                return False
            value = value[place]
            if value.keys() == {"id"}:
                return False
        elif isinstance(value, dict) and step in value:
            if value.keys() == {"id"} or step[:1].isupper():
                return False
            value = value[step]
            in_brackets = step in sets and not isinstance(value, list)
        else:
            return False
    return True


@functools.lru_cache(maxsize=64)
def sets_of(contexts: tuple[str, ...]) -> frozenset[str]:
    """The terms of bundled contexts that are a set in some place."""
    return frozenset(name for each in contexts for name in _sets_in(context(each)))


def _sets_in(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            if isinstance(member, Mapping) and "@set" in listed(member.get("@container")):
                yield name
            yield from _sets_in(member)
    elif isinstance(value, list):
        for item in value:
            yield from _sets_in(item)
