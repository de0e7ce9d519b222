"""May this credential be issued?

The gate: every condition of it is one function, and the answer is the complete list of what is
missing, so that nobody has to come back five times.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from issuer.submissions.rules import State


class Method(StrEnum):
    """How it was assessed, as clients are told."""

    WORK_REVIEWED = "work-reviewed"
    QUESTIONED_LIVE = "work-reviewed-and-questioned-live"
    SECOND_ASSESSOR = "reviewed-questioned-live-second-assessor"


class AiUse(StrEnum):
    """How AI was used, as clients are told."""

    NONE = "none"
    IDEAS = "ideas"
    ASSISTED = "assisted"
    AI_LED = "ai-led"
    AI_IS_THE_SKILL = "ai-is-the-skill"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the rubric: its levels from lowest to highest, and the required one."""

    key: str
    levels: tuple[str, ...]
    required: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The level that an assessor gave for one criterion, and why."""

    criterion: str
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessor's recorded assessment."""

    assessor: str
    identities: frozenset[str]
    declared_no_conflict: bool
    rubric: str
    method: str
    supervised: bool
    began_at: datetime
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """All that the gate looks at."""

    state: State
    holder: str
    holder_identities: frozenset[str]
    frozen: tuple[datetime | None, ...]
    rubric: str
    criteria: tuple[Criterion, ...]
    does_not_cover: str
    assessments: tuple[Assessed, ...]
    ai_use: str
    sampled: bool
    preview_confirmed: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: a name for programs, a place, a sentence for people."""

    code: str
    pointer: str
    sentence: str


Clause = Callable[[Case], Iterator[Missing]]


def passed(case: Case) -> Iterator[Missing]:
    """The assessment was concluded, and passed."""
    if case.state is not State.PASSED:
        yield Missing("not_passed", "/state", f"The submission is {case.state}, not passed.")


def every_artifact_frozen(case: Case) -> Iterator[Missing]:
    """There is an artifact, and each was fixed by digest before anybody looked at it."""
    if not case.frozen:
        yield Missing("no_artifact", "/artifacts", "No artifact was handed in.")
    began = min((each.began_at for each in case.assessments), default=None)
    for place, moment in enumerate(case.frozen):
        if moment is None or (began is not None and moment > began):
            yield Missing(
                "artifact_not_frozen",
                f"/artifacts/{place}",
                "The artifact's digest was not stored before the assessment began.",
            )


def assessed_at_all(case: Case) -> Iterator[Missing]:
    """Nothing is issued without a recorded assessment."""
    if not case.assessments:
        yield Missing("no_assessment", "/assessments", "No assessment is recorded.")


def rubric_in_force(case: Case) -> Iterator[Missing]:
    """Everybody assessed by the rubric that the credential will name."""
    for place, each in enumerate(case.assessments):
        if each.rubric != case.rubric:
            yield Missing(
                "another_rubric",
                f"/assessments/{place}/rubric",
                "The assessment was made with another version of the rubric.",
            )


def level_with_reason_for_every_criterion(case: Case) -> Iterator[Missing]:
    """A level with a reason for every criterion, from every assessor."""
    for place, each in enumerate(case.assessments):
        for criterion in case.criteria:
            where = f"/assessments/{place}/levels/{criterion.key}"
            found = [j for j in each.judgements if j.criterion == criterion.key]
            if len(found) != 1 or found[0].level not in criterion.levels:
                yield Missing(
                    "level_missing", where, f"One level of the rubric for {criterion.key!r}."
                )
            elif not found[0].reason.strip():
                yield Missing("reason_missing", where, f"A reason for {criterion.key!r}.")


def every_required_level_reached(case: Case) -> Iterator[Missing]:
    """Every required level was reached, in every assessor's judgement."""
    for place, criterion, gap in _gaps(case):
        if gap < 0:
            yield Missing(
                "level_not_reached",
                f"/assessments/{place}/levels/{criterion.key}",
                f"{criterion.key!r} is below its required level, {criterion.required!r}.",
            )


def method_recorded(case: Case) -> Iterator[Missing]:
    """How it was assessed is one of the methods that clients have words for."""
    for place, each in enumerate(case.assessments):
        if each.method not in set(Method):
            yield Missing(
                "method_missing",
                f"/assessments/{place}/method",
                f"The method: one of {', '.join(Method)}.",
            )


