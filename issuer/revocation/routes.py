"""Withdraw a credential."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from issuer.achievements.draft import Written
from issuer.authorisation import MayWrite, OurDesk
from issuer.database import Write
from issuer.revocation.actions import revoke
from schemas.codes import parse_code
from service.clock import Now
from service.problems import responses

router = APIRouter(prefix="/credentials/{code}", tags=["credentials"])


class Withdrawal(Written):
    """Why; shown on the credential's public page."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Issued to the wrong person."}]}
    )

    reason: Annotated[str, Field(min_length=8, max_length=400)]


@router.post("/revocation", status_code=204, responses=responses(401, 403, 404, 409, 422))
def withdraw(
    code: str, withdrawal: Withdrawal, caller: MayWrite, desk: OurDesk, session: Write, now: Now
) -> None:
    """Withdraw a credential for good; the status list says so at once."""
    del caller
    revoke(session, desk.seal, parse_code(code), reason=withdrawal.reason, now=now)
