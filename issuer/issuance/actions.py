"""How is a credential issued, exactly once?

The submission is held while the gate decides; code, status index, signed bytes, state and the
record of the request are written in one transaction.  A crash before its commit leaves nothing,
and a retry after it finds what was issued.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from evidence.file import FileFacts
from issuer.achievements.queries import version_by_id
from issuer.achievements.tables import AchievementVersion
from issuer.artifacts.actions import register
from issuer.artifacts.store import EvidenceStore
from issuer.artifacts.tables import Artifact, StoredFile
from issuer.columns import SYSTEM_CHANCE, Chance
from issuer.errors import CannotMove, GateClosed, IdempotencyKeyReused, SealBroken
from issuer.issuance.bound_documents import Dossier, ai_use_document, assessment_document, dossier
from issuer.issuance.case import gather
from issuer.issuance.document import (
    Bound,
    BoundFile,
    ListPlace,
    Place,
    credential_document,
)
from issuer.issuance.queries import credential_by_id, credential_of, issue_request
from issuer.issuance.rules import gate
from issuer.issuance.securing import Asked, secured
from issuer.issuance.tables import Credential, IssueRequest
from issuer.organisations.seal import Seal
from issuer.revocation.lists import free_place, list_url, open_list
from issuer.revocation.tables import SuspensionPlace
from issuer.submissions.actions import enter
from issuer.submissions.queries import locked_submission
from issuer.submissions.rules import State
from issuer.submissions.tables import Submission
from proofs.status import Purpose
from schemas.codes import new_code
from schemas.document import write


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


@dataclass(frozen=True, slots=True)
class Workshop:
    """What issuing needs beside the database."""

    seal: Seal
    store: EvidenceStore
    chance: Chance = SYSTEM_CHANCE


@dataclass(frozen=True, slots=True)
class _FreePlace:
    """A place that nobody has yet, as we store it and as it is published."""

    list_id: str
    published: ListPlace


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
    version = version_by_id(session, seal.organisation_id, submission.achievement_version_id)
    missing = gate(gather(session, submission, version))
    if missing:
        raise GateClosed(missing)
    credential = _make(session, workshop, submission, version, now=now)
    enter(session, submission, State.ISSUED, now=now)
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


def _make(
    session: Session,
    workshop: Workshop,
    submission: Submission,
    version: AchievementVersion,
    *,
    now: datetime,
) -> Credential:
    seal = workshop.seal
    about = dossier(session, seal, submission, version)
    withdrawal = _new_place(session, workshop, Purpose.REVOCATION, now=now)
    hold = _new_place(session, workshop, Purpose.SUSPENSION, now=now) if seal.holds else None
    code = _free_code(session, workshop.chance)
    place = Place(code, withdrawal.published, hold.published if hold else None)
    bound = _bind(session, workshop.store, about, now=now)
    raw = sign(credential_document(about, bound, seal, place, now=now), seal, now=now)
    credential = Credential(
        organisation_id=seal.organisation_id,
        submission_id=submission.id,
        code=place.code,
        raw=raw,
        status_list_id=withdrawal.list_id,
        status_index=withdrawal.published.index,
        issued_at=now,
    )
    session.add(credential)
    session.flush()
    if hold is not None:
        session.add(
            SuspensionPlace(
                credential_id=credential.id,
                status_list_id=hold.list_id,
                status_index=hold.published.index,
            )
        )
        session.flush()
    return credential


def _new_place(
    session: Session, workshop: Workshop, purpose: Purpose, *, now: datetime
) -> _FreePlace:
    row = open_list(session, workshop.seal, now=now, purpose=purpose)
    index = free_place(session, row, workshop.chance)
    return _FreePlace(row.id, ListPlace(list_url(workshop.seal, row.name), index))


def sign(document: dict[str, object], seal: Seal, *, now: datetime) -> bytes:
    """The secured document, after a look at our own signature with a reader's eyes.

    Raises:
        SealBroken: it does not verify.
    """
    made = secured(document, [seal.signer], Asked(), now=now)
    if isinstance(made, str):  # a token, which was not asked for
        raise SealBroken
    return write(made)


def _bind(session: Session, store: EvidenceStore, about: Dossier, *, now: datetime) -> Bound:
    """Keep the documents that are made for the credential; the files come before the rows."""

    def kept(data: bytes) -> FileFacts:
        facts = store.put([data])
        register(session, facts, public=True, now=now)
        return facts

    return Bound(
        artifacts=tuple(_published(session, each) for each in about.artifacts),
        assessments=tuple(
            kept(assessment_document(about, place)).digest
            for place in range(len(about.assessments))
        ),
        ai_use=kept(ai_use_document(about)).digest,
    )


def _published(session: Session, artifact: Artifact) -> BoundFile:
    """An artifact's file; from now on anybody may read it, if its holder agreed."""
    file = session.get_one(StoredFile, artifact.digest)
    file.public = file.public or artifact.public
    session.add(file)
    return BoundFile(file.digest, file.media_type)


def _free_code(session: Session, chance: Chance) -> str:
    while True:
        code = new_code(chance.below)
        taken = select(Credential.id).where(col(Credential.code) == code)
        if session.exec(taken).first() is None:
            return code
