"""Withdraw a credential, put it on hold, take it off hold."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from issuer.achievements.draft import Written
from issuer.authorisation import MayWrite, OurDesk
from issuer.database import Write
from issuer.revocation.actions import reinstate, revoke, suspend
from schemas.codes import parse_code
from service.moment import Now
from service.problems import responses

router = APIRouter(prefix="/credentials/{code}", tags=["credentials"])

Reason = Annotated[str, Field(min_length=8, max_length=400)]


class Withdrawal(Written):
    """Why; shown on the credential's public page."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Issued to the wrong person."}]}
    )

    reason: Reason


class Suspension(Written):
    """Why; shown on the credential's public page for as long as it is on hold."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "We are asking whose work this is."}]}
    )

    reason: Reason


@router.post("/revocation", status_code=204, responses=responses(401, 403, 404, 409, 422))
def withdraw(
    code: str, withdrawal: Withdrawal, caller: MayWrite, desk: OurDesk, session: Write, now: Now
) -> None:
    """Withdraw a credential for good; the status list says so at once."""
    del caller
    revoke(session, desk.seal, parse_code(code), reason=withdrawal.reason, now=now)


@router.post("/suspension", status_code=204, responses=responses(401, 403, 404, 409, 422))
def put_on_hold(
    code: str, suspension: Suspension, caller: MayWrite, desk: OurDesk, session: Write, now: Now
) -> None:
    """Put a credential on hold until it is taken off hold or withdrawn; the list says so at once.

    409 for what was withdrawn, and for what was signed without a place for a hold.
    """
    del caller
    suspend(session, desk.seal, parse_code(code), reason=suspension.reason, now=now)


@router.delete("/suspension", status_code=204, responses=responses(401, 403, 404, 409, 422))
def take_off_hold(code: str, caller: MayWrite, desk: OurDesk, session: Write, now: Now) -> None:
    """Take a credential off hold; 409 for what was withdrawn."""
    del caller
    reinstate(session, desk.seal, parse_code(code), now=now)
