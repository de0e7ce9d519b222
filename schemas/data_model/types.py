"""What kind of thing does an object say it is?

VCDM 2.0, section 4.5; VCDM 1.1, section 4.3: one or more terms or absolute URLs.  Whether a
context defines a term is found by expanding the document, not here.
"""

import re
from collections.abc import Iterator
from typing import Final

from schemas.data_model.identifiers import is_url
from schemas.data_model.place import Breach, Place

_TERM: Final = re.compile(r"(?!@[A-Za-z]+\Z| +\Z)[^:\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def types_of(place: Place) -> frozenset[str]:
    """The types that an object says it has, however they are written."""
    return frozenset(one.value for one in place.member("type").each() if isinstance(one.value, str))


def are_types(value: object) -> bool:
    """Whether this is one type, or a list of one or more."""
    if not isinstance(value, (list, tuple)):
        return _is_type(value)
    return bool(value) and all(map(_is_type, value))


def type_breaches(place: Place, owner: str, section: str) -> Iterator[Breach]:
    """`type` must be there, and name one or more types."""
    given = place.member("type")
    if are_types(given.value):
        return
    if not place.has("type") or given.is_empty_list:
        yield given.breach(f"type of {owner} is missing; add one or more types", section)
    for one in given.each() if place.has("type") else ():
        if not _is_type(one.value):
            yield one.breach(
                f"type of {owner} must be text: a term of its contexts, or an absolute URL", section
            )


def named_type_breaches(place: Place, needed: str, section: str) -> Iterator[Breach]:
    """`type`, of which one must be the type `needed`."""
    yield from type_breaches(place, f"a {needed}", section)
    if place.has("type") and needed not in types_of(place):
        yield place.member("type").breach(f"type must include {needed}", section)


def _is_type(value: object) -> bool:
    if not isinstance(value, str):
        return False
    return value.isalnum() or _TERM.fullmatch(value) is not None or is_url(value)
