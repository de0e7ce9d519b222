"""The VC API as suites speak it: issuers and holders by name, each with its own way of securing."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from issuer.errors import CannotBeSigned, NotFound
from issuer.issuance.deriving import CredentialToDerive
from issuer.issuance.securing import suites_for
from issuer.issuance.vc_api import (
    CredentialToIssue,
    IssueOptions,
    checked,
    issued,
    signed_answer,
)
from issuer.organisations.seal import Seal
from issuer.revocation.vc_api import StatusUpdate
from proofs.jose import vc_jwt
from proofs.rdf import Loader
from proofs.secure import Wish, add_proof
from proofs.selective import disclose
from proofs.suites import PROOF_TYPE, SUITES, How
from schemas.contexts import VC_V2
from schemas.data_model import check_presentation
from service.bad_requests import BadRequestRoute
from service.moment import Now
from service.problems import responses
from skillmark.conformance.actors import WAYS, Actors, Way
from skillmark.conformance.status_lists import StatusBoard

AUTHENTICATION: Final = "authentication"
JWT: Final = frozenset({"vp+jwt", "vc+jwt", "application/vp+jwt"})

router = APIRouter(tags=["conformance"], route_class=BadRequestRoute)


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that lives as long as the process."""

    url: str
    actors: Actors
    board: StatusBoard
    loader: Loader


def _stage(request: Request) -> Stage:
    found: Stage = request.app.state.conformance
    return found


OnStage = Annotated[Stage, Depends(_stage)]


def _known(name: str) -> Way:
    try:
        return WAYS[name]
    except KeyError:
        raise NotFound("issuer", name) from None


class PresentationOptions(BaseModel):
    """What the one who asks for the presentation gave out."""

    type: str = Field(default=PROOF_TYPE, max_length=100)
    cryptosuite: str | None = Field(default=None, max_length=100)
    challenge: str | None = Field(default=None, max_length=1_000)
    domain: str | None = Field(default=None, max_length=1_000)


class PresentationToSign(BaseModel):
    """The request of the VC API, Create Presentation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "presentation": {"@context": [VC_V2], "type": ["VerifiablePresentation"]},
                    "options": {"challenge": "1235abcd6789", "domain": "client.example"},
                }
            ]
        }
    )

    presentation: dict[str, Any]
    options: PresentationOptions = Field(default_factory=PresentationOptions)


@router.get("/issuers", response_class=JSONResponse)
def issuers(stage: OnStage) -> JSONResponse:
    """Every name, its DID and where it issues and shows; what a suite wants to be told."""
    rows = [
        {
            "name": name,
            "id": stage.actors.seal(name, stage.url).did,
            "issue": f"{stage.url}/issuers/{name}/credentials/issue",
            "present": f"{stage.url}/holders/{name}/presentations/create",
            "keyType": str(way.key),
            "type": way.kind,
            "cryptosuite": way.cryptosuite,
        }
        for name, way in WAYS.items()
    ]
    return JSONResponse(rows)


@router.post(
    "/issuers/{name}/credentials/issue",
    status_code=201,
    responses=responses(400, 404, 413, 422),
    response_class=JSONResponse,
)
def issue(name: str, wanted: CredentialToIssue, stage: OnStage, now: Now) -> Response:
    """Sign whatever keeps the rules of the data model."""
    way = _known(name)
    seal = stage.actors.seal(name, stage.url)
    credential = wanted.credential
    if way.has_status:
        credential = stage.board.with_status(credential, f"{stage.url}/issuers/{name}/status")
    options = _options(wanted.options, way)
    document = checked(credential, seal, options.credential_id)
    made = issued(document, options, seal, now=now, how=How(loader=stage.loader))
    return signed_answer(made)


def _options(given: IssueOptions, way: Way) -> IssueOptions:
    own = {"type": way.kind, "cryptosuite": way.cryptosuite}
    missing = {name: value for name, value in own.items() if name not in given.model_fields_set}
    return given.model_copy(update=missing)


@router.post(
    "/issuers/{name}/credentials/status",
    responses={200: {"description": "The status is as wanted"}, **responses(400, 404)},
    response_class=JSONResponse,
)
def update_status(name: str, update: StatusUpdate, stage: OnStage) -> JSONResponse:
    """Set or clear a status of what was issued here."""
    _known(name)
    purpose = update.credential_status.status_purpose
    stage.board.update(update.credential_id, purpose, status=update.status)
    return JSONResponse({})


@router.get(
    "/issuers/{name}/status/{purpose}", responses=responses(404), response_class=JSONResponse
)
def status_list(name: str, purpose: str, stage: OnStage, now: Now) -> JSONResponse:
    """The list of one purpose, signed as it is now."""
    _known(name)
    seal = stage.actors.seal(name, stage.url)
    url = f"{stage.url}/issuers/{name}/status/{purpose}"
    made = stage.board.signed(purpose, seal, url, now=now)
    return JSONResponse(made, media_type="application/vc")


@router.post(
    "/credentials/derive",
    status_code=201,
    responses=responses(400, 413, 422),
    response_class=JSONResponse,
)
def derive(wanted: CredentialToDerive, stage: OnStage) -> JSONResponse:
    """Leave out all but what is selected and what must always be shown."""
    pointers = wanted.options.selective_pointers
    shown = disclose(wanted.verifiable_credential, pointers, loader=stage.loader)
    return JSONResponse({"verifiableCredential": shown}, status_code=201)


@router.post(
    "/holders/{name}/presentations/create",
    status_code=201,
    responses=responses(400, 404, 413, 422),
    response_class=JSONResponse,
)
def present(name: str, wanted: PresentationToSign, stage: OnStage, now: Now) -> JSONResponse:
    """Sign a presentation with the key of this name."""
    way, seal = _known(name), stage.actors.seal(name, stage.url)
    options = wanted.options
    presentation = {**wanted.presentation, "holder": _holder(wanted.presentation, seal)}
    check_presentation(presentation)
    own = way.kind if way.kind == PROOF_TYPE else vc_jwt.PRESENTATION
    kind = options.type if "type" in options.model_fields_set else own
    if kind in JWT:
        token = vc_jwt.secure(
            presentation,
            seal.signer,
            typ=vc_jwt.PRESENTATION,
            now=now,
            nonce=options.challenge,
            audience=options.domain,
        )
        envelope = vc_jwt.envelope(token, vc_jwt.PRESENTATION, VC_V2)
        return JSONResponse({"verifiablePresentation": envelope}, status_code=201)
    fit = suites_for(seal.signer.public_key)
    offered = [name for name in fit if not SUITES[name].discloses]  # shown whole, to one verifier
    own_suite = way.cryptosuite if way.cryptosuite in offered else next(iter(offered), "")
    suite = options.cryptosuite or own_suite
    if kind != PROOF_TYPE or suite not in offered:
        raise CannotBeSigned("/options", f"vp+jwt, or {PROOF_TYPE} with {', '.join(offered)}")
    wish = Wish(suite, AUTHENTICATION)
    wish = replace(wish, challenge=options.challenge, domain=options.domain)
    made = add_proof(presentation, seal.signer, now, wish, loader=stage.loader)
    return JSONResponse({"verifiablePresentation": made}, status_code=201)


def _holder(presentation: dict[str, Any], seal: Seal) -> object:
    """Who shows it: ourselves, unless it names somebody, who must be ourselves."""
    named = presentation.get("holder", seal.did)
    found = named.get("id") if isinstance(named, dict) else named
    if isinstance(found, str) and found != seal.did:
        raise CannotBeSigned("/presentation/holder", f"{seal.did}, or absent")
    return named
