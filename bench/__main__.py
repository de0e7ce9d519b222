"""`make bench`: measure, show, and write down.  Each part can be run alone.

What is written, bench/results/latest.json, keeps of every part what was measured last, with its
date; a whole run replaces all of it.
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import cold_and_warm
import documentation
import growth_of_documents
import growth_of_lists
import growth_of_records
import in_process
import loop_lag
import over_http
import pages
import results
import start_up
from report import show


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: everything, or enough to see that it works."""

    quick: bool

    def of(self, full: int, few: int) -> int:
        """One of the two."""
        return few if self.quick else full


Part = Callable[[Scale], Mapping[str, Any]]


def _growth(scale: Scale) -> dict[str, Any]:
    grown = growth_of_documents.measure(scale.of(7, 2), quick=scale.quick)
    return {**grown, "lists": growth_of_lists.measure(scale.of(7, 2), quick=scale.quick)}


PARTS: Final[Mapping[str, Part]] = {
    "in-process": lambda scale: in_process.measure(scale.of(15, 2), scale.of(48, 8)),
    "http": lambda scale: over_http.measure(scale.of(7, 1), scale.of(1_500, 60)),
    "caches": lambda scale: cold_and_warm.measure(scale.of(7, 1)),
    "pages": lambda scale: pages.measure(scale.of(20, 2)),
    "event-loop": lambda scale: loop_lag.measure(scale.of(2_000, 100)),
    "start-up": lambda scale: start_up.measure(scale.of(9, 2)),
    "growth": _growth,
    "records": lambda scale: growth_of_records.measure(scale.of(15, 2), quick=scale.quick),
}


def main() -> None:
    """Measure what was asked for."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--only", choices=PARTS, action="append", help="a part; may be repeated")
    asked.add_argument("--quick", action="store_true", help="small sizes, few rounds")
    asked.add_argument("--docs", action="store_true", help="write docs/benchmarks.md, no measuring")
    arguments = asked.parse_args()
    if arguments.docs:
        documentation.write(results.read())
        return
    scale = Scale(arguments.quick)
    found = {} if arguments.only is None else results.parts_of(results.read_if_any())
    for name in arguments.only or PARTS:
        print(f"Measuring: {name} …", flush=True)
        found[name] = results.dated(PARTS[name](scale), quick=scale.quick)
        results.write(found)
    show(results.read())


if __name__ == "__main__":
    main()
