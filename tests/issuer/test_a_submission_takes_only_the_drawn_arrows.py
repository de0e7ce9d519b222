import itertools

import pytest

from issuer.errors import CannotMove
from issuer.submissions.rules import MOST_ATTEMPTS, MOVES, State, move, outcome

DRAWN = {
    ("draft", "submitted"),
    ("submitted", "in_assessment"),
    ("in_assessment", "passed"),
    ("in_assessment", "referred"),
    ("in_assessment", "not_passed"),
    ("referred", "submitted"),
    ("referred", "not_passed"),
    ("passed", "issued"),
    ("issued", "suspended"),
    ("suspended", "issued"),
    ("issued", "revoked"),
    ("issued", "superseded"),
    ("issued", "expired"),
    ("suspended", "revoked"),
    ("suspended", "superseded"),
    ("suspended", "expired"),
    ("expired", "revoked"),
}


@pytest.mark.parametrize(("origin", "to"), list(itertools.product(State, State)))
def test_only_the_drawn_arrows_can_be_taken(origin: State, to: State) -> None:
    if (origin, to) in DRAWN:
        assert move(origin, to) is to
    else:
        with pytest.raises(CannotMove):
            move(origin, to)


def test_every_state_can_be_reached_from_a_draft() -> None:
    seen = {State.DRAFT}
    while new := {to for origin in seen for to in MOVES[origin]} - seen:
        seen |= new
    assert seen == set(State)


@pytest.mark.parametrize("end", [State.NOT_PASSED, State.REVOKED, State.SUPERSEDED])
def test_nothing_comes_back_from_an_end(end: State) -> None:
    assert not MOVES[end]


@pytest.mark.parametrize(
    ("reached", "attempt", "to"),
    [
        (True, 1, State.PASSED),
        (True, MOST_ATTEMPTS, State.PASSED),
        (False, 1, State.REFERRED),
        (False, MOST_ATTEMPTS, State.NOT_PASSED),
        (False, MOST_ATTEMPTS + 1, State.NOT_PASSED),
    ],
)
def test_the_one_retry_is_free_and_the_last(*, reached: bool, attempt: int, to: State) -> None:
    assert outcome(reached=reached, attempt=attempt) is to
