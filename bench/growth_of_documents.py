"""How does the cost grow with the document, and with the number of its items of evidence?

Documents above the default limits (512 kB, 5 000 values, 1 024 nodes without a name) are let
through by explicit ones: a stranger's would be refused before any of this is spent.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from credentials import Json, of_size, with_evidence
from in_process import BAZAAR
from measuring import Series, in_rounds
from node_programs import Ask, digitalbazaar
from ours import US, embedded
from ways import sent
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


def measure(rounds: int, *, quick: bool = False) -> dict[str, Any]:
    """Seconds by size in bytes, and by number of items of evidence."""
    with digitalbazaar() as ask:
        return {
            "bytes": _grown(ask, rounds, of_size, SMALL_SIZES if quick else SIZES),
            "evidence": _grown(ask, rounds, with_evidence, SMALL_EVIDENCE if quick else EVIDENCE),
        }


def _grown(ask: Ask, rounds: int, make: Maker, scale: Sequence[int]) -> Mapping[str, Any]:
    """Series named `WORK.SUITE/WHO/HOW MUCH`, and how many bytes each document has when signed."""
    signer = OUR_KEYS[KeyType.ED25519]
    ways = [embedded(name, signer, US, limits=WIDE, json_limits=WIDE_JSON) for name in SUITES]
    sizes = {str(much): len(sent(ways[0].issue(make(much, 0)))) for much in scale}

    def turn(series: Series, number: int) -> None:
        for much in scale:
            count = max(2, min(MOST_PER_TURN, PER_TURN // sizes[str(much)]))
            documents = [make(much, number * count + place) for place in range(count)]
            this = Series()
            for way in ways:
                way.turn(this, documents)
            _theirs(this, ask, documents)
            series.take(this, suffix=f"/{much}")

    return {"signed_bytes": sizes, "seconds": in_rounds(rounds, turn).told()}


def _theirs(series: Series, ask: Ask, documents: Sequence[Json]) -> None:
    for work in ("issue", "verify"):
        given: dict[str, Any] = {"credentials": documents[:2]} if work == "issue" else {}
        answer = ask({"op": "run", "work": work, "suite": THEIR_SUITE, **given})
        series.add(f"{work}.{THEIR_SUITE}/{BAZAAR}", answer["seconds"])
