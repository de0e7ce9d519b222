"""What is a measurement?  Many single times, told as their median, least and greatest.

A machine is never quite idle.  So whatever is compared runs in turns: a round of one, a round of
the other, and again; and the median counts, which a few slow moments do not move.
"""

import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

Made = TypeVar("Made")
Told = dict[str, float]

ROUNDED: Final = 9  # digits behind the point: nanoseconds


def told(values: Sequence[float]) -> Told:
    """How a series is written down."""
    return {
        "median": round(statistics.median(values), ROUNDED),
        "minimum": round(min(values), ROUNDED),
        "maximum": round(max(values), ROUNDED),
        "count": len(values),
    }


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of all does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Series:
    """Named series of seconds, collected over rounds."""

    def __init__(self) -> None:
        self.values: defaultdict[str, list[float]] = defaultdict(list)

    def add(self, name: str, seconds: Iterable[float]) -> None:
        """Write down more of a series."""
        self.values[name] += seconds

    def each(self, name: str, works: Iterable[Callable[[], Made]]) -> list[Made]:
        """Do each, write down how long each took, and return what they made."""
        made = []
        for work in works:
            begun = time.perf_counter()
            made.append(work())
            self.values[name].append(time.perf_counter() - begun)
        return made

    def take(self, other: "Series", suffix: str = "") -> None:
        """Everything that another has, too; under names that end in `suffix`."""
        for name, values in other.values.items():
            self.values[f"{name}{suffix}"] += values

    def told(self) -> dict[str, Any]:
        """All series, as they are written down."""
        return {name: told(values) for name, values in sorted(self.values.items())}


def in_rounds(rounds: int, turn: Callable[[Series, int], None]) -> Series:
    """Let everybody have a turn, again and again; the first round only warms up.

    Args:
        rounds: how many are counted.
        turn: one round, told where to write and its number.
    """
    found = Series()
    for number in range(rounds + 1):
        this = Series()
        turn(this, number)
        if number:
            found.take(this)
    return found


@contextmanager
def on_one_core() -> Iterator[None]:
    """Give this process, and those that it starts, one core: a runtime may not use another for
    its compiler and its collector while its rivals have none."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(every)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)
