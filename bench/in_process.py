"""How long does one credential take, beside other implementations?  On one core, no network.

Every credential is a different one, realistic and of 8 kB, and new to the process that is asked;
what is verified was signed in another one.  A second series repeats issuer and
achievement, as one organisation's credentials do.
"""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, Final

from credentials import Json, realistic
from elsewhere import Elsewhere
from elsewhere import turn as one_turn
from measuring import Series, in_rounds, on_one_core
from node_programs import Ask, digitalbazaar
from ours import ways
from python_peers import bare_ed25519, check_floor, floor, openvc, straightforward

BAZAAR: Final = "digitalbazaar"
SHARED: Final = "ours, repeated"
THEIRS: Final[Mapping[str, Sequence[str]]] = {
    "eddsa-rdfc-2022": ("issue", "verify"),
    "ecdsa-sd-2023": ("issue", "derive", "verify"),
}
"""Cryptosuite → what is measured of @digitalbazaar/vc, in that order."""


def measure(rounds: int, size: int) -> dict[str, Any]:
    """Run everything in turns.

    Args:
        rounds: how often each implementation gets its turn.
        size: how many credentials there are in a turn.
    """
    mine, repeated = [*ways(), straightforward(), *openvc(), floor()], ways(SHARED)
    numbers = count()

    def distinct(much: int) -> list[Json]:
        return [realistic(next(numbers)) for _ in range(much)]

    def alike(much: int) -> list[Json]:
        return [realistic(next(numbers), shared=True) for _ in range(much)]

    def turn(series: Series, _number: int) -> None:
        for way in mine:
            one_turn(series, way, distinct, size, elsewhere)
        for way in repeated:
            one_turn(series, way, alike, size, elsewhere)
        bare_ed25519(series, size)
        bazaar(series, ask, distinct(size))

    with on_one_core(), digitalbazaar() as ask, Elsewhere([*mine, *repeated]) as elsewhere:
        check_all_honest(ask)
        return {"seconds": in_rounds(rounds, turn).told()}


def check_all_honest(ask: Ask) -> None:
    """Nobody is measured who accepts what was changed.

    Raises:
        NotHonest, PeerFailed: somebody does.
    """
    credential = realistic(0)
    for way in (*ways(), straightforward(), *openvc()):
        way.check_honest(credential)
    check_floor(credential)
    for suite in THEIRS:
        ask({"op": "honest", "suite": suite, "credential": credential})


def bazaar(series: Series, ask: Ask, credentials: Sequence[Json]) -> None:
    """A turn of npm @digitalbazaar/vc, which measures itself."""
    for suite, works in THEIRS.items():
        for work in works:
            given: dict[str, Any] = {"credentials": credentials} if work == "issue" else {}
            answer = ask({"op": "run", "work": work, "suite": suite, **given})
            series.add(f"{work}.{suite}/{BAZAAR}", answer["seconds"])
