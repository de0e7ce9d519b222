"""How is a credential withdrawn, put on hold, and taken off hold?

The state of the credential, the bit and the newly signed list change in one transaction, so that
the page and the list never disagree.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from issuer.errors import CannotBeSuspended, MalformedSubmission
from issuer.issuance.queries import credential_row
from issuer.issuance.tables import Credential
from issuer.organisations.seal import Seal
from issuer.revocation.lists import is_due, sign_list
from issuer.revocation.queries import locked_list, status_list, suspension_place
from issuer.submissions.actions import enter
from issuer.submissions.queries import locked_submission
from issuer.submissions.rules import State
from proofs.status import StatusList


@dataclass(frozen=True, slots=True)
class Bit:
    """One bit of a stored list."""

    list_id: str
    index: int


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


def suspend(session: Session, seal: Seal, code: str, *, reason: str, now: datetime) -> None:
    """Put a credential on hold; the status list says so as soon as this is committed.

    Putting it on hold again changes nothing: the first reason and moment stay.

    Raises:
        NotFound: no credential with this code.
        MalformedSubmission: no reason.
        CannotBeSuspended: it was signed without a place where that is published.
        CannotMove: it was withdrawn.
    """
    said = _reason(reason)
    credential = credential_row(session, seal.organisation_id, code)
    if _enter(session, credential, State.SUSPENDED, reason=said, now=now):
        _set_bit(session, seal, _hold(session, credential), value=True, now=now)


def reinstate(session: Session, seal: Seal, code: str, *, now: datetime) -> None:
    """Take a credential off hold; what was never on hold stays as it is.

    Raises:
        NotFound: no credential with this code.
        CannotMove: it was withdrawn, and that is for good.
    """
    credential = credential_row(session, seal.organisation_id, code)
    if _enter(session, credential, State.ISSUED, reason="", now=now):
        _set_bit(session, seal, _hold(session, credential), value=False, now=now)


def renewed(session: Session, seal: Seal, name: str, *, now: datetime) -> bytes | None:
    """The signed list of this name, signed anew if its validity is about to end.

    Needs a writing session; two readers who come at once sign it once.
    """
    row = status_list(session, seal.organisation_id, name, lock=True)
    if row is None:
        return None
    if is_due(row.valid_until, now):
        sign_list(row, seal, now=now)
        session.add(row)
        session.flush()
    return row.raw


def _withdraw(  # noqa: PLR0913 - what, to what, why and when
    session: Session, seal: Seal, code: str, to: State, *, reason: str, now: datetime
) -> None:
    said = _reason(reason)
    credential = credential_row(session, seal.organisation_id, code)
    if _enter(session, credential, to, reason=said, now=now):
        bit = Bit(credential.status_list_id, credential.status_index)
        _set_bit(session, seal, bit, value=True, now=now)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise MalformedSubmission("/reason", "a sentence that says why")
    return reason.strip()


def _enter(
    session: Session, credential: Credential, to: State, *, reason: str, now: datetime
) -> bool:
    """Whether the state changed; False where it was that already."""
    submission = locked_submission(session, credential.organisation_id, credential.submission_id)
    if submission.state == to:
        return False
    enter(session, submission, to, now=now, reason=reason)
    return True


def _hold(session: Session, credential: Credential) -> Bit:
    place = suspension_place(session, credential.id)
    if place is None:
        raise CannotBeSuspended(credential.code)
    return Bit(place.status_list_id, place.status_index)


def _set_bit(session: Session, seal: Seal, bit: Bit, *, value: bool, now: datetime) -> None:
    row = locked_list(session, bit.list_id)
    row.bits = StatusList(row.purpose, row.bits).with_bit(bit.index, value=value).bits
    sign_list(row, seal, now=now)
    session.add(row)
    session.flush()
