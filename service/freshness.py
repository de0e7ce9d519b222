"""For how long may what was fetched be kept?

HTTP Caching (RFC 9111), sections 4.2 (Freshness) and 5.2.2 (Response Directives), for a memory
that many share; never longer than a limit of our own.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from service.fetching import Found, Resource

NOT_SHARED: Final = frozenset({"no-store", "no-cache", "private"})
_SECONDS: Final = re.compile(r"(s-maxage|max-age)=\"?([0-9]{1,10})\"?", re.ASCII)


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
    ages = {match[1]: match[2] for match in map(_SECONDS.fullmatch, said) if match}
    seconds = ages.get("s-maxage", ages.get("max-age"))
    if seconds is None:
        return found.at + min(unsaid, longest)
    age = headers.get("age", "")
    left = int(seconds) - (int(age) if age.isdecimal() and len(age) <= 10 else 0)  # noqa: PLR2004 - digits
    return found.at + min(timedelta(seconds=left), longest) if left > 0 else None
