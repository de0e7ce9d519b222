"""VCDM 2.0, sections 4.9 (Validity Period) and 5.8 (Representing Time)."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world.credentials import sample_credential

from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 4.9"

KEPT = [
    "2026-03-02T09:30:00Z",
    "2026-03-02T09:30:00+00:00",
    "2026-03-02T09:30:00.123456789012Z",
    "2026-03-02T09:30:00-08:00",
    "2026-03-02T09:30:00+14:00",
    "2026-03-02T09:30:00-00:00",
    "2024-02-29T00:00:00Z",
    "2000-02-29T00:00:00Z",
    "2026-12-31T24:00:00Z",
    "2026-12-31T24:00:00.000Z",
    "0000-01-01T00:00:00Z",
    "-0044-03-15T12:00:00Z",
    "12026-01-01T00:00:00Z",
]

BROKEN = {
    "null": None,
    "a number": 1772443800,
    "a list": ["2026-03-02T09:30:00Z"],
    "an object": {"@value": "2026-03-02T09:30:00Z"},
    "an empty text": "",
    "words": "Sat 25 Feb 2023 07:16:31 PM CST",
    "a date": "2026-03-02",
    "no seconds": "2026-03-02T09:30Z",
    "no time zone": "2026-03-02T09:30:00",
    "a space for the T": "2026-03-02 09:30:00Z",
    "a small z": "2026-03-02T09:30:00z",
    "a zone without a colon": "2026-03-02T09:30:00+0000",
    "a zone beyond fourteen hours": "2026-03-02T09:30:00+14:01",
    "a fraction without digits": "2026-03-02T09:30:00.Z",
    "a comma for the point": "2026-03-02T09:30:00,5Z",
    "a leap second": "2016-12-31T23:59:60Z",
    "minute sixty": "2026-03-02T09:60:00Z",
    "hour twenty-five": "2026-03-02T25:00:00Z",
    "a second after 24:00:00": "2026-03-02T24:00:01Z",
    "month thirteen": "2026-13-02T09:30:00Z",
    "day zero": "2026-03-00T09:30:00Z",
    "31 April": "2026-04-31T09:30:00Z",
    "29 February of a year that has none": "2026-02-29T09:30:00Z",
    "29 February 1900": "1900-02-29T09:30:00Z",
    "a year of two digits": "26-03-02T09:30:00Z",
    "a year with a zero too many": "02026-03-02T09:30:00Z",
    "a plus before the year": "+2026-03-02T09:30:00Z",
    "a year of more digits than are read": f"{'9' * 5000}-03-02T09:30:00Z",
    "digits of another script": "\uff12\uff10\uff12\uff16-03-02T09:30:00Z",
    "a space before": " 2026-03-02T09:30:00Z",
    "a line break after": "2026-03-02T09:30:00Z\n",
}


def period(begin: object, end: object) -> dict[str, Any]:
    return sample_credential(validFrom=begin, validUntil=end)


def alone(member: str, value: object) -> dict[str, Any]:
    document = sample_credential()
    del document["validFrom"], document["validUntil"]
    return document | {member: value}


@pytest.mark.parametrize("member", ["validFrom", "validUntil"])
@pytest.mark.parametrize("written", KEPT)
def test_section_4_9_is_a_date_time_stamp(member: str, written: str) -> None:
    assert credential_breaches(alone(member, written)) == ()


@pytest.mark.parametrize("member", ["validFrom", "validUntil"])
@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_section_4_9_is_no_date_time_stamp(member: str, value: object) -> None:
    (breach,) = credential_breaches(alone(member, value))
    assert (breach.pointer, breach.section) == (f"/{member}", SECTION)
    assert breach.rule.startswith(f"{member} must be a date and time with a time zone")


def test_section_4_9_both_are_optional() -> None:
    document = alone("validFrom", "2026-03-02T09:30:00Z")
    del document["validFrom"]
    assert credential_breaches(document) == ()


IN_ORDER = {
    "the same": ("2026-03-02T09:30:00Z", "2026-03-02T09:30:00Z"),
    "the same in another zone": ("2026-03-02T09:30:00Z", "2026-03-02T10:30:00+01:00"),
    "later, though the text sorts before": (
        "2026-03-02T23:00:00+14:00",
        "2026-03-02T10:00:00-08:00",
    ),
    "24:00 and the next day": ("2026-12-31T24:00:00Z", "2027-01-01T00:00:00Z"),
    "the next day and 24:00": ("2027-01-01T00:00:00Z", "2026-12-31T24:00:00Z"),
    "a fraction later": ("2026-03-02T09:30:00.09Z", "2026-03-02T09:30:00.1Z"),
    "the same fraction, longer": ("2026-03-02T09:30:00.10Z", "2026-03-02T09:30:00.1Z"),
    "before the year 1": ("-0001-12-31T00:00:00Z", "0000-01-01T00:00:00Z"),
    "beyond the year 9999": ("9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z"),
}

OUT_OF_ORDER = {
    "a second earlier": ("2026-03-02T09:30:01Z", "2026-03-02T09:30:00Z"),
    "earlier by its zone": ("2026-03-02T09:30:00Z", "2026-03-02T10:29:59+01:00"),
    "a fraction earlier": ("2026-03-02T09:30:00.1Z", "2026-03-02T09:30:00.09Z"),
    "earlier before the year 1": ("-0001-01-01T00:00:00Z", "-0002-12-31T00:00:00Z"),
    "earlier in a leap year": ("2024-03-01T00:00:00Z", "2024-02-29T23:59:59Z"),
}


@pytest.mark.parametrize(("begin", "end"), IN_ORDER.values(), ids=IN_ORDER)
def test_section_4_9_valid_until_is_not_before_valid_from(begin: str, end: str) -> None:
    assert credential_breaches(period(begin, end)) == ()


@pytest.mark.parametrize(("begin", "end"), OUT_OF_ORDER.values(), ids=OUT_OF_ORDER)
def test_section_4_9_valid_until_may_not_be_before_valid_from(begin: str, end: str) -> None:
    (breach,) = credential_breaches(period(begin, end))
    assert (breach.pointer, breach.section) == ("/validUntil", SECTION)
    assert breach.rule == "validUntil must not be earlier than validFrom"


def test_section_5_8_a_time_without_a_zone_is_compared_as_utc() -> None:
    found = credential_breaches(period("2026-03-02T09:30:00", "2026-03-02T09:29:59Z"))
    assert [breach.pointer for breach in found] == ["/validFrom", "/validUntil"]
    found = credential_breaches(period("2026-03-02T09:30:00", "2026-03-02T09:30:00Z"))
    assert [breach.pointer for breach in found] == ["/validFrom"]


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9998, 12, 31),  # noqa: DTZ001 - the same
    timezones=ZONES,
)


@given(begin=MOMENTS, end=MOMENTS)
def test_section_4_9_the_order_is_the_one_of_the_calendar(begin: datetime, end: datetime) -> None:
    found = credential_breaches(period(begin.isoformat(), end.isoformat()))
    assert bool(found) == (end.astimezone(UTC) < begin.astimezone(UTC))
