"""Is a name or a description a text that can be shown?

VCDM 2.0, sections 4.6 (Names and Descriptions) and 11.1 (Language and Base Direction): a text, or
a language value object that says in which language and direction it is; several languages are
several such objects, and then each must say its language, or nobody could choose between them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from schemas.data_model.place import Breach, Place

NAMES: Final = "VCDM 2.0, section 4.6"
LANGUAGE: Final = "VCDM 2.0, section 11.1"
_MEMBERS: Final = frozenset({"@value", "@language", "@direction"})
_DIRECTIONS: Final = ("ltr", "rtl")

_LANGUAGE: Final = r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"
_SCRIPT: Final = r"(?:-[a-z]{4})?"
_REGION: Final = r"(?:-(?:[a-z]{2}|[0-9]{3}))?"
_VARIANTS: Final = r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
_EXTENSIONS: Final = r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*"
_PRIVATE: Final = r"x(?:-[a-z0-9]{1,8})+"
_GRANDFATHERED: Final = (
    r"en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|sgn-(?:be-fr|be-nl|ch-de)"
)
_TAG: Final = re.compile(
    f"{_LANGUAGE}{_SCRIPT}{_REGION}{_VARIANTS}{_EXTENSIONS}(?:-{_PRIVATE})?"
    f"|{_PRIVATE}|{_GRANDFATHERED}",
    re.ASCII | re.IGNORECASE,
)


def is_language_tag(value: object) -> bool:
    """Whether a value is a well-formed language tag; BCP 47 (RFC 5646), section 2.1."""
    return isinstance(value, str) and _TAG.fullmatch(value) is not None


def text_breaches(place: Place, name: str) -> Iterator[Breach]:
    """A name or a description."""
    if place.is_list:
        if place.is_empty_list:
            yield place.breach(f"{name} must not be an empty list; leave it out", NAMES)
        for one in place.each():
            yield from _one_of_several(one, name)
    elif isinstance(place.value, Mapping):
        yield from _language_value_breaches(place, place.value, name)
    elif not isinstance(place.value, str):
        yield place.breach(f"{name} must be text, or an object with @value and @language", NAMES)


def _one_of_several(place: Place, name: str) -> Iterator[Breach]:
    if not isinstance(place.value, Mapping):
        yield place.breach(f"{name} in a list must be an object with @value and @language", NAMES)
        return
    if not place.has("@language"):
        yield place.member("@language").breach(
            f"@language of {name} is missing; in a list each text must say its language", LANGUAGE
        )
    yield from _language_value_breaches(place, place.value, name)


def _language_value_breaches(
    place: Place, members: Mapping[str, object], name: str
) -> Iterator[Breach]:
    if not isinstance(place.member("@value").value, str):
        yield place.member("@value").breach(
            f"@value of {name} is required, and must be text", LANGUAGE
        )
    if place.has("@language") and not is_language_tag(place.member("@language").value):
        yield place.member("@language").breach(
            f"@language of {name} must be a language tag, such as en or pt-BR", LANGUAGE
        )
    if place.has("@direction") and place.member("@direction").value not in _DIRECTIONS:
        yield place.member("@direction").breach(
            f"@direction of {name} must be ltr or rtl; or leave it out", LANGUAGE
        )
    if not members.keys() <= _MEMBERS:
        yield place.breach(
            f"{name} may hold @value, @language and @direction only; remove the rest", LANGUAGE
        )
