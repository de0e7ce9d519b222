"""Submissions: begin one, say how AI was used, hand it in, agree to the preview."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter

from issuer.achievements.draft import Written
from issuer.authorisation import MayRead, MayWrite, OurDesk
from issuer.database import Read, Write
from issuer.issuance.case import case_of
from issuer.issuance.gate_view import GateView, missing_views
from issuer.issuance.preview import preview
from issuer.issuance.rules import gate
from issuer.issuance.work import work_of
from issuer.listing import Limit, Offset, Page, next_offset
from issuer.submissions.actions import confirm_preview, open_submission, state_ai_use, submit
from issuer.submissions.draft import AiUseDraft, SubmissionDraft
from issuer.submissions.queries import locked_submission, submission, submissions
from issuer.submissions.rules import State
from issuer.submissions.tables import Submission
from service.moment import Now
from service.problems import responses

router = APIRouter(prefix="/submissions", tags=["submissions"])


class SubmissionView(Written):
    """A submission as it stands."""

    id: str
    state: State
    attempt: int
    sampled: bool
    holder_id: str
    ai_use: str | None
    preview_confirmed_at: datetime | None
    created_at: datetime
    changed_at: datetime


@router.post("", status_code=201, responses=responses(401, 403, 404, 422))
def create(draft: SubmissionDraft, caller: MayWrite, session: Write, now: Now) -> SubmissionView:
    """Begin a submission for one version of an achievement."""
    return view(open_submission(session, caller.organisation_id, draft, now=now))


@router.get("", responses=responses(401, 403, 422))
def list_submissions(
    caller: MayRead,
    session: Read,
    state: State | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[SubmissionView]:
    """Submissions, newest first."""
    found = submissions(
        session, caller.organisation_id, state=state, most=limit + 1, passed_over=offset
    )
    return Page[SubmissionView](
        items=tuple(map(view, found[:limit])), next_offset=next_offset(found, limit, offset)
    )


@router.get("/{submission_id}", responses=responses(401, 403, 404))
def show(submission_id: str, caller: MayRead, session: Read) -> SubmissionView:
    """One submission."""
    return view(submission(session, caller.organisation_id, submission_id))


@router.put("/{submission_id}/ai-use", responses=responses(401, 403, 404, 409, 422))
def say_ai_use(
    submission_id: str, statement: AiUseDraft, caller: MayWrite, session: Write, now: Now
) -> SubmissionView:
    """State how AI was used; neutral, and needed for every credential."""
    found = locked_submission(session, caller.organisation_id, submission_id)
    state_ai_use(session, found, statement, now=now)
    return view(found)


@router.post("/{submission_id}/submission", responses=responses(401, 403, 404, 409, 422))
def hand_in(submission_id: str, caller: MayWrite, session: Write, now: Now) -> SubmissionView:
    """Hand it in: from here on the artifacts stay as they are."""
    found = locked_submission(session, caller.organisation_id, submission_id)
    submit(session, found, now=now)
    return view(found)


@router.get("/{submission_id}/gate", responses=responses(401, 403, 404))
def ask_gate(submission_id: str, caller: MayRead, session: Read) -> GateView:
    """What is still missing before a credential may be issued."""
    found = submission(session, caller.organisation_id, submission_id)
    missing = gate(case_of(work_of(session, found)))
    return GateView(open=not missing, missing=missing_views(missing))


@router.get("/{submission_id}/preview", responses=responses(401, 403, 404, 409))
def show_preview(
    submission_id: str, caller: MayRead, desk: OurDesk, session: Read, now: Now
) -> dict[str, Any]:
    """What the credential will say; its code and its place in the status list are not yet real."""
    found = submission(session, caller.organisation_id, submission_id)
    return preview(session, desk.seal, found, now=now)


@router.post("/{submission_id}/confirmation", responses=responses(401, 403, 404, 409))
def confirm(submission_id: str, caller: MayWrite, session: Write, now: Now) -> SubmissionView:
    """Record that the holder saw the preview and agrees."""
    found = locked_submission(session, caller.organisation_id, submission_id)
    confirm_preview(session, found, now=now)
    return view(found)


def view(row: Submission) -> SubmissionView:
    """A row as callers see it."""
    return SubmissionView(
        id=row.id,
        state=State(row.state),
        attempt=row.attempt,
        sampled=row.sampled,
        holder_id=row.holder_id,
        ai_use=row.ai_use.get("aiUse"),
        preview_confirmed_at=row.preview_confirmed_at,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
