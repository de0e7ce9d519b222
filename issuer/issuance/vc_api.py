"""The VC API: sign a credential that somebody else wrote.

VC API 0.3, section 3.2.1 (Issue Credential).  Achievements are not issued this way: they need a
recorded assessment, and only the gate of a submission decides about them.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from issuer.authorisation import MayWrite, OurDesk
from issuer.errors import MalformedSubmission
from issuer.issuance.actions import sign
from issuer.organisations.seal import Seal
from schemas.contexts import VC_V2
from service.clock import Now
from service.json_body import read_json
from service.problems import responses

ASSESSED_ONLY: Final = frozenset({"OpenBadgeCredential", "AchievementCredential"})
MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
STATUS_LIST: Final = "BitstringStatusListCredential"

router = APIRouter(prefix="/credentials", tags=["VC API"])


class CredentialToIssue(BaseModel):
    """The request of the VC API; options are accepted and change nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "credential": {
                        "@context": [VC_V2],
                        "type": ["VerifiableCredential"],
                        "issuer": "did:web:guild.example",
                        "credentialSubject": {"id": "did:web:holder.example"},
                    }
                }
            ]
        }
    )

    credential: dict[str, Any]
    options: dict[str, Any] = Field(default_factory=dict)


@router.post(
    "/issue",
    status_code=201,
    responses=responses(400, 401, 403, 422),
    response_class=Response,
)
async def issue(
    wanted: CredentialToIssue, request: Request, caller: MayWrite, desk: OurDesk, now: Now
) -> Response:
    """Sign a credential that names this issuer; an achievement goes through a submission."""
    del caller
    await read_json(request)  # refuses a member written twice, which the model would not see
    document = checked(wanted.credential, desk.seal)
    raw = await run_in_threadpool(sign, document, desk.seal, now=now)
    body = b'{"verifiableCredential":' + raw + b"}"
    return Response(body, status_code=201, media_type="application/json")


def checked(credential: Mapping[str, Any], seal: Seal) -> dict[str, Any]:
    """The document that may be signed, with our own name where none was given.

    Raises:
        MalformedSubmission: not a credential of VCDM 2.0, somebody else's, signed already, or of
            a kind that is not issued this way.
    """
    contexts, types = credential.get("@context"), credential.get("type")
    named = types if isinstance(types, list) else [types]
    issuer = credential.get("issuer", seal.did)
    if not isinstance(contexts, list) or contexts[:1] != [VC_V2]:
        raise MalformedSubmission("/credential/@context", f"a list that begins with {VC_V2}")
    if "VerifiableCredential" not in named:
        raise MalformedSubmission("/credential/type", "a list that has VerifiableCredential")
    if STATUS_LIST in named or ASSESSED_ONLY & {each for each in named if isinstance(each, str)}:
        raise MalformedSubmission(
            "/credential/type", "another kind: achievements are issued from an assessed submission"
        )
    if (issuer.get("id") if isinstance(issuer, Mapping) else issuer) != seal.did:
        raise MalformedSubmission("/credential/issuer", f"this issuer, {seal.did}")
    if "proof" in credential:
        raise MalformedSubmission("/credential/proof", "absent; it is added here")
    if str(credential.get("id", "")).startswith(f"{seal.url}/"):
        raise MalformedSubmission("/credential/id", "no address of this issuer's own documents")
    for member in ("validFrom", "validUntil"):
        if member in credential and not MOMENT.fullmatch(str(credential[member])):
            raise MalformedSubmission(f"/credential/{member}", "like 2026-03-03T12:00:00Z")
    if not credential.get("credentialSubject"):
        raise MalformedSubmission("/credential/credentialSubject", "what is said, about whom")
    return {**credential, "issuer": issuer}
