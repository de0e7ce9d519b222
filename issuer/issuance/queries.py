"""Which credential is meant, and how does it stand?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from issuer.achievements.tables import AchievementVersion
from issuer.errors import NotFound
from issuer.issuance.tables import Credential, IssueRequest
from issuer.submissions.rules import State
from issuer.submissions.tables import Submission

Standing = Literal["in_force", "suspended", "revoked", "superseded"]
STANDINGS: Final[Mapping[State, Standing]] = {
    State.ISSUED: "in_force",
    State.SUSPENDED: "suspended",
    State.REVOKED: "revoked",
    State.SUPERSEDED: "superseded",
    State.EXPIRED: "in_force",  # the document says itself when it ends
}

Joined = Select[Credential, Submission, AchievementVersion]


@dataclass(frozen=True, slots=True)
class StoredCredential:
    """The exact signed bytes, and what was recorded since."""

    code: str
    raw: bytes
    public: bool
    state: Standing
    issued_at: datetime
    changed_at: datetime | None
    reason: str
    achievement: str
    version: str
    submission_id: str


def credential_by_code(
    session: Session, organisation_id: str, code: str
) -> StoredCredential | None:
    """The credential with this canonical code, public or not."""
    row = session.exec(_joined(organisation_id).where(col(Credential.code) == code)).one_or_none()
    return None if row is None else _stored(*row)


def credentials(
    session: Session, organisation_id: str, *, most: int = 100, passed_over: int = 0
) -> list[StoredCredential]:
    """What was issued, newest first; the first `passed_over` are left out."""
    newest = _joined(organisation_id).order_by(
        col(Credential.issued_at).desc(), col(Credential.code).desc()
    )
    return [_stored(*row) for row in session.exec(newest.limit(most).offset(passed_over))]


def credential_row(session: Session, organisation_id: str, code: str) -> Credential:
    """The row itself.

    Raises:
        NotFound: none with this code in this organisation.
    """
    found = session.exec(
        select(Credential).where(
            col(Credential.code) == code, col(Credential.organisation_id) == organisation_id
        )
    ).one_or_none()
    if found is None:
        raise NotFound("credential", code)
    return found


def credential_by_id(session: Session, credential_id: str) -> Credential:
    """The row with this id, which another row names."""
    return session.get_one(Credential, credential_id)


def credential_of(session: Session, submission_id: str) -> Credential | None:
    """What a submission became."""
    return session.exec(
        select(Credential).where(col(Credential.submission_id) == submission_id)
    ).one_or_none()


def credentials_of(session: Session, submission_ids: Iterable[str]) -> dict[str, str]:
    """Which of these submissions became a credential: submission → code."""
    found = session.exec(
        select(Credential.submission_id, Credential.code).where(
            col(Credential.submission_id).in_(submission_ids)
        )
    )
    return dict(found.all())


def issue_request(session: Session, account_id: str, key: str) -> IssueRequest | None:
    """The request that was carried out under this Idempotency-Key."""
    return session.exec(
        select(IssueRequest).where(
            col(IssueRequest.account_id) == account_id, col(IssueRequest.idempotency_key) == key
        )
    ).one_or_none()


def _joined(organisation_id: str) -> Joined:
    return (
        select(Credential, Submission, AchievementVersion)
        .join(Submission, col(Submission.id) == col(Credential.submission_id))
        .join(
            AchievementVersion, col(AchievementVersion.id) == col(Submission.achievement_version_id)
        )
        .where(col(Credential.organisation_id) == organisation_id)
    )


def _stored(
    credential: Credential, submission: Submission, version: AchievementVersion
) -> StoredCredential:
    state = State(submission.state)
    changed = state is not State.ISSUED
    return StoredCredential(
        code=credential.code,
        raw=credential.raw,
        public=credential.public,
        state=STANDINGS[state],
        issued_at=credential.issued_at,
        changed_at=submission.changed_at if changed else None,
        reason=submission.state_reason if changed else "",
        achievement=version.slug,
        version=version.version,
        submission_id=submission.id,
    )
