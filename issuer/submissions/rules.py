"""How far can a submission come?

The lifecycle of a submission and of the credential that it becomes, as data: a state, and the
states that can follow it.  A referred holder may hand in once more, free of charge; only once.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from issuer.errors import CannotMove


class State(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_ASSESSMENT = "in_assessment"
    PASSED = "passed"
    REFERRED = "referred"
    NOT_PASSED = "not_passed"
    ISSUED = "issued"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.IN_ASSESSMENT}),
    State.IN_ASSESSMENT: frozenset({State.PASSED, State.REFERRED, State.NOT_PASSED}),
    State.PASSED: frozenset({State.ISSUED}),
    State.REFERRED: frozenset({State.SUBMITTED, State.NOT_PASSED}),
    State.NOT_PASSED: frozenset(),
    State.ISSUED: frozenset({State.SUSPENDED, State.REVOKED, State.SUPERSEDED, State.EXPIRED}),
    State.SUSPENDED: frozenset({State.ISSUED, State.REVOKED, State.SUPERSEDED, State.EXPIRED}),
    State.REVOKED: frozenset(),
    State.SUPERSEDED: frozenset(),
    State.EXPIRED: frozenset({State.REVOKED}),
}

MOST_ATTEMPTS: Final = 2  # the first, and one free retry


def move(origin: State, to: State) -> State:
    """Take one step.

    Raises:
        CannotMove: `MOVES` has no arrow between the two.
    """
    if to not in MOVES[origin]:
        raise CannotMove(origin, to, MOVES[origin])
    return to


def outcome(*, reached: bool, attempt: int) -> State:
    """What a concluded assessment leads to.

    Args:
        reached: whether every required level was reached.
        attempt: which one it was, beginning with 1.
    """
    if reached:
        return State.PASSED
    return State.REFERRED if attempt < MOST_ATTEMPTS else State.NOT_PASSED
