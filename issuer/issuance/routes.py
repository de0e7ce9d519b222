"""Credentials: issue one from a submission, and see what was issued."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Response

from issuer.achievements.draft import Written
from issuer.authorisation import MayRead, MayWrite, OurDesk
from issuer.database import Read, Write
from issuer.errors import NotFound
from issuer.issuance.actions import Wish, issue
from issuer.issuance.queries import Standing, StoredCredential, credential_by_code, credentials
from issuer.listing import Limit, Offset, Page, next_offset
from schemas.codes import parse_code
from service.moment import Now
from service.problems import responses

router = APIRouter(tags=["credentials"])

IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=200,
        description="Any text of yours; the same request under it never issues twice.",
    ),
]


class IssuedView(Written):
    """What was issued, now or before; the signed document is at `url`."""

    code: str
    url: str


class CredentialView(Written):
    """A credential in the issuer's records."""

    code: str
    url: str
    state: Standing
    achievement: str
    version: str
    submission_id: str
    issued_at: datetime
    changed_at: datetime | None
    reason: str


@router.post(
    "/submissions/{submission_id}/credential",
    status_code=201,
    responses={
        200: {"model": IssuedView, "description": "It had been issued before"},
        **responses(401, 403, 404, 409, 422),
    },
)
def create(
    submission_id: str,
    caller: MayWrite,
    desk: OurDesk,
    session: Write,
    now: Now,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> IssuedView:
    """Issue the credential, if the gate lets it; 409 lists everything that is missing."""
    wish = Wish(caller.account_id, submission_id, idempotency_key)
    issued = issue(session, desk.workshop, wish, now=now)
    response.status_code = 200 if issued.reused else 201
    response.headers["Location"] = issued.url
    return IssuedView(code=issued.code, url=issued.url)


@router.get("/credentials", responses=responses(401, 403, 422))
def list_credentials(
    caller: MayRead, desk: OurDesk, session: Read, limit: Limit = 50, offset: Offset = 0
) -> Page[CredentialView]:
    """What was issued, newest first."""
    found = credentials(session, caller.organisation_id, most=limit + 1, passed_over=offset)
    return Page[CredentialView](
        items=tuple(_view(each, desk.seal.url) for each in found[:limit]),
        next_offset=next_offset(found, limit, offset),
    )


@router.get("/credentials/{code}", responses=responses(401, 403, 404, 422))
def show(code: str, caller: MayRead, desk: OurDesk, session: Read) -> CredentialView:
    """One credential's record."""
    found = credential_by_code(session, caller.organisation_id, parse_code(code))
    if found is None:
        raise NotFound("credential", code)
    return _view(found, desk.seal.url)


def _view(stored: StoredCredential, issuer_url: str) -> CredentialView:
    return CredentialView(
        code=stored.code,
        url=f"{issuer_url}/c/{stored.code}",
        state=stored.state,
        achievement=stored.achievement,
        version=stored.version,
        submission_id=stored.submission_id,
        issued_at=stored.issued_at,
        changed_at=stored.changed_at,
        reason=stored.reason,
    )
