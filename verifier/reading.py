"""How is a member of somebody else's credential read?

Standards allow one value or a list, a string or an object; these functions read either and never
raise for what a stranger wrote.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from schemas.data_model import identifiers
from schemas.one_or_many import listed

_FIRST: Final = datetime(1, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def members(value: object) -> tuple[Mapping[str, Any], ...]:
    """The objects in a value that may be absent, one object or a list."""
    return tuple(item for item in listed(value) if isinstance(item, (dict, Mapping)))


def types(view: Mapping[str, Any]) -> frozenset[str]:
    """The types of an object, however they are written."""
    return frozenset(item for item in listed(view.get("type")) if isinstance(item, str))


def text(view: Mapping[str, Any], member: str) -> str:
    """A text, or nothing."""
    value = view.get(member)
    return value if isinstance(value, str) else ""


def identifier(value: object) -> str:
    """The id of something that is written as its address or as an object."""
    return identifiers.identifier(value) or ""


def inner(view: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    """The first object under a member, or an empty one."""
    return next(iter(members(view.get(member))), {})


def moment(value: object) -> datetime | None:
    """A date-time in UTC; without a zone it is UTC (VCDM 2.0, section 4.9).

    Raises:
        ValueError: there is a value and it is not a date-time.
    """
    if value is None:
        return None
    if not isinstance(value, str) or "T" not in value:
        raise ValueError("not a date-time")
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        return read.replace(tzinfo=UTC)
    try:
        return read.astimezone(UTC)
    except OverflowError:  # "never expires", written in a zone where UTC is already the year 10000
        return _FIRST if read.year == _FIRST.year else _LAST


def moment_or_none(value: object) -> datetime | None:
    """A date-time, or nothing where it cannot be read."""
    try:
        return moment(value)
    except ValueError:
        return None
