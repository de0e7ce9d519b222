"""How is a credential withdrawn?

The state of the credential, the bit and the newly signed list change in one transaction, so that
the page and the list never disagree.
"""

from datetime import datetime

from sqlmodel import Session

from issuer.errors import MalformedSubmission
from issuer.issuance.queries import credential_row
from issuer.issuance.tables import Credential
from issuer.organisations.seal import Seal
from issuer.revocation.lists import is_due, sign_list
from issuer.revocation.queries import locked_list, status_list
from issuer.submissions.actions import enter
from issuer.submissions.queries import locked_submission
from issuer.submissions.rules import State
from proofs.status import Purpose, StatusList


def revoke(session: Session, seal: Seal, code: str, *, reason: str, now: datetime) -> None:
    """Withdraw a credential for good; the status list says so as soon as this is committed.

    Withdrawing it again changes nothing: the first reason and moment stay.

    Raises:
        NotFound: no credential with this code.
        MalformedSubmission: no reason.
        CannotMove: the lifecycle does not allow it.
    """
    _withdraw(session, seal, code, State.REVOKED, reason=reason, now=now)


def supersede(session: Session, seal: Seal, code: str, *, reason: str, now: datetime) -> None:
    """Withdraw a credential because a newer one replaces it.

    Raises:
        NotFound: no credential with this code.
        MalformedSubmission: no reason.
        CannotMove: the lifecycle does not allow it.
    """
    _withdraw(session, seal, code, State.SUPERSEDED, reason=reason, now=now)


def renewed(session: Session, seal: Seal, name: str, *, now: datetime) -> bytes | None:
    """The signed list of this name, signed anew if its validity is about to end.

    Needs a writing session; two readers who come at once sign it once.
    """
    row = status_list(session, seal.organisation_id, name, lock=True)
    if row is None:
        return None
    if is_due(row, now):
        sign_list(row, seal, now=now)
        session.add(row)
        session.flush()
    return row.raw


def _withdraw(  # noqa: PLR0913 - what, to what, why and when
    session: Session, seal: Seal, code: str, to: State, *, reason: str, now: datetime
) -> None:
    if not reason.strip():
        raise MalformedSubmission("/reason", "a sentence that says why")
    credential = credential_row(session, seal.organisation_id, code)
    submission = locked_submission(session, seal.organisation_id, credential.submission_id)
    if submission.state == to:
        return
    enter(session, submission, to, now=now, reason=reason.strip())
    _set_bit(session, seal, credential, now=now)


def _set_bit(session: Session, seal: Seal, credential: Credential, *, now: datetime) -> None:
    row = locked_list(session, credential.status_list_id)
    published = StatusList(Purpose.REVOCATION, row.bits)
    row.bits = published.with_bit(credential.status_index, value=True).bits
    sign_list(row, seal, now=now)
    session.add(row)
    session.flush()
