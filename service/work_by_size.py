"""Who does the work, so that nobody waits for somebody else's document?

The event loop answers everybody.  What takes it a moment, as nearly all documents do, it does
itself: to hand it over would cost more.  What is larger is done in a thread.
"""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar, TypeVarTuple

T = TypeVar("T")
Given = TypeVarTuple("Given")

LARGE: Final = 32_000
"""Bytes of JSON from which on reading or judging takes the loop more than a millisecond or two."""


async def by_size(size: int, work: Callable[[*Given], T], *given: *Given) -> T:
    """Do some work on a document here, or in a thread if it is large.

    Args:
        size: bytes of the document.
        work: what is done; it must not care in which thread.
        given: what `work` is given.
    """
    return await asyncio.to_thread(work, *given) if size > LARGE else work(*given)
