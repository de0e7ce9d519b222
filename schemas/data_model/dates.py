"""From when until when is a credential valid, as it is written?

VCDM 2.0, section 4.9, and VCDM 1.1, sections 4.6 and 4.8: date-times of XML Schema 1.1, part 2,
sections 3.3.7 and 3.4.28 (`dateTimeStamp`, which has a time zone).  They are compared here without
a calendar library, since years before 1 and after 9999, and 24:00:00, may be written too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from schemas.data_model.place import Breach, Place

PERIOD: Final = "VCDM 2.0, section 4.9"
ISSUANCE: Final = "VCDM 1.1, section 4.6"
EXPIRATION: Final = "VCDM 1.1, section 4.8"

# XML Schema 1.1, part 2, section 5.4 lets a reader bound the digits of a year; ours has nine.
_DATE_TIME: Final = re.compile(
    r"(?P<year>-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"T(?:(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])"
    r"(?:\.(?P<fraction>[0-9]++))?|24:00:00(?:\.0++)?)"
    r"(?P<zone>Z|(?P<sign>[+-])(?P<ahead>(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?",
    re.ASCII,
)
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2

Instant = tuple[int, str]
"""Seconds on the timeline, and the digits of the fraction, without zeros at their end."""


def is_date_time(value: object) -> bool:
    """Whether a value is an XML Schema `dateTime`, with or without a time zone."""
    return _instant(_matched(value)) is not None


def period_breaches(credential: Place) -> Iterator[Breach]:
    """`validFrom` and `validUntil` of VCDM 2.0, which have a time zone (`dateTimeStamp`)."""
    instants = []
    for name in ("validFrom", "validUntil"):
        place = credential.member(name)
        found = _matched(place.value)
        instants.append(_instant(found))
        if credential.has(name) and (instants[-1] is None or found["zone"] is None):
            yield place.breach(
                f"{name} must be a date and time with a time zone, such as 2026-03-02T09:30:00Z",
                PERIOD,
            )
    begin, end = instants
    if begin is not None and end is not None and end < begin:
        yield credential.member("validUntil").breach(
            "validUntil must not be earlier than validFrom", PERIOD
        )


def issuance_breaches(credential: Place) -> Iterator[Breach]:
    """`issuanceDate`, which must be there, and `expirationDate` of VCDM 1.1."""
    issued, expires = credential.member("issuanceDate"), credential.member("expirationDate")
    if not is_date_time(issued.value):
        yield issued.breach(
            "issuanceDate is required, and must be a date and time, such as 2026-03-02T09:30:00Z",
            ISSUANCE,
        )
    if credential.has("expirationDate") and not is_date_time(expires.value):
        yield expires.breach(
            "expirationDate must be a date and time, such as 2026-03-02T09:30:00Z", EXPIRATION
        )


def _matched(value: object) -> dict[str, str | None]:
    matched = _DATE_TIME.fullmatch(value) if isinstance(value, str) else None
    return matched.groupdict() if matched else {}


def _instant(found: Mapping[str, str | None]) -> Instant | None:
    """The point on the timeline; without a zone it is UTC (VCDM 2.0, section 5.8)."""
    if not found:
        return None
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    if day > _DAYS[month - 1] + (month == _FEBRUARY and _is_leap(year)):
        return None
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["hour"] is None:
        hour = 24
    seconds = ((_day_number(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
    return seconds - _ahead(found), (found["fraction"] or "").rstrip("0")


def _ahead(found: Mapping[str, str | None]) -> int:
    """Seconds by which the zone is ahead of UTC."""
    hours, _, minutes = (found["ahead"] or "0:0").partition(":")
    seconds = (int(hours) * 60 + int(minutes)) * 60
    return -seconds if found["sign"] == "-" else seconds


def _day_number(year: int, month: int, day: int) -> int:
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    this_year = sum(_DAYS[: month - 1]) + (month > _FEBRUARY and _is_leap(year))
    return before * 365 + leaps + this_year + day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
