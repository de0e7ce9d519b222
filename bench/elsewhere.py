"""Credentials that were signed in another process, so that ours sees them for the first time.

Whoever verifies what it just signed may remember half of it.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from credentials import Json
from measuring import Series
from ways import Way, sent

Make = Callable[[int], list[Json]]


class Elsewhere:
    """A process of its own, with the same keys; a context manager."""

    def __init__(self, ways: Sequence[Way]) -> None:
        self._place = {id(way): place for place, way in enumerate(ways)}
        forked = multiprocessing.get_context("fork")  # which knows the keys and needs no pickling
        self._pool = forked.Pool(1, _know, [ways])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.terminate()
        self._pool.join()

    def issued(self, way: Way, credentials: Sequence[Json]) -> list[Any]:
        """The credentials as a holder gets them."""
        return self._pool.apply(_issued, [self._place[id(way)], credentials])

    def sent(self, way: Way, credentials: Sequence[Json]) -> list[bytes]:
        """The credentials as a verifier gets them."""
        return self._pool.apply(_sent, [self._place[id(way)], credentials])


def turn(series: Series, way: Way, make: Make, size: int, elsewhere: Elsewhere) -> None:
    """A round of one way: every credential is new, and new to this process.

    Args:
        series: where it is written down.
        way: which.
        make: gives so many credentials that nobody had before.
        size: how many credentials there are in a round.
        elsewhere: where those are signed that are not signed here.
    """
    count = way.of(size)
    way.time(series, "issue", make(count))
    if way.derive:
        way.time(series, "derive", elsewhere.issued(way, make(count)))
    way.time(series, "verify", elsewhere.sent(way, make(count)))


_KNOWN: list[Way] = []


def _know(ways: Sequence[Way]) -> None:
    _KNOWN.extend(ways)


def _issued(place: int, credentials: Sequence[Json]) -> list[Any]:
    return [_KNOWN[place].issue(each) for each in credentials]


def _sent(place: int, credentials: Sequence[Json]) -> list[bytes]:
    derive = _KNOWN[place].derive
    issued = _issued(place, credentials)
    return [sent(derive(each) if derive else each) for each in issued]
