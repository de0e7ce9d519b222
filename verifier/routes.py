"""The verifier for programs: its own API, and the VC API."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from schemas.document import Document
from service.bad_requests import BadRequestRoute
from service.json_answer import JsonAnswer
from service.json_body import DocumentRoute, Received
from service.moment import Now
from service.problems import MEDIA_TYPE, responses
from service.rate_limits import RateLimit
from verifier import examples, problem_details
from verifier.facts import EvidenceMode
from verifier.inputs import LONGEST_INPUT
from verifier.policy import RequiredProof
from verifier.presentations import Occasion
from verifier.presented import PresentationReport
from verifier.report import Report
from verifier.verification import Verifier

LIMIT: Final = RateLimit("verifications", "120/minute")
LIMITED: Final = [Depends(LIMIT)]
NOT_KEPT: Final = {"Cache-Control": "no-store"}

router = APIRouter(
    prefix="/api/v1", tags=["verifications"], dependencies=LIMITED, route_class=DocumentRoute
)
vc_api = APIRouter(tags=["VC API"], dependencies=LIMITED, route_class=BadRequestRoute)


async def the_verifier(request: Request) -> Verifier:
    """The verifier of this application."""
    found: Verifier = request.app.state.verifier
    return found


TheVerifier = Annotated[Verifier, Depends(the_verifier)]


class ProofToFind(BaseModel):
    """A proof that must be there, by properties of its own."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    verification_method: str | None = Field(
        default=None, max_length=2_000, description="The whole address of the issuer's key."
    )
    cryptosuite: str | None = Field(default=None, max_length=100)


RequiredProofs = Annotated[
    list[ProofToFind],
    Field(
        max_length=16,
        description="Proofs that must be there; one taken out of a set leaves no trace.",
    ),
]


class VerificationRequest(BaseModel):
    """What to judge, and how much to look at before answering."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [*examples.REQUESTS]})

    input: Annotated[str, Field(max_length=LONGEST_INPUT)] | dict[str, Any] = Field(
        description="A link, a code, or a credential as text or as an object."
    )
    profile: str | None = Field(
        default=None, max_length=2_000, description="The profile it should belong to."
    )
    evidence: EvidenceMode = Field(
        default=EvidenceMode.CACHED,
        description="`skip` it, use what was found lately, or fetch it and `wait`.",
    )
    required_proofs: RequiredProofs = Field(default_factory=list, alias="requiredProofs")


class CredentialOptions(BaseModel):
    """What must be so beside what always must; others are accepted and ignored."""

    required_proofs: RequiredProofs = Field(default_factory=list, alias="requiredProofs")


class CredentialToVerify(BaseModel):
    """The request of the VC API, section 3.3.1."""

    model_config = ConfigDict(
        populate_by_name=True, json_schema_extra={"examples": [*examples.CREDENTIALS]}
    )

    verifiable_credential: Annotated[str, Field(max_length=LONGEST_INPUT)] | dict[str, Any] = Field(
        alias="verifiableCredential", description="An object, or a token (VC-JWT, SD-JWT) as text."
    )
    options: CredentialOptions = Field(default_factory=CredentialOptions)


class PresentationOptions(BaseModel):
    """What the one who asks for a presentation gave out; others are accepted and ignored."""

    challenge: str | None = Field(
        default=None, max_length=1_000, description="Given out once; `nonce` in tokens."
    )
    domain: str | None = Field(
        default=None, max_length=1_000, description="Who asks; `aud` in tokens."
    )


class PresentationToVerify(BaseModel):
    """The request of the VC API, section 3.3.2."""

    model_config = ConfigDict(
        populate_by_name=True, json_schema_extra={"examples": [*examples.PRESENTATIONS]}
    )

    verifiable_presentation: Annotated[str, Field(max_length=LONGEST_INPUT)] | dict[str, Any] = (
        Field(
            alias="verifiablePresentation",
            description="An object, or a token (VP-JWT, SD-JWT with key binding) as text.",
        )
    )
    options: PresentationOptions = Field(default_factory=PresentationOptions)


@router.post(
    "/verifications",
    responses=examples.REPORTS | responses(400, 413, 415, 422, 429),
    response_class=JSONResponse,
)
async def verify(
    wanted: VerificationRequest, body: Received, verifier: TheVerifier, now: Now
) -> Response:
    """Judge a credential; the answer is a report whatever the verdict."""
    if isinstance(wanted.input, str):
        report = await verifier.verify(
            wanted.input,
            now=now,
            evidence=wanted.evidence,
            profile=wanted.profile,
            required_proofs=_required(wanted.required_proofs),
        )
    else:
        report = await verifier.verify_document(
            body.part(wanted.input),
            now=now,
            evidence=wanted.evidence,
            profile=wanted.profile,
            required_proofs=_required(wanted.required_proofs),
        )
    return JsonAnswer(report.as_json(), headers=NOT_KEPT)


@vc_api.post(
    "/credentials/verify", responses=responses(400, 413, 415, 422, 429), response_class=JSONResponse
)
async def verify_credential(
    wanted: CredentialToVerify, body: Received, verifier: TheVerifier, now: Now
) -> Response:
    """VC API, Verify Credential: 200 when it verifies, 400 with problem details when not."""
    report = await verifier.verify_document(
        _given(wanted.verifiable_credential, body),
        now=now,
        evidence=EvidenceMode.SKIP,
        required_proofs=_required(wanted.options.required_proofs),
        shown=False,
    )
    return _answer(report, problem_details.of_credential(report))


@vc_api.post(
    "/presentations/verify",
    responses=responses(400, 413, 415, 422, 429),
    response_class=JSONResponse,
)
async def verify_presentation(
    wanted: PresentationToVerify, body: Received, verifier: TheVerifier, now: Now
) -> Response:
    """VC API, Verify Presentation: 200 when it and all its credentials verify, else 400."""
    given = _given(wanted.verifiable_presentation, body)
    occasion = Occasion(wanted.options.challenge, wanted.options.domain)
    report = await verifier.verify_presentation(given, now=now, occasion=occasion)
    return _answer(report, problem_details.of_presentation(report))


def _required(wanted: Sequence[ProofToFind]) -> tuple[RequiredProof, ...]:
    return tuple(RequiredProof(one.verification_method, one.cryptosuite) for one in wanted)


def _given(wanted: str | Mapping[str, Any], body: Document) -> bytes | Document:
    if isinstance(wanted, str):
        return wanted.encode("utf-8", "surrogatepass")
    return body.part(wanted)


def _answer(report: Report | PresentationReport, problems: Sequence[Mapping[str, Any]]) -> Response:
    answer: dict[str, Any] = {"verified": not problems, "report": report.as_json()}
    if not problems:
        return JsonAnswer(answer | {"problemDetails": []}, headers=NOT_KEPT)
    summary = {"type": problems[0]["type"], "title": report.verdict.words, "status": 400}
    return JsonAnswer(
        summary | {"detail": report.headline} | answer | {"problemDetails": problems},
        status_code=400,
        headers=NOT_KEPT,
        media_type=MEDIA_TYPE,
    )
