"""Is this a URL that identifies something?

VCDM 2.0, section 4.4; VCDM 1.1, section 4.2.  A URL here is an absolute one in the characters
that the URL Standard, section 4.3, allows: what identifies may not depend on where it is read.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from schemas.data_model.place import Breach, Place

_NO_CHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
# Possessive, so that a long text is gone through once.
_UNITS: Final = (
    r"(?:[^\x00-\x20\x7f-\x9f\ud800-\udfff"
    + _NO_CHARACTERS
    + r"\"#%<>\[\\\]^`{|}]++|%[0-9A-Fa-f]{2})*+"
)
_URL: Final = re.compile(
    rf"([A-Za-z][A-Za-z0-9+.-]*+):((?://\[[0-9A-Fa-f:.]++\])?+{_UNITS})(#{_UNITS})?"
)
_EVERYDAY: Final = re.compile(
    r"(?:https?://|urn:|did:)[A-Za-z0-9][A-Za-z0-9._~!$&'()*+,;=:@/?-]*+"
    r"(?:#[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+)?"
)
"""URLs as nearly all are, found out in half the time."""
_WITH_HOST: Final = frozenset({"http", "https", "ws", "wss", "ftp"})


def is_url(value: object) -> bool:
    """Whether a value is one absolute URL, written as text."""
    if not isinstance(value, str):
        return False
    if _EVERYDAY.fullmatch(value):
        return True
    matched = _URL.fullmatch(value)
    if matched is None:
        return False
    scheme, rest, fragment = matched.groups()
    if scheme.lower() in _WITH_HOST:
        return rest[:2] == "//" and rest[2:3] not in ("", "/", "?", ":")
    return bool(rest or fragment)


def identifier(value: object) -> str | None:
    """The text by which something is named, given as its URL or as an object with an `id`."""
    named = value.get("id") if isinstance(value, Mapping) else value
    return named if isinstance(named, str) else None


def id_breaches(place: Place, section: str) -> Iterator[Breach]:
    """An `id` may be left out; where it is, it must be one URL."""
    given = place.member("id")
    if not is_url(given.value) and place.has("id"):
        yield given.breach(
            "id must be one absolute URL as text, such as urn:uuid:… or https://…; or leave it out",
            section,
        )


def needed_id_breaches(place: Place, owner: str, section: str) -> Iterator[Breach]:
    """An `id` that must be there, and must be one URL."""
    given = place.member("id")
    if not is_url(given.value):
        yield given.breach(
            f"id of {owner} is required, and must be one absolute URL as text", section
        )


def party_breaches(place: Place, name: str, section: str) -> Iterator[Breach]:
    """Somebody is named by a URL, or by an object whose `id` is one."""
    if place.is_object:
        yield from needed_id_breaches(place, name, section)
    elif not is_url(place.value):
        yield place.breach(
            f"{name} must be one absolute URL, or an object whose id is one", section
        )
