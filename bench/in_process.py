"""How long does one credential take, beside other implementations?  In one process, no network.

Every credential is a different one, realistic and of 8 kB.  A second series repeats issuer and
achievement, as one organisation's credentials do.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from credentials import Json, realistic
from measuring import Series, in_rounds
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
    mine, repeated = ways(), ways(SHARED)
    others = [straightforward(), *openvc(), floor()]
    with digitalbazaar() as ask:
        check_all_honest(ask)

        def turn(series: Series, number: int) -> None:
            begin = number * size
            credentials = [realistic(begin + place) for place in range(size)]
            alike = [realistic(begin + place, shared=True) for place in range(size)]
            for way in mine:
                way.turn(series, credentials)
            for way in repeated:
                way.turn(series, alike)
            for way in others:
                way.turn(series, credentials)
            bare_ed25519(series, size)
            bazaar(series, ask, credentials)

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
