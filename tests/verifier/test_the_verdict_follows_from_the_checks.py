import itertools
from collections.abc import Mapping

import pytest

from verifier.checks import CODES
from verifier.verdict import ESSENTIAL, Check, Outcome, Verdict, verdict


def checks(changed: Mapping[str, Outcome] | None = None) -> list[Check]:
    """Every check passed, but for those that a test names."""
    told = dict.fromkeys(CODES, Outcome.PASSED) | dict(changed or {})
    return [
        Check(code, outcome, "Said.", because="" if outcome is Outcome.PASSED else "why")
        for code, outcome in told.items()
    ]


def expected(code: str, outcome: Outcome) -> Verdict:
    """The table of the specification for one answer that is not `passed`."""
    if outcome is Outcome.FAILED:
        return Verdict.DO_NOT_RELY
    if code == "issuer":
        return Verdict.NOT_FULLY_CHECKED
    if outcome is Outcome.NOT_CHECKED:
        return Verdict.NOT_FULLY_CHECKED if code in ESSENTIAL else Verdict.CONFIRMED
    return Verdict.CONFIRMED_WITH_NOTES


ANSWERS = list(itertools.product(CODES, [Outcome.FAILED, Outcome.WARNING, Outcome.NOT_CHECKED]))


def test_all_passed_is_confirmed() -> None:
    assert verdict(checks()) is Verdict.CONFIRMED


@pytest.mark.parametrize(("code", "outcome"), ANSWERS)
def test_one_answer_decides_as_the_table_says(code: str, outcome: Outcome) -> None:
    assert verdict(checks({code: outcome})) is expected(code, outcome)


@pytest.mark.parametrize(
    ("first", "second"),
    [pair for pair in itertools.combinations(ANSWERS, 2) if pair[0][0] != pair[1][0]],
)
def test_of_two_answers_the_worse_decides(
    first: tuple[str, Outcome], second: tuple[str, Outcome]
) -> None:
    power = list(Verdict)
    worse = max(expected(*first), expected(*second), key=power.index)
    assert verdict(checks(dict([first, second]))) is worse


def test_nothing_checked_confirms_nothing() -> None:
    assert verdict([]) is Verdict.NOT_FULLY_CHECKED


@pytest.mark.parametrize("code", sorted(ESSENTIAL | {"issuer"}))
def test_a_question_that_was_not_asked_leaves_it_open(code: str) -> None:
    assert verdict([c for c in checks() if c.code != code]) is Verdict.NOT_FULLY_CHECKED


@pytest.mark.parametrize("code", sorted(ESSENTIAL))
def test_one_open_row_among_several_leaves_it_open(code: str) -> None:
    row = Check(code, Outcome.NOT_CHECKED, "Said.", because="why")
    assert verdict([*checks(), row]) is Verdict.NOT_FULLY_CHECKED


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.WARNING, Outcome.NOT_CHECKED])
def test_an_answer_that_is_not_good_news_needs_a_reason(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        Check("proof", outcome, "Said.")


def test_each_verdict_has_the_words_of_the_specification() -> None:
    assert [each.words for each in Verdict] == [
        "Confirmed",
        "Confirmed, with something to know",
        "Couldn't be fully checked",
        "Don't rely on this",
    ]
