"""What did assessors find?"""

from sqlmodel import Session, col, select

from issuer.assessments.tables import Assessment


def assessments_of(session: Session, submission_id: str, attempt: int) -> list[Assessment]:
    """The assessments of one attempt, the first assessor's first."""
    return list(
        session.exec(
            select(Assessment)
            .where(
                col(Assessment.submission_id) == submission_id,
                col(Assessment.attempt) == attempt,
            )
            .order_by(col(Assessment.place))
        )
    )
