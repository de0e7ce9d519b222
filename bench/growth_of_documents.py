"""How does the cost grow with the document, and with the number of its items of evidence?

Documents above the default limits (512 kB, 5 000 values, 1 024 nodes without a name) are let
through by explicit ones: a stranger's would be refused before any of this is spent.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, Final

from credentials import Json, of_size, with_evidence
from elsewhere import Elsewhere
from elsewhere import turn as one_turn
from in_process import BAZAAR
from measuring import Series, in_rounds
from node_programs import Ask, digitalbazaar
from ours import US, embedded
from ways import Way, sent
from world.interop import OUR_KEYS

from keys.public_key import KeyType
from proofs.limits import Limits
from schemas.limits import JsonLimits

SIZES: Final = (2_000, 8_000, 32_000, 128_000, 512_000, 1_000_000)
SMALL_SIZES: Final = (2_000, 8_000, 32_000)
EVIDENCE: Final = (1, 3, 10, 30, 100, 300)
SMALL_EVIDENCE: Final = (1, 10)
WIDE: Final = Limits(values=200_000, quads=200_000, blank_nodes=50_000)
WIDE_JSON: Final = JsonLimits(document_bytes=4_000_000, values=400_000)
SUITES: Final = ("eddsa-rdfc-2022", "eddsa-jcs-2022")
THEIR_SUITE: Final = "eddsa-rdfc-2022"
PER_TURN: Final = 64_000  # bytes of documents of a size, and two documents at least
MOST_PER_TURN: Final = 8

Maker = Callable[[int, int], Json]


@dataclass(frozen=True, slots=True)
class Everybody:
    """Who is measured."""

    ask: Ask
    ways: Sequence[Way]
    elsewhere: Elsewhere


def measure(rounds: int, *, quick: bool = False) -> dict[str, Any]:
    """Seconds by size in bytes, and by number of items of evidence."""
    signer = OUR_KEYS[KeyType.ED25519]
    ways = [embedded(name, signer, US, limits=WIDE, json_limits=WIDE_JSON) for name in SUITES]
    with digitalbazaar() as ask, Elsewhere(ways) as elsewhere:

        def grown(make: Maker, scale: Sequence[int]) -> Mapping[str, Any]:
            return _grown(Everybody(ask, ways, elsewhere), rounds, make, scale)

        return {
            "bytes": grown(of_size, SMALL_SIZES if quick else SIZES),
            "evidence": grown(with_evidence, SMALL_EVIDENCE if quick else EVIDENCE),
        }


def _grown(
    everybody: Everybody, rounds: int, make: Maker, scale: Sequence[int]
) -> Mapping[str, Any]:
    """Series named `WORK.SUITE/WHO/HOW MUCH`, and how many bytes each document has when signed."""
    ways = everybody.ways
    sizes = {str(much): len(sent(ways[0].issue(make(much, 0)))) for much in scale}
    numbers = count(1)

    def turn(series: Series, _number: int) -> None:
        for much in scale:
            many = max(2, min(MOST_PER_TURN, PER_TURN // sizes[str(much)]))
            this = Series()
            new = partial(_new, make, much, numbers)
            for way in ways:
                one_turn(this, way, new, many, everybody.elsewhere)
            _theirs(this, everybody.ask, new(2))
            series.take(this, suffix=f"/{much}")

    return {"signed_bytes": sizes, "seconds": in_rounds(rounds, turn).told()}


def _new(make: Maker, much: int, numbers: Iterator[int], many: int) -> list[Json]:
    return [make(much, next(numbers)) for _ in range(many)]


def _theirs(series: Series, ask: Ask, documents: Sequence[Json]) -> None:
    for work in ("issue", "verify"):
        given: dict[str, Any] = {"credentials": documents} if work == "issue" else {}
        answer = ask({"op": "run", "work": work, "suite": THEIR_SUITE, **given})
        series.add(f"{work}.{THEIR_SUITE}/{BAZAAR}", answer["seconds"])