def ai_use_stated(case: Case) -> Iterator[Missing]:
    """The statement is there; `none` counts only under supervision."""
    if case.ai_use not in set(AiUse):
        yield Missing(
            "ai_use_missing", "/aiUse", f"The AI-use statement: one of {', '.join(AiUse)}."
        )
    elif case.ai_use == AiUse.NONE and not any(each.supervised for each in case.assessments):
        yield Missing(
            "none_unsupervised",
            "/aiUse",
            "`none` can be stated only for work that was made under supervision.",
        )


def says_what_it_does_not_cover(case: Case) -> Iterator[Missing]:
    """The achievement says where it ends."""
    if not case.does_not_cover.strip():
        yield Missing(
            "does_not_cover_missing", "/achievement/doesNotCover", "What it does not cover."
        )


def assessor_is_not_the_holder(case: Case) -> Iterator[Missing]:
    """Not by account, e-mail, key or any other declared identity."""
    for place, each in enumerate(case.assessments):
        if each.assessor == case.holder or each.identities & case.holder_identities:
            yield Missing(
                "assessor_is_holder",
                f"/assessments/{place}/assessor",
                "An assessor who is not the holder.",
            )


def no_conflict(case: Case) -> Iterator[Missing]:
    """Every assessor declared that there is no conflict of interest."""
    for place, each in enumerate(case.assessments):
        if not each.declared_no_conflict:
            yield Missing(
                "conflict_not_excluded",
                f"/assessments/{place}/noConflict",
                "The assessor's declaration that there is no conflict of interest.",
            )


def second_assessor_where_needed(case: Case) -> Iterator[Missing]:
    """A second person looked at what is borderline, sampled, or promised to clients."""
    if not case.assessments or _second(case.assessments):
        return
    if any(gap == 0 for _, _, gap in _gaps(case)):
        yield Missing(
            "second_assessor_missing",
            "/assessments",
            "A second assessor: a criterion sits exactly at its required level.",
        )
    if case.sampled:
        yield Missing(
            "second_assessor_missing",
            "/assessments",
            "A second assessor: this submission was drawn for a second look.",
        )
    if any(each.method == Method.SECOND_ASSESSOR for each in case.assessments):
        yield Missing(
            "second_assessor_missing", "/assessments", "The second assessor whom the method names."
        )


def preview_confirmed(case: Case) -> Iterator[Missing]:
    """The holder saw what will be said, and agreed."""
    if not case.preview_confirmed:
        yield Missing("preview_not_confirmed", "/previewConfirmed", "The holder's confirmation.")


CLAUSES: Final[tuple[Clause, ...]] = (
    passed,
    every_artifact_frozen,
    assessed_at_all,
    rubric_in_force,
    level_with_reason_for_every_criterion,
    every_required_level_reached,
    method_recorded,
    ai_use_stated,
    says_what_it_does_not_cover,
    assessor_is_not_the_holder,
    no_conflict,
    second_assessor_where_needed,
    preview_confirmed,
)


def gate(case: Case) -> tuple[Missing, ...]:
    """Everything that is missing; the credential may be issued when that is nothing."""
    return tuple(missing for clause in CLAUSES for missing in clause(case))


def all_reached(criteria: tuple[Criterion, ...], assessments: tuple[Assessed, ...]) -> bool:
    """Whether every assessor found every criterion at its required level or above."""
    judged = {(place, j.criterion): j for place, a in enumerate(assessments) for j in a.judgements}
    return bool(assessments) and all(
        (place, c.key) in judged and _gap(c, judged[place, c.key].level) >= 0
        for place in range(len(assessments))
        for c in criteria
    )


def _gaps(case: Case) -> Iterator[tuple[int, Criterion, int]]:
    """How far each judged level is above its required one."""
    criteria = {criterion.key: criterion for criterion in case.criteria}
    for place, each in enumerate(case.assessments):
        for judgement in each.judgements:
            criterion = criteria.get(judgement.criterion)
            if criterion is not None and judgement.level in criterion.levels:
                yield place, criterion, _gap(criterion, judgement.level)


def _gap(criterion: Criterion, level: str) -> int:
    if level not in criterion.levels:
        return -1
    return criterion.levels.index(level) - criterion.levels.index(criterion.required)


def _second(assessments: tuple[Assessed, ...]) -> bool:
    """Two different people, not one with two accounts."""
    first, *others = assessments
    return any(
        other.assessor != first.assessor and not other.identities & first.identities
        for other in others
    )
