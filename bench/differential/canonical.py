"""Do the quick ways ever disagree with the slow ones?  A hundred thousand documents.

Run by `make differential`; it prints how many documents each way took, by context and by
construct, keeps that in bench/results, and fails if two ways ever gave two answers.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "fuzz"), str(HERE.parents[1]), str(HERE.parents[1] / "tests")]

from comparisons import (  # noqa: E402 - the line above finds it
    OXIGRAPH,
    Different,
    canonical_json,
    parts,
    reading,
    statements,
    with_others,
)
from constructs import constructs  # noqa: E402 - same
from documents import known, made  # noqa: E402 - same

RESULT: Final = HERE.parent / "results" / "differential.json"
AT_ONCE: Final = 2_500
OTHERS_SHARE: Final = 0.1  # of the accepted documents; PyLD and pyoxigraph take their time
PARTS_SHARE: Final = 0.1  # of the accepted documents
FULL_SHARE: Final = 0.1
JSON_SHARE: Final = 0.2
LEAST_SHORT: Final = 0.3


@dataclass(slots=True)
class Found:
    """What happened."""

    counts: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    short_of: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)

    def add(self, other: "Found") -> None:
        """Take in what happened elsewhere."""
        self.counts += other.counts
        self.of += other.of
        self.short_of += other.short_of
        self.different += other.different

    def compare(self, view: dict[str, Any], choose: random.Random) -> None:
        """All comparisons of one document."""
        algorithm = choose.choice(list(OXIGRAPH))
        try:
            outcome, is_short = statements(view, algorithm, in_full=choose.random() < FULL_SHARE)
            self.counts[f"{outcome}, {'short way' if is_short else 'general way'}"] += 1
            names = constructs(view)
            self.of.update(names)
            self.short_of.update(names if is_short else ())
            if outcome == "accepted" and choose.random() < OTHERS_SHARE:
                self.counts[with_others(view, algorithm)] += 1
            if outcome == "accepted" and choose.random() < PARTS_SHARE:
                self.counts[parts(view, choose)] += 1
            if choose.random() < JSON_SHARE:
                self.counts[canonical_json(view)] += 1
                self.counts[reading(view, choose)] += 1
        except Different as difference:
            self.different.append(f"{difference}\n{json.dumps(view)}")


def compared(begin: int, end: int, seed: int) -> Found:
    """Compare the documents of these numbers."""
    found, whole = Found(), known()
    choose = random.Random(f"{seed} {begin}")  # noqa: S311 - no secret
    for number in range(begin, end):
        view = whole[number] if number < len(whole) else made(choose, whole)
        if isinstance(view, dict):
            found.compare(view, choose)
        else:
            found.counts["no object"] += 1
    return found


def main() -> None:
    """Compare, count, keep."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=2026)
    arguments.add_argument("--processes", type=int, default=2)
    chosen = arguments.parse_args()
    begun, found = time.perf_counter(), Found()
    with ProcessPoolExecutor(chosen.processes) as pool:
        waiting = [
            pool.submit(compared, begin, min(begin + AT_ONCE, chosen.documents), chosen.seed)
            for begin in range(0, chosen.documents, AT_ONCE)
        ]
        for each in as_completed(waiting):
            found.add(each.result())
    short = sum(n for name, n in found.counts.items() if name.endswith(", short way"))
    results = {
        "documents": chosen.documents,
        "seed": chosen.seed,
        "minutes": round((time.perf_counter() - begun) / 60, 1),
        "short": round(short / chosen.documents, 3),
        "counts": dict(found.counts.most_common()),
        "short of all, by construct": {
            name: f"{found.short_of[name]} of {count}" for name, count in found.of.most_common()
        },
        "different": len(found.different),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    for difference in found.different[:5]:
        sys.stdout.write(f"DIFFERENT {difference}\n")
    sys.stdout.write(json.dumps(results, indent=2) + "\n")
    sys.exit(1 if found.different or short < LEAST_SHORT * chosen.documents else 0)


if __name__ == "__main__":
    main()
