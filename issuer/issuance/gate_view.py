"""How does the API tell what the gate misses?"""

from collections.abc import Iterable

from issuer.achievements.draft import Written
from issuer.issuance.rules import Missing


class MissingView(Written):
    """One thing that the gate misses."""

    code: str
    pointer: str
    sentence: str


class GateView(Written):
    """Whether a credential may be issued, and everything that is missing."""

    open: bool
    missing: tuple[MissingView, ...]


def missing_views(missing: Iterable[Missing]) -> tuple[MissingView, ...]:
    """Everything that is missing, in its order."""
    return tuple(
        MissingView(code=each.code, pointer=each.pointer, sentence=each.sentence)
        for each in missing
    )
