"""Credentials: issue one from a submission, and see what was issued."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Response
from pydantic import ConfigDict, Field

from issuer.achievements.draft import Written
from issuer.authorisation import MayRead, MayWrite, OurDesk
from issuer.database import Read, Write
from issuer.errors import NotFound
from issuer.issuance.actions import Wish, issue
from issuer.issuance.batch import MOST, Outcome, What, issue_all
from issuer.issuance.gate_view import MissingView, missing_views
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


class CredentialBatch(Written):
    """Submissions whose credentials shall be issued, each named once."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"submissionIds": ["0f8b6c1e5d2a4e7f9a3b1c2d3e4f5a6b"]}]}
    )

    submission_ids: Annotated[
        tuple[Annotated[str, Field(max_length=32)], ...], Field(min_length=1, max_length=MOST)
    ]


class OutcomeView(Written):
    """What came of one submission; `missing` is the complete list where it was not issued."""

    submission_id: str
    outcome: What
    code: str | None = None
    url: str | None = None
    missing: tuple[MissingView, ...] = ()


class BatchView(Written):
    """The outcomes, in the order of the request."""

    items: tuple[OutcomeView, ...]


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


@router.post("/credentials/batch", responses=responses(401, 403, 413, 422))
def create_many(
    batch: CredentialBatch, caller: MayWrite, desk: OurDesk, session: Write, now: Now
) -> BatchView:
    """Issue the credentials of many submissions at once; each has its own outcome.

    Everything that the gate lets through is issued together, or nothing of it when the service is
    stopped meanwhile. Sending the same again finds what was issued.
    """
    del caller
    outcomes = issue_all(session, desk.workshop, batch.submission_ids, now=now)
    return BatchView(items=tuple(map(_outcome, outcomes)))


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


def _outcome(found: Outcome) -> OutcomeView:
    return OutcomeView(
        submission_id=found.submission_id,
        outcome=found.what,
        code=found.code,
        url=found.url,
        missing=missing_views(found.missing),
    )


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
