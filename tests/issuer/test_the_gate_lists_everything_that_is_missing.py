"""Every clause of the gate, each broken alone; the honest case stands first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from world.credentials import NOON

from issuer.issuance.rules import (
    CLAUSES,
    AiUse,
    Assessed,
    Case,
    Criterion,
    Judgement,
    Method,
    all_reached,
    gate,
)
from issuer.submissions.rules import State

LEVELS = ("low", "mid", "high")
CRITERIA = (Criterion("errors", LEVELS, "mid"), Criterion("tests", LEVELS, "mid"))
FIRST = Assessed(
    assessor="assessor-1",
    identities=frozenset({"email:first@assessor.example"}),
    declared_no_conflict=True,
    rubric="rubric-1",
    method=Method.QUESTIONED_LIVE,
    supervised=False,
    began_at=NOON,
    judgements=(Judgement("errors", "high", "seen"), Judgement("tests", "high", "seen")),
)
SECOND = replace(
    FIRST, assessor="assessor-2", identities=frozenset({"email:second@assessor.example"})
)
GOOD = Case(
    state=State.PASSED,
    holder="holder",
    holder_identities=frozenset({"email:wren@holder.example", "key:z6Mk"}),
    frozen=(NOON - timedelta(hours=1),),
    rubric="rubric-1",
    criteria=CRITERIA,
    does_not_cover="Streams.",
    assessments=(FIRST,),
    ai_use=AiUse.ASSISTED,
    sampled=False,
    preview_confirmed=True,
)


def first(**over: object) -> Case:
    return replace(GOOD, assessments=(replace(FIRST, **over),))  # type: ignore[arg-type]


def judged(*judgements: tuple[str, str, str]) -> Case:
    return first(judgements=tuple(Judgement(*each) for each in judgements))


BORDERLINE = judged(("errors", "mid", "seen"), ("tests", "high", "seen"))
PROMISED = first(method=Method.SECOND_ASSESSOR)
SAMPLED = replace(GOOD, sampled=True)

BROKEN: dict[str, tuple[Case, str]] = {
    "no artifact": (replace(GOOD, frozen=()), "no_artifact"),
    "an artifact without a digest": (replace(GOOD, frozen=(None,)), "artifact_not_frozen"),
    "an artifact frozen too late": (
        replace(GOOD, frozen=(NOON + timedelta(seconds=1),)),
        "artifact_not_frozen",
    ),
    "another rubric": (first(rubric="rubric-0"), "another_rubric"),
    "a criterion without a level": (judged(("errors", "high", "seen")), "level_missing"),
    "a level that the rubric lacks": (
        judged(("errors", "divine", "seen"), ("tests", "high", "seen")),
        "level_missing",
    ),
    "two levels for one criterion": (
        judged(("errors", "high", "a"), ("errors", "high", "b"), ("tests", "high", "c")),
        "level_missing",
    ),
    "a level without a reason": (
        judged(("errors", "high", " \n"), ("tests", "high", "seen")),
        "reason_missing",
    ),
    "no method": (first(method=""), "method_missing"),
    "self-declared": (first(method="self-declared"), "method_missing"),
    "no AI-use statement": (replace(GOOD, ai_use=""), "ai_use_missing"),
    "an AI-use word of one's own": (replace(GOOD, ai_use="a little"), "ai_use_missing"),
    "no AI, unsupervised": (replace(GOOD, ai_use=AiUse.NONE), "none_unsupervised"),
    "nothing that it does not cover": (
        replace(GOOD, does_not_cover="  "),
        "does_not_cover_missing",
    ),
    "the holder's own account": (first(assessor="holder"), "assessor_is_holder"),
    "the holder's e-mail": (
        first(identities=frozenset({"email:wren@holder.example"})),
        "assessor_is_holder",
    ),
    "the holder's key": (first(identities=frozenset({"key:z6Mk"})), "assessor_is_holder"),
    "a conflict not excluded": (first(declared_no_conflict=False), "conflict_not_excluded"),
    "sampled, one assessor": (SAMPLED, "second_assessor_missing"),
    "a second assessor promised": (PROMISED, "second_assessor_missing"),
    "no confirmed preview": (replace(GOOD, preview_confirmed=False), "preview_not_confirmed"),
}


def codes(case: Case) -> set[str]:
    return {missing.code for missing in gate(case)}


def test_nothing_is_missing_in_the_honest_case() -> None:
    assert gate(GOOD) == ()


@pytest.mark.parametrize(("case", "code"), BROKEN.values(), ids=BROKEN)
def test_each_breach_alone_closes_the_gate_and_is_named(case: Case, code: str) -> None:
    assert codes(case) == {code}


@pytest.mark.parametrize("state", [state for state in State if state is not State.PASSED])
def test_only_what_was_passed_can_be_issued(state: State) -> None:
    assert codes(replace(GOOD, state=state)) == {"not_passed"}


def test_without_an_assessment_nothing_is_issued() -> None:
    assert codes(replace(GOOD, assessments=())) == {"no_assessment"}


def test_a_level_below_the_required_one_is_named_with_its_criterion() -> None:
    (missing,) = gate(judged(("errors", "low", "seen"), ("tests", "high", "seen")))
    assert missing.code == "level_not_reached"
    assert missing.pointer == "/assessments/0/levels/errors"
    assert "'errors'" in missing.sentence


def test_a_second_assessor_who_found_less_keeps_the_gate_closed() -> None:
    doubting = replace(SECOND, judgements=(Judgement("errors", "low", "no"), FIRST.judgements[1]))
    assert codes(replace(GOOD, assessments=(FIRST, doubting))) == {"level_not_reached"}


def test_exactly_the_required_level_needs_a_second_assessor() -> None:
    assert codes(BORDERLINE) == {"second_assessor_missing"}


@pytest.mark.parametrize("case", [BORDERLINE, PROMISED, SAMPLED])
def test_a_second_person_opens_the_gate(case: Case) -> None:
    assert gate(replace(case, assessments=(*case.assessments, SECOND))) == ()


@pytest.mark.parametrize(
    "same", [replace(SECOND, assessor=FIRST.assessor), replace(SECOND, identities=FIRST.identities)]
)
def test_one_person_with_two_accounts_is_no_second_assessor(same: Assessed) -> None:
    assert codes(replace(SAMPLED, assessments=(FIRST, same))) == {"second_assessor_missing"}


def test_what_is_demanded_of_the_first_assessor_is_demanded_of_the_second() -> None:
    second = replace(SECOND, declared_no_conflict=False, assessor="holder")
    found = gate(replace(GOOD, assessments=(FIRST, second)))
    assert {each.code for each in found} == {"conflict_not_excluded", "assessor_is_holder"}
    assert all(each.pointer.startswith("/assessments/1") for each in found)


def test_none_counts_under_supervision() -> None:
    assert gate(replace(first(supervised=True), ai_use=AiUse.NONE)) == ()


@pytest.mark.parametrize("used", [use for use in AiUse if use is not AiUse.NONE])
def test_every_other_statement_counts_without_supervision(used: AiUse) -> None:
    assert gate(replace(GOOD, ai_use=used)) == ()


def test_everything_that_is_missing_is_listed_at_once() -> None:
    empty = Case(
        State.DRAFT, "h", frozenset(), (), "r", CRITERIA, "", (), "", sampled=True,
        preview_confirmed=False,
    )  # fmt: skip
    assert codes(empty) == {
        "not_passed",
        "no_artifact",
        "no_assessment",
        "ai_use_missing",
        "does_not_cover_missing",
        "preview_not_confirmed",
    }


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.__name__)
def test_every_clause_can_close_the_gate(clause: Callable[[Case], object]) -> None:
    cases = [
        *(case for case, _ in BROKEN.values()),
        replace(GOOD, state=State.DRAFT),
        replace(GOOD, assessments=()),
        judged(("errors", "low", "seen"), ("tests", "high", "seen")),
    ]
    assert any(list(clause(case)) for case in cases)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("judgements", "reached"),
    [
        ((("errors", "mid", "r"), ("tests", "high", "r")), True),
        ((("errors", "low", "r"), ("tests", "high", "r")), False),
        ((("errors", "divine", "r"), ("tests", "high", "r")), False),
        ((("errors", "high", "r"),), False),
    ],
)
def test_an_assessment_passes_when_every_required_level_is_reached(
    judgements: tuple[tuple[str, str, str], ...], *, reached: bool
) -> None:
    assessed = replace(FIRST, judgements=tuple(Judgement(*each) for each in judgements))
    assert all_reached(CRITERIA, (assessed,)) is reached


def test_no_assessment_reaches_nothing() -> None:
    assert not all_reached(CRITERIA, ())
