"""How is more than one thing looked up at once?  A thing that stands alone needs no task."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


async def side_by_side(looks: Sequence[Coroutine[Any, Any, T]]) -> tuple[T, ...]:
    """Everything that these find, in their order."""
    if len(looks) == 1:
        return (await looks[0],)
    return tuple(await asyncio.gather(*looks))
