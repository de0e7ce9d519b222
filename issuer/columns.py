"""How are values kept that databases disagree about?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import randbelow, token_bytes
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import JSON, TypeDecorator
from sqlmodel import Field


@dataclass(frozen=True, slots=True)
class Chance:
    """Where random values come from; fixed in tests."""

    below: Callable[[int], int]
    octets: Callable[[int], bytes]


SYSTEM_CHANCE: Final = Chance(randbelow, token_bytes)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, PostgreSQL does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write it in UTC, whatever zone it came in."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read it in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> str:
    """A name for a row that tells nothing about it."""
    return uuid4().hex


def identifier() -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    """A primary key."""
    return Field(default_factory=new_id, primary_key=True, max_length=32)


def moment(*, nullable: bool = False) -> Any:  # noqa: ANN401 - same
    """A column of moments."""
    if nullable:
        return Field(default=None, sa_type=Moment, nullable=True)
    return Field(sa_type=Moment)


def octets() -> Any:  # noqa: ANN401 - same
    """A column of exact bytes."""
    return Field(sa_type=LargeBinary)


def values(default: Callable[[], Any] = list) -> Any:  # noqa: ANN401 - same
    """A column of JSON."""
    return Field(default_factory=default, sa_type=JSON)
