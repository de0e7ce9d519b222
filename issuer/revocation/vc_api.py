"""The VC API: set or clear one status of a credential that we issued.

VC API 0.3, "Update Status".  `revocation` can only be set; `suspension` can be set and cleared.
Its problems are those of the VC API: 400 for what is malformed, 404 for what is not ours.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.alias_generators import to_camel
from sqlmodel import Session

from issuer.authorisation import MayWrite, OurDesk
from issuer.database import Write
from issuer.errors import CannotBeSuspended, CannotMove, MalformedStatusUpdate, NotFound
from issuer.issuance.queries import StoredCredential, credential_by_code
from issuer.organisations.seal import Seal
from issuer.revocation.actions import reinstate, revoke, suspend
from issuer.submissions.rules import State
from proofs.status import BITSTRING, Purpose
from schemas.codes import parse_code
from schemas.document import Document
from schemas.errors import MalformedCode
from schemas.one_or_many import listed
from service.bad_requests import BadRequestRoute
from service.moment import Now
from service.problems import FieldError, responses

TYPES: Final = (BITSTRING.entry, BITSTRING.subject)  # the second is that of the VC API's example
PURPOSES: Final = MappingProxyType(
    {purpose.value: purpose for purpose in (Purpose.REVOCATION, Purpose.SUSPENSION)}
)
WITHDRAWN: Final = "Withdrawn by the issuer."
ON_HOLD: Final = "Put on hold by the issuer."


router = APIRouter(prefix="/credentials", tags=["VC API"], route_class=BadRequestRoute)


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class EntryToUpdate(_Sent):
    """Which entry; type and purpose are enough, and whatever else is given must fit."""

    id: str | None = None
    type: str
    status_purpose: str
    status_list_index: str | None = None
    status_list_credential: str | None = None


class StatusUpdate(_Sent):
    """The request of the VC API; `indexAllocator` is accepted and changes nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "credentialId": "https://guild.example/c/4Q8RT-M2XZ9-3",
                    "credentialStatus": {
                        "type": "BitstringStatusListEntry",
                        "statusPurpose": "suspension",
                    },
                    "status": True,
                }
            ]
        }
    )

    credential_id: Annotated[str, Field(max_length=2048)]
    credential_status: EntryToUpdate
    status: StrictBool
    index_allocator: str | None = None


@router.post(
    "/status",
    responses={
        200: {"description": "The status is as wanted"},
        **responses(400, 401, 403, 404, 409),
    },
    response_class=Response,
)
def update_status(
    update: StatusUpdate,
    caller: MayWrite,
    desk: OurDesk,
    session: Write,
    now: Now,
) -> Response:
    """Withdraw a credential, put it on hold or take it off hold; the list says so at once.

    409 for what was withdrawn, which is for good, and for a hold on what was signed without a
    place for one.
    """
    del caller
    seal = desk.seal
    stored = _stored(session, seal, update.credential_id)
    purpose = _purpose(update.credential_status)
    _must_fit(update.credential_status, stored, purpose)
    if purpose is Purpose.SUSPENSION and update.status:
        suspend(session, seal, stored.code, reason=ON_HOLD, now=now)
    elif purpose is Purpose.SUSPENSION:
        reinstate(session, seal, stored.code, now=now)
    elif update.status:
        revoke(session, seal, stored.code, reason=WITHDRAWN, now=now)
    elif stored.state in {State.REVOKED, State.SUPERSEDED}:
        raise CannotMove(stored.state, State.ISSUED, ())
    return Response(status_code=200)


def _stored(session: Session, seal: Seal, credential_id: str) -> StoredCredential:
    """The credential with this `id`, or with this code however it is typed."""
    try:
        code = parse_code(credential_id.removeprefix(f"{seal.url}/c/"))
    except MalformedCode:
        raise NotFound("credential", credential_id) from None
    stored = credential_by_code(session, seal.organisation_id, code)
    if stored is None:
        raise NotFound("credential", credential_id)
    return stored


def _purpose(wanted: EntryToUpdate) -> Purpose:
    if wanted.type not in TYPES:
        raise _malformed("type", TYPES[0])
    try:
        return PURPOSES[wanted.status_purpose]
    except KeyError:
        raise _malformed("statusPurpose", " or ".join(PURPOSES)) from None


def _must_fit(wanted: EntryToUpdate, stored: StoredCredential, purpose: Purpose) -> None:
    """Refuse an entry that is not the credential's own."""
    signed = listed(Document.read(stored.raw).view["credentialStatus"])
    entries = {entry["statusPurpose"]: entry for entry in signed if isinstance(entry, Mapping)}
    if purpose not in entries:
        raise CannotBeSuspended(stored.code)
    given = wanted.model_dump(by_alias=True, exclude_none=True, exclude={"type"})
    for member, value in given.items():
        if entries[purpose].get(member) != value:
            raise _malformed(member, "that of the credential's own entry, or absent")


def _malformed(member: str, expected: str) -> MalformedStatusUpdate:
    fault = FieldError(f"/credentialStatus/{member}", f"must be {expected}")
    return MalformedStatusUpdate((fault,))
