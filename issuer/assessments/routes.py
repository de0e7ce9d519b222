"""Assessments: take a submission up, record levels with reasons, conclude."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import ConfigDict

from issuer.achievements.draft import Written
from issuer.assessments.actions import begin, conclude, record
from issuer.assessments.draft import AssessmentDraft
from issuer.assessments.tables import Assessment
from issuer.authorisation import MayAssess
from issuer.database import Write
from issuer.submissions.queries import locked_submission
from issuer.submissions.routes import SubmissionView, view
from service.moment import Now
from service.problems import responses

router = APIRouter(prefix="/submissions/{submission_id}", tags=["assessments"])


class AssessorNamed(Written):
    """Who takes the submission up; somebody else only with the scope `issuer:write`."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"assessorId": "0e6a7b8c9d5f0c1b5e8a0e4a7b9d3c2f"}]}
    )

    assessor_id: str


class AssessmentView(Written):
    """An assessment as it stands."""

    assessor_id: str
    place: int
    attempt: int
    method: str
    began_at: datetime
    recorded_at: datetime | None


@router.post("/assessments", status_code=201, responses=responses(401, 403, 404, 409, 422))
def take_up(
    submission_id: str, named: AssessorNamed, caller: MayAssess, session: Write, now: Now
) -> AssessmentView:
    """An assessor takes the submission up; it is frozen from here on."""
    caller.must_be(named.assessor_id)
    found = locked_submission(session, caller.organisation_id, submission_id)
    return _view(begin(session, found, named.assessor_id, now=now))


@router.put("/assessments/{assessor_id}", responses=responses(401, 403, 404, 409, 422))
def keep(
    submission_id: str,
    assessor_id: str,
    draft: AssessmentDraft,
    caller: MayAssess,
    session: Write,
    now: Now,
) -> AssessmentView:
    """Record levels and reasons; until the conclusion they may be corrected."""
    caller.must_be(assessor_id)
    found = locked_submission(session, caller.organisation_id, submission_id)
    return _view(record(session, found, assessor_id, draft, now=now))


@router.post("/conclusion", responses=responses(401, 403, 404, 409, 422))
def end(submission_id: str, caller: MayAssess, session: Write, now: Now) -> SubmissionView:
    """Conclude: passed, referred for one free retry, or not passed."""
    found = locked_submission(session, caller.organisation_id, submission_id)
    conclude(session, found, now=now)
    return view(found)


def _view(row: Assessment) -> AssessmentView:
    return AssessmentView(
        assessor_id=row.assessor_id,
        place=row.place,
        attempt=row.attempt,
        method=row.method,
        began_at=row.began_at,
        recorded_at=row.recorded_at,
    )
