"""How is a submission assessed?"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from issuer.accounts.queries import account
from issuer.accounts.tables import Account
from issuer.achievements.queries import rubric_of, version_by_id
from issuer.assessments.draft import AssessmentDraft
from issuer.assessments.queries import assessments_of
from issuer.assessments.tables import Assessment
from issuer.errors import CannotMove, MalformedSubmission, NotFound
from issuer.issuance.case import assessed
from issuer.issuance.rules import all_reached
from issuer.submissions.actions import enter
from issuer.submissions.rules import State, outcome
from issuer.submissions.tables import Submission


def begin(
    session: Session, submission: Submission, assessor_id: str, *, now: datetime
) -> Assessment:
    """An assessor takes the submission up; the first one freezes it, a second one may join.

    Raises:
        NotFound: no such account.
        CannotMove: it is not there to be assessed.
        MalformedSubmission: the assessor is the holder, or has begun already.
    """
    assessor = account(session, submission.organisation_id, assessor_id)
    holder = account(session, submission.organisation_id, submission.holder_id)
    if assessor.id == holder.id or set(assessor.identities) & set(holder.identities):
        raise MalformedSubmission("/assessor", "somebody other than the holder")
    if submission.state == State.SUBMITTED:
        enter(session, submission, State.IN_ASSESSMENT, now=now)
    elif submission.state != State.IN_ASSESSMENT:
        raise CannotMove(submission.state, "taken up by an assessor", ())
    others = assessments_of(session, submission.id, submission.attempt)
    if any(other.assessor_id == assessor_id for other in others):
        raise MalformedSubmission("/assessor", "somebody who has not begun already")
    version = version_by_id(session, submission.organisation_id, submission.achievement_version_id)
    assessment = Assessment(
        submission_id=submission.id,
        attempt=submission.attempt,
        place=len(others) + 1,
        assessor_id=assessor_id,
        rubric_digest=version.rubric_digest,
        began_at=now,
    )
    session.add(assessment)
    session.flush()
    return assessment


def record(
    session: Session,
    submission: Submission,
    assessor_id: str,
    draft: AssessmentDraft,
    *,
    now: datetime,
) -> Assessment:
    """Keep what an assessor found; until the assessment is concluded it may be corrected.

    Raises:
        CannotMove: the assessment was concluded.
        NotFound: this assessor has not begun.
        MalformedSubmission: a criterion or level that the rubric does not have.
    """
    if submission.state != State.IN_ASSESSMENT:
        raise CannotMove(submission.state, "given levels", ())
    _check(session, submission, draft)
    for assessment in assessments_of(session, submission.id, submission.attempt):
        if assessment.assessor_id == assessor_id:
            assessment.method = draft.method.value
            assessment.supervised = draft.supervised
            assessment.method_notes = draft.method_notes
            assessment.declared_no_conflict = draft.declared_no_conflict
            assessment.ai_confirmed = draft.ai_confirmed
            assessment.levels = [level.model_dump() for level in draft.levels]
            assessment.recorded_at = now
            session.add(assessment)
            session.flush()
            return assessment
    raise NotFound("assessment by", assessor_id)


def conclude(session: Session, submission: Submission, *, now: datetime) -> State:
    """End the assessment: passed, referred for one free retry, or not passed.

    Raises:
        CannotMove: it is not being assessed.
        MalformedSubmission: an assessor has begun and not recorded anything.
    """
    found = assessments_of(session, submission.id, submission.attempt)
    if any(assessment.recorded_at is None for assessment in found):
        raise MalformedSubmission("/assessments", "recorded by everybody who has begun")
    version = version_by_id(session, submission.organisation_id, submission.achievement_version_id)
    reached = all_reached(rubric_of(version).criteria, assessed(found, _people(session, found)))
    to = outcome(reached=reached, attempt=submission.attempt)
    enter(session, submission, to, now=now)
    return to


def _people(session: Session, assessments: Sequence[Assessment]) -> dict[str, Account]:
    """The assessors, by their ids."""
    return {each.assessor_id: session.get_one(Account, each.assessor_id) for each in assessments}


def _check(session: Session, submission: Submission, draft: AssessmentDraft) -> None:
    version = version_by_id(session, submission.organisation_id, submission.achievement_version_id)
    criteria = {criterion.key: criterion for criterion in rubric_of(version).criteria}
    given = [level.criterion for level in draft.levels]
    for place, level in enumerate(draft.levels):
        where = f"/levels/{place}"
        if level.criterion not in criteria or given.count(level.criterion) > 1:
            expected = f"one for each of: {', '.join(criteria)}"
            raise MalformedSubmission(f"{where}/criterion", expected)
        known = criteria[level.criterion].levels
        if level.level not in known:
            raise MalformedSubmission(f"{where}/level", f"one of: {', '.join(known)}")
