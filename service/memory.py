"""What did we find lately?

Answers that cost a way out or much work, kept for a while.  Strangers choose what is asked for, so
a memory is bounded in number and in weight, and forgets first what was not asked for longest.
However many wait for the same answer, it is looked for once (single flight); who stops waiting
does not stop the search for the others.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Lasting(Generic[V]):
    """An answer, and for how long it holds.

    Attributes:
        value: the answer.
        since: when it was found.
        until: when it must be looked for again; `None` if it is not kept at all.
        weight: bytes that it takes, roughly.
        is_own: it was found so because of who asked; others must search for themselves.
    """

    value: V
    since: datetime | None = None
    until: datetime | None = None
    weight: int = 0
    is_own: bool = False

    def holds(self, now: datetime) -> bool:
        """Whether it was found, and need not be looked for again yet."""
        since, until = self.since, self.until
        return since is not None and until is not None and since <= now < until


class Memory(Generic[K, V]):
    """Answers by question.  For one event loop; nothing here waits for a lock.

    Args:
        most: how many answers are kept.
        weight: how many bytes all of them may take.
    """

    def __init__(self, most: int, weight: int) -> None:
        self._most = most
        self._weight = weight
        self._kept: OrderedDict[K, Lasting[V]] = OrderedDict()
        self._weighed = 0
        self._searches: dict[K, asyncio.Task[Lasting[V]]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def recall(self, key: K, now: datetime) -> V | None:
        """What was found lately; `None` when nothing was, or when it no longer holds."""
        known = self._kept.get(key)
        if known is None or not known.holds(now):
            return None
        self._kept.move_to_end(key)
        return known.value

    def keep(self, key: K, found: Lasting[V]) -> None:
        """Remember an answer for as long as it holds, unless it outweighs the whole memory."""
        self._forget(key)
        if found.until is None or found.weight > self._weight:
            return
        self._kept[key] = found
        self._weighed += found.weight
        while len(self._kept) > self._most or self._weighed > self._weight:
            self._forget(next(iter(self._kept)))

    async def find(
        self,
        key: K,
        now: datetime,
        search: Callable[[], Awaitable[Lasting[V]]],
        *,
        anew: bool = False,
    ) -> V:
        """What was found lately, or else what `search` finds now.

        Args:
            key: the question.
            now: the moment at which the answer must hold.
            search: finds the answer; what it raises is raised to all who wait.
            anew: search even if something is known.
        """
        known = None if anew else self.recall(key, now)
        if known is not None:
            return known
        shared = None if anew else self._searches.get(key)
        if shared is not None:
            found = await _shared(shared)
            if found is not None and not found.is_own:
                return found.value
            anew = True
        if anew:
            found = await search()
            self.keep(key, found)
            return found.value
        task = self._searches[key] = asyncio.ensure_future(_awaited(search))
        task.add_done_callback(lambda done: self._searched(key, done))
        return (await asyncio.shield(task)).value

    def _searched(self, key: K, done: "asyncio.Task[Lasting[V]]") -> None:
        del self._searches[key]
        if not done.cancelled() and done.exception() is None:
            self.keep(key, done.result())

    def _forget(self, key: K) -> None:
        known = self._kept.pop(key, None)
        if known is not None:
            self._weighed -= known.weight


async def _shared(search: "asyncio.Task[Lasting[V]]") -> Lasting[V] | None:
    """What another's search finds; nothing where that was given up."""
    try:
        return await asyncio.shield(search)
    except asyncio.CancelledError:
        if search.cancelled():
            return None
        raise


async def _awaited(search: Callable[[], Awaitable[Lasting[V]]]) -> Lasting[V]:
    return await search()
