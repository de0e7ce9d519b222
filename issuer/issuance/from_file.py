"""How does one file become a credential?

The same actions as through the API, in one transaction: capture, submission, assessment, gate,
signature.  The same file for the same artifact finds the credential that was issued before.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from issuer.accounts.actions import OPERATOR, normalised, open_account
from issuer.accounts.queries import account_named
from issuer.accounts.tables import Account
from issuer.achievements.actions import publish
from issuer.artifacts.actions import Handed, attach_commit
from issuer.artifacts.capture import Captured, capture_folder, capture_https
from issuer.artifacts.store import EvidenceStore
from issuer.assessments.actions import begin, conclude, record
from issuer.desk import Desk, open_desk
from issuer.issuance.actions import Wish, issue
from issuer.issuance.queries import credential_by_id, issue_request
from issuer.issuance.submission_file import PersonEntry, SubmissionFile, load
from issuer.settings import IssuerSettings
from issuer.submissions.actions import open_submission, submit
from issuer.submissions.draft import SubmissionDraft
from issuer.submissions.tables import Submission
from schemas.document import Document
from service.reachability import check_url


@dataclass(frozen=True, slots=True)
class Issued:
    """The credential: its code, its address and `id`, and whether it was there before."""

    code: str
    url: str
    credential_id: str
    reused: bool


def issue_from_file(
    settings: IssuerSettings,
    path: Path,
    *,
    artifact: str,
    now: datetime,
    commit: str | None = None,
) -> Issued:
    """Issue the credential that a file describes, for a git repository at a commit.

    Args:
        settings: the issuer's.
        path: the file.
        artifact: a folder of this machine, or an https address.
        now: the moment.
        commit: a revision; `HEAD` when not given.

    Raises:
        MalformedSubmissionFile: the file must be corrected.
        CaptureFailed: the artifact cannot be taken in.
        GateClosed: something is missing; the error carries the complete list.
        NotAllowed: we do not go to the artifact's address.
    """
    raw, file = load(path)
    desk = open_desk(settings, now=now)
    try:
        captured = capture(artifact, commit or "HEAD", desk.store)
        key = hashlib.sha256(raw + captured.facts.digest.value).hexdigest()
        with desk.database.write() as session:
            return _issue_once(session, desk, file, captured, key, now=now)
    finally:
        desk.database.close()


def capture(artifact: str, revision: str, store: EvidenceStore) -> Captured:
    """Freeze an artifact, wherever it is.

    Raises:
        CaptureFailed: it cannot be taken in.
        NotAllowed: we do not go to its address.
    """
    if "://" in artifact:
        return capture_https(check_url(artifact), revision, store)
    return capture_folder(Path(artifact), revision, store)


def _issue_once(  # noqa: PLR0913 - one step, one caller
    session: Session,
    desk: Desk,
    file: SubmissionFile,
    captured: Captured,
    key: str,
    *,
    now: datetime,
) -> Issued:
    organisation_id = desk.seal.organisation_id
    operator = _person(session, organisation_id, PersonEntry(name=OPERATOR), now=now)
    before = issue_request(session, operator.id, key)
    if before is not None:
        known = credential_by_id(session, before.credential_id)
        address = str(Document.read(known.raw).view["id"])
        return Issued(known.code, address, address, reused=True)
    submission = _assessed_submission(session, desk, file, captured, now=now)
    wish = Wish(operator.id, submission.id, key)
    issued = issue(session, desk.workshop, wish, now=now)
    return Issued(issued.code, issued.url, issued.url, reused=False)


def _assessed_submission(
    session: Session, desk: Desk, file: SubmissionFile, captured: Captured, *, now: datetime
) -> Submission:
    organisation_id = desk.seal.organisation_id
    publish(session, organisation_id, file.achievement, issuer_url=desk.seal.url, now=now)
    holder = _person(session, organisation_id, file.holder, now=now)
    draft = SubmissionDraft(
        holder_id=holder.id,
        achievement=file.achievement.slug,
        version=file.achievement.version,
        identities=file.holder.shown,
        ai_use=file.ai_use,
        activity_began=file.activity.began if file.activity else None,
        activity_ended=file.activity.ended if file.activity else None,
    )
    submission = open_submission(session, organisation_id, draft, now=now, sampled=file.sampled)
    handed = Handed(file.artifact.name, file.artifact.narrative, file.artifact.public)
    attach_commit(session, submission, captured, handed, now=now)
    submit(session, submission, now=now)
    for entry in file.assessments:
        assessor = _person(session, organisation_id, entry.assessor, now=now)
        begin(session, submission, assessor.id, now=now)
        record(session, submission, assessor.id, entry, now=now)
    if file.assessments:
        conclude(session, submission, now=now)
    if file.preview_confirmed:
        # Also when it was not passed: the gate then names only what is wrong, and all is undone.
        submission.preview_confirmed_at = now
        session.add(submission)
    session.flush()
    return submission


def _person(
    session: Session, organisation_id: str, entry: PersonEntry, *, now: datetime
) -> Account:
    """The account of this name; identities that the file adds are added."""
    known = account_named(session, organisation_id, entry.name)
    if known is None:
        return open_account(
            session, organisation_id, name=entry.name, identities=entry.identities, now=now
        )
    known.identities = sorted({*known.identities, *map(normalised, entry.identities)})
    session.add(known)
    session.flush()
    return known
