"""Which submission is meant?"""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from issuer.errors import NotFound
from issuer.submissions.tables import Submission


def submission(session: Session, organisation_id: str, submission_id: str) -> Submission:
    """One submission.

    Raises:
        NotFound: none of that id in this organisation.
    """
    return _one(session, organisation_id, submission_id, lock=False)


def locked_submission(session: Session, organisation_id: str, submission_id: str) -> Submission:
    """The same, held until the transaction ends, so that two requests go one after the other.

    Raises:
        NotFound: none of that id in this organisation.
    """
    return _one(session, organisation_id, submission_id, lock=True)


def locked_submissions(
    session: Session, organisation_id: str, submission_ids: Iterable[str]
) -> list[Submission]:
    """Those of these that there are, held until the transaction ends.

    Taken in one order, so that two requests for some of the same wait and do not block each other.
    """
    statement = (
        select(Submission)
        .where(
            col(Submission.id).in_(submission_ids),
            col(Submission.organisation_id) == organisation_id,
        )
        .order_by(col(Submission.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.exec(statement))


def submissions(
    session: Session,
    organisation_id: str,
    *,
    state: str | None = None,
    most: int = 100,
    passed_over: int = 0,
) -> list[Submission]:
    """Submissions, newest first; the first `passed_over` are left out."""
    statement = (
        select(Submission)
        .where(col(Submission.organisation_id) == organisation_id)
        .order_by(col(Submission.created_at).desc(), col(Submission.id).desc())
        .limit(most)
        .offset(passed_over)
    )
    if state is not None:
        statement = statement.where(col(Submission.state) == state)
    return list(session.exec(statement))


def _one(session: Session, organisation_id: str, submission_id: str, *, lock: bool) -> Submission:
    statement = select(Submission).where(
        col(Submission.id) == submission_id, col(Submission.organisation_id) == organisation_id
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound("submission", submission_id)
    return found
