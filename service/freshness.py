"""For how long may what was fetched be kept?

HTTP Caching (RFC 9111), sections 4.2 (Freshness) and 5.2.2 (Response Directives), for a memory
that many share; never longer than a limit of our own.  What cannot be read allows nothing.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from service.fetching import Found, Resource

NOT_SHARED: Final = frozenset({"no-store", "no-cache", "private"})
LIFETIMES: Final = ("s-maxage", "max-age")
"""Directives that say how many seconds it stays fresh; the first that is there counts."""

_SECONDS: Final = re.compile(r"\"?([0-9]{1,10})\"?", re.ASCII)


def good_until(found: Found[Resource], *, unsaid: timedelta, longest: timedelta) -> datetime | None:
    """When it must be fetched again; `None` if it may not be kept.

    Args:
        found: what was there, and when.
        unsaid: how long it is kept if its server does not say.
        longest: how long it is kept at most, whatever its server says.
    """
    headers = found.value.headers
    said = [part.strip().lower() for part in headers.get("cache-control", "").split(",")]
    if NOT_SHARED.intersection(part.partition("=")[0] for part in said):
        return None
    given = [part.partition("=") for part in said]
    for directive in LIFETIMES:
        seconds = [_seconds(value) for name, _, value in given if name == directive]
        if seconds:
            left = timedelta(seconds=min(seconds) - _age(headers))
            break
    else:
        left = _until_expires(headers, found.at) if "expires" in headers else unsaid
    return found.at + min(left, longest) if left > timedelta(0) else None


def _seconds(text: str) -> int:
    """A number of seconds; none where it is no number."""
    read = _SECONDS.fullmatch(text)
    return int(read[1]) if read else 0


def _age(headers: Mapping[str, str]) -> int:
    """For how many seconds it was under way; for ever where that cannot be read."""
    text = headers.get("age", "0")
    return _seconds(text) if _SECONDS.fullmatch(text) else 10**10


def _until_expires(headers: Mapping[str, str], at: datetime) -> timedelta:
    try:
        expires = parsedate_to_datetime(headers["expires"])
    except ValueError:
        return timedelta(0)
    return (expires if expires.tzinfo else expires.replace(tzinfo=UTC)) - at
