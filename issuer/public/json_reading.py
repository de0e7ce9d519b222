"""What can be read from a JSON value whose shape may be older than this code?

A page must open even when a credential lacks a member: every reader here gives the empty answer
where the shape is another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Json = Mapping[str, Any]


def text(value: object) -> str:
    """The text, or nothing; a language map or a `{"@value": …}` gives its first text."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return next((each for each in value.values() if isinstance(each, str)), "")
    return ""


def one(value: object) -> Json:
    """The object, the first object of a list, or an empty one."""
    return next(iter(many(value)), {})


def many(value: object) -> list[Json]:
    """The objects of a list; a single object is a list of one."""
    entries = value if isinstance(value, list | tuple) else [value]
    return [entry for entry in entries if isinstance(entry, Mapping)]


def moment(value: object) -> datetime | None:
    """A point in time in UTC, or nothing."""
    try:
        read = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
