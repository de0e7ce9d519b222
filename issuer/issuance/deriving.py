"""The VC API for holders: show only a part of a credential.

VC API 0.3, Derive Credential.  Needs no key and keeps nothing: whoever has a credential with a
base proof may choose what to show of it.
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from proofs.selective import disclose
from service.bad_requests import BadRequestRoute
from service.problems import responses
from service.rate_limits import RateLimit

EXAMPLE: Final[JsonValue] = {
    "verifiableCredential": {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "did:web:guild.example",
        "credentialSubject": {"id": "did:web:holder.example", "name": "A. Holder"},
        "proof": {
            "type": "DataIntegrityProof",
            "cryptosuite": "ecdsa-sd-2023",
            "verificationMethod": "did:web:guild.example#2026",
            "proofPurpose": "assertionMethod",
            "proofValue": "u2V0AhV…",
        },
    },
    "options": {"selectivePointers": ["/issuer", "/credentialSubject/id"]},
}

router = APIRouter(
    prefix="/credentials",
    tags=["VC API"],
    route_class=BadRequestRoute,
    dependencies=[Depends(RateLimit("derivations", "60/minute"))],
)


class Selection(BaseModel):
    """What to show beside what the issuer made mandatory."""

    selective_pointers: list[Annotated[str, Field(max_length=1_000)]] = Field(
        default_factory=list,
        alias="selectivePointers",
        max_length=200,
        description="JSON Pointers (RFC 6901), such as /credentialSubject/name.",
    )


class CredentialToDerive(BaseModel):
    """The request of the VC API."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    verifiable_credential: dict[str, Any] = Field(alias="verifiableCredential")
    options: Selection = Field(default_factory=Selection)


@router.post(
    "/derive",
    status_code=201,
    responses=responses(400, 413, 422, 429),
    response_class=JSONResponse,
)
def derive(wanted: CredentialToDerive) -> JSONResponse:
    """Leave out all but what is selected and what must always be shown."""
    shown = disclose(wanted.verifiable_credential, wanted.options.selective_pointers)
    return JSONResponse({"verifiableCredential": shown}, status_code=201)
