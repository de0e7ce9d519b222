"""What was handed in?"""

from sqlmodel import Session, col, select

from issuer.artifacts.tables import Artifact, StoredFile


def artifacts_of(session: Session, submission_id: str) -> list[Artifact]:
    """The artifacts of a submission, oldest first."""
    return list(
        session.exec(
            select(Artifact)
            .where(col(Artifact.submission_id) == submission_id)
            .order_by(col(Artifact.frozen_at), col(Artifact.id))
        )
    )


def stored_file(session: Session, digest: str) -> StoredFile | None:
    """What is known of a kept file."""
    return session.get(StoredFile, digest)


def public_file(session: Session, digest: str) -> StoredFile | None:
    """The same, if anybody may have it."""
    found = stored_file(session, digest)
    return found if found is not None and found.public else None
