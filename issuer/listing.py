"""How is a long list handed out?  A page at a time, with where the next one begins."""

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from issuer.achievements.draft import Written

Item = TypeVar("Item")
Shown = TypeVar("Shown", bound=BaseModel)

Limit = Annotated[int, Query(ge=1, le=100, description="How many at the most.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="How many to pass over.")]


class Page(Written, Generic[Shown]):
    """Some of a list; `nextOffset` is absent on the last page."""

    items: tuple[Shown, ...]
    next_offset: int | None = None


def next_offset(found: Sequence[object], limit: int, offset: int) -> int | None:
    """Where the next page begins, when one more than `limit` was found."""
    return offset + limit if len(found) > limit else None
