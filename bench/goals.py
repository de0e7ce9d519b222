"""What do we want to reach, and are we there?  Only ratios of one run, never a machine's speed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from growth_of_records import DATABASES, INDEPENDENT
from in_process import BAZAAR, SHARED
from ours import US
from over_http import EXPRESS
from start_up import COMMAND

Parts = Mapping[str, Any]
RATIOS: Final = (
    "issue.eddsa-rdfc-2022",
    "verify.eddsa-rdfc-2022",
    "issue.ecdsa-sd-2023",
    "derive.ecdsa-sd-2023",
    "verify.ecdsa-sd-2023",
)
"""In process, to @digitalbazaar/vc; `http.issue` and `http.verify` come beside them."""

PAGE_BYTES: Final = 60_000
LINEAR: Final = 1.5  # times as much for each byte of the largest document as of one of 32 kB
SAME: Final = 1.5  # times as long with the most credentials as with the fewest


@dataclass(frozen=True, slots=True)
class Goal:
    """One of them, with what was found.

    Attributes:
        bound: what is to be reached; the least, or with `at_most` the most.
    """

    text: str
    bound: float
    found: float
    at_most: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether we are there."""
        return self.found <= self.bound if self.at_most else self.found >= self.bound

    def told(self) -> dict[str, Any]:
        """As it is written down."""
        return {
            "goal": self.text,
            "bound": self.bound,
            "bound_is": "at most" if self.at_most else "at least",
            "found": round(self.found, 3),
            "reached": self.is_reached,
        }


def ratios(parts: Parts) -> dict[str, float]:
    """How many times as fast as @digitalbazaar/vc, from whatever was measured."""
    found = {}
    if "in-process" in parts:
        for name in RATIOS:
            found[name] = _faster(parts, name)
    if "http" in parts:
        rates = parts["http"]["per_second"]
        for work in ("issue", "verify"):
            one, theirs = rates[f"{work}/1 process"], rates[f"{work}/{EXPRESS}"]
            found[f"http.{work}"] = one["median"] / theirs["median"]
    return {name: round(value, 2) for name, value in found.items()}


def goals(parts: Parts) -> list[Goal]:
    """All that can be told from what was measured."""
    return [goal for name, told in GOALS_OF.items() if name in parts for goal in told(parts)]


def _in_process(parts: Parts) -> Iterator[Goal]:
    issue, verify = RATIOS[:2]
    yield Goal("issue, times @digitalbazaar/vc", 30, _faster(parts, issue))
    yield Goal("verify, times @digitalbazaar/vc", 25, _faster(parts, verify))
    yield Goal("issue, issuer and achievement repeated", 40, _faster(parts, issue, SHARED))
    yield Goal("verify, issuer and achievement repeated", 40, _faster(parts, verify, SHARED))
    floor = _seconds(parts, f"{verify}/{US}") / _seconds(parts, "verify.floor/floor")
    yield Goal("verify, times the cost of JSON, SHA-256, Ed25519", 3, floor, at_most=True)
    for name in RATIOS[2:]:
        yield Goal(f"{name}, times @digitalbazaar/vc", 5, _faster(parts, name))
    bare = _seconds(parts, "verify.ed25519/floor")
    for name in ("vc-jwt", "eddsa-jcs-2022"):
        share = bare / _seconds(parts, f"verify.{name}/{US}")
        yield Goal(f"verify.{name}, share of the speed of Ed25519 alone", 4_000 / 9_600, share)


def _http(parts: Parts) -> Iterator[Goal]:
    rates = parts["http"]["per_second"]
    for work, ratio in ratios({"http": parts["http"]}).items():
        yield Goal(f"{work}, times Express + @digitalbazaar/vc", 18, ratio)
    for work in ("issue", "verify"):
        two, one = rates[f"{work}/2 processes"], rates[f"{work}/1 process"]
        yield Goal(f"http.{work}, two processes to one", 1.7, two["median"] / one["median"])


def _growth(parts: Parts) -> Iterator[Goal]:
    grown = parts["growth"]["bytes"]
    sizes = sorted(map(int, grown["signed_bytes"]))
    compared = [size for size in sizes if size >= 32_000][:1] or sizes[:1]
    for work in ("issue", "verify"):
        least, most = (
            grown["seconds"][f"{work}.eddsa-rdfc-2022/{US}/{size}"]["median"]
            / grown["signed_bytes"][str(size)]
            for size in (compared[0], sizes[-1])
        )
        text = f"{work}, cost of a byte at {sizes[-1]:,} to {compared[0]:,}"
        yield Goal(text, LINEAR, most / least, at_most=True)


def _records(parts: Parts) -> Iterator[Goal]:
    for database in DATABASES:
        if database not in parts["records"]:
            continue
        seconds = parts["records"][database]["seconds"]
        counts = sorted({int(name.rpartition("/")[2]) for name in seconds})
        for work in INDEPENDENT:
            least, most = (
                seconds[f"{work}/{count}"]["median"] for count in (counts[0], counts[-1])
            )
            text = f"{database}: {work}, with {counts[-1]:,} credentials to {counts[0]:,}"
            yield Goal(text, SAME, most / least, at_most=True)


def _pages(parts: Parts) -> Iterator[Goal]:
    for page, found in parts["pages"]["pages"].items():
        yield Goal(f"{page}, p50 in ms", 10, found["p50"] * 1000, at_most=True)
        yield Goal(f"{page}, p99 in ms", 50, found["p99"] * 1000, at_most=True)
        yield Goal(f"{page}, bytes", PAGE_BYTES, found["bytes"], at_most=True)


def _event_loop(parts: Parts) -> Iterator[Goal]:
    held = parts["event-loop"]["seconds"]["1"]["p99"] * 1000
    yield Goal("event loop held by one piece of work, p99 in ms", 5, held, at_most=True)


def _start_up(parts: Parts) -> Iterator[Goal]:
    seconds = parts["start-up"]["cpu_seconds"][COMMAND]["median"]
    yield Goal(f"{COMMAND}, seconds of the processor", 0.5, seconds, at_most=True)


GOALS_OF: Final[Mapping[str, Callable[[Parts], Iterator[Goal]]]] = {
    "in-process": _in_process,
    "http": _http,
    "growth": _growth,
    "records": _records,
    "pages": _pages,
    "event-loop": _event_loop,
    "start-up": _start_up,
}


def _faster(parts: Parts, name: str, who: str = US) -> float:
    return _seconds(parts, f"{name}/{BAZAAR}") / _seconds(parts, f"{name}/{who}")


def _seconds(parts: Parts, name: str) -> float:
    seconds: float = parts["in-process"]["seconds"][name]["median"]
    return seconds
