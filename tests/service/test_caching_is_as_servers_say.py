"""RFC 9111: what a server says about keeping its answer, and our own limit."""

from datetime import timedelta

import pytest
from world.credentials import NOON

from service.fetching import Found, Resource
from service.freshness import good_until

UNSAID = timedelta(seconds=60)
LONGEST = timedelta(seconds=300)


def seconds(
    caching: str | None, age: str | None = None, expires: str | None = None
) -> float | None:
    headers = {"cache-control": caching, "age": age, "expires": expires}
    said = {name: value for name, value in headers.items() if value is not None}
    found = Found(Resource("", "", "", b"", said), NOON)
    until = good_until(found, unsaid=UNSAID, longest=LONGEST)
    return None if until is None else (until - NOON).total_seconds()


@pytest.mark.parametrize(
    ("caching", "expected"),
    [
        ("max-age=30", 30),
        ("public, max-age=30, must-revalidate", 30),
        ("MAX-AGE=30", 30),
        ('max-age="30"', 30),
        ("max-age=10, s-maxage=20", 20),
        ("max-age=31536000, immutable", 300),
        ("max-age=0", None),
        ("public", 60),
        ("max-age=-5", None),
        ("max-age=thirty", None),
        ("max-age=" + "9" * 50, None),
        ("max-age=0, max-age=300", None),
        ("max-age=300, max-age=30", 30),
        ("s-maxage=x, max-age=300", None),
        ("", 60),
        (None, 60),
    ],
)
def test_how_long_it_is_kept(caching: str | None, expected: float | None) -> None:
    assert seconds(caching) == expected


@pytest.mark.parametrize(
    "directive", ["no-store", "no-cache", "private", 'no-cache="x"', "NO-STORE"]
)
def test_what_may_not_be_shared_is_not_kept(directive: str) -> None:
    assert seconds(f"max-age=30, {directive}") is None


@pytest.mark.parametrize(
    ("age", "expected"),
    [("10", 20), ("30", None), ("99", None), ("x", None), ("10, 29", None), ("", None)],
)
def test_what_was_under_way_for_a_while_is_kept_for_less(age: str, expected: float | None) -> None:
    assert seconds("max-age=30", age) == expected


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        ("Tue, 03 Mar 2026 12:00:20 GMT", 20),
        ("Tue, 03 Mar 2027 12:00:20 GMT", 300),
        ("Tue, 03 Mar 2026 11:00:00 GMT", None),
        ("0", None),
        ("soon", None),
    ],
)
def test_an_older_way_to_say_it_is_heard(expires: str, expected: float | None) -> None:
    assert seconds(None, expires=expires) == expected
    assert seconds("max-age=30", expires=expires) == 30
