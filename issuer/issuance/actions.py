"""How is a credential issued, exactly once?

The submission is held while the gate decides; code, status index, signed bytes, state and the
record of the request are written in one transaction.  A crash before its commit leaves nothing,
and a retry after it finds what was issued.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from issuer.errors import CannotMove, GateClosed, IdempotencyKeyReused
from issuer.issuance.case import case_of
from issuer.issuance.making import Workshop, make
from issuer.issuance.queries import credential_by_id, credential_of, issue_request
from issuer.issuance.rules import gate
from issuer.issuance.tables import Credential, IssueRequest
from issuer.issuance.work import work_of
from issuer.organisations.seal import Seal
from issuer.submissions.queries import locked_submission
from issuer.submissions.rules import State


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asks for which credential; the key makes a retry harmless."""

    account_id: str
    submission_id: str
    idempotency_key: str | None = None

    @property
    def digest(self) -> str:
        """What tells two requests under one key apart."""
        return hashlib.sha256(self.submission_id.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of it; `reused` when it had been issued before."""

    code: str
    url: str
    raw: bytes
    reused: bool


def issue(session: Session, workshop: Workshop, wish: Wish, *, now: datetime) -> Issued:
    """Issue the credential of a submission, or find the one that was issued.

    Raises:
        NotFound: no such submission in this organisation.
        GateClosed: something is missing; the error carries the complete list.
        IdempotencyKeyReused: the key belongs to another request.
        CannotMove: what was issued has been withdrawn since.
    """
    seal = workshop.seal
    submission = locked_submission(session, seal.organisation_id, wish.submission_id)
    before = _known(session, wish)
    if before is not None:
        return _issued(seal, before, reused=True)
    existing = credential_of(session, submission.id)
    if existing is not None:
        if submission.state != State.ISSUED:
            raise CannotMove(submission.state, State.ISSUED, ())
        _remember(session, wish, existing, now=now)
        return _issued(seal, existing, reused=True)
    work = work_of(session, submission)
    missing = gate(case_of(work))
    if missing:
        raise GateClosed(missing)
    (credential,) = make(session, workshop, [work], now=now)
    _remember(session, wish, credential, now=now)
    return _issued(seal, credential, reused=False)


def _issued(seal: Seal, credential: Credential, *, reused: bool) -> Issued:
    url = f"{seal.url}/c/{credential.code}"
    return Issued(credential.code, url, credential.raw, reused)


def _known(session: Session, wish: Wish) -> Credential | None:
    """What this key was used for before."""
    if wish.idempotency_key is None:
        return None
    before = issue_request(session, wish.account_id, wish.idempotency_key)
    if before is None:
        return None
    if before.request_digest != wish.digest:
        raise IdempotencyKeyReused
    return credential_by_id(session, before.credential_id)


def _remember(session: Session, wish: Wish, credential: Credential, *, now: datetime) -> None:
    key = wish.idempotency_key
    if key is None:
        return
    session.add(
        IssueRequest(
            account_id=wish.account_id,
            idempotency_key=key,
            request_digest=wish.digest,
            credential_id=credential.id,
            created_at=now,
        )
    )
    try:
        session.flush()
    except IntegrityError as error:
        raise IdempotencyKeyReused from error
