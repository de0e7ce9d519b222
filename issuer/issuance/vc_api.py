"""The VC API: sign a credential that somebody else wrote.

VC API 0.3, section 3.2.1 (Issue Credential).  Achievements are not issued this way: they need a
recorded assessment, and only the gate of a submission decides about them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from issuer.authorisation import MayWrite, OurDesk
from issuer.errors import CannotBeSigned
from issuer.issuance.reserved import refuse_reserved
from issuer.issuance.securing import ASSERTION, Asked, secured
from issuer.organisations.seal import Seal
from keys import did_jwk, did_key
from keys.public_key import KeyType
from proofs.rdf import Loader
from proofs.suites import PROOF_TYPE
from schemas.contexts import VC_V2, document_loader
from schemas.data_model import check_credential
from service.bad_requests import BadRequestRoute
from service.json_body import read_json
from service.moment import Now
from service.problems import responses

MEDIA_TYPE: Final = "application/"

router = APIRouter(prefix="/credentials", tags=["VC API"], route_class=BadRequestRoute)


class IssueOptions(BaseModel):
    """How to sign; options that the VC API does not name are accepted and change nothing."""

    model_config = ConfigDict(alias_generator=to_camel)

    type: str = Field(
        default=PROOF_TYPE,
        max_length=100,
        description="`DataIntegrityProof`, `vc+jwt`, `vc+sd-jwt`, or `JWT` as Open Badges has it.",
    )
    cryptosuite: str | None = Field(
        default=None, max_length=100, description="By default the first that our key fits."
    )
    proof_purpose: str = Field(default=ASSERTION, max_length=100)
    expires: AwareDatetime | None = Field(default=None, description="When the proof ends.")
    credential_id: str | None = Field(
        default=None, max_length=2_000, description="The `id`, if the credential has none."
    )
    mandatory_pointers: list[Annotated[str, Field(max_length=1_000)]] = Field(
        default_factory=list,
        max_length=200,
        description="What a holder may never leave out; for `ecdsa-sd-2023` and `vc+sd-jwt`.",
    )


class CredentialToIssue(BaseModel):
    """The request of the VC API."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "credential": {
                        "@context": [VC_V2],
                        "type": ["VerifiableCredential"],
                        "issuer": "did:web:guild.example",
                        "credentialSubject": {"id": "did:web:holder.example"},
                    },
                    "options": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"},
                }
            ]
        }
    )

    credential: dict[str, Any]
    options: IssueOptions = Field(default_factory=IssueOptions)


async def said_once(request: Request) -> None:
    """Refuse a member written twice, which the model would not see."""
    await read_json(request)


@router.post(
    "/issue",
    status_code=201,
    responses=responses(400, 401, 403, 413, 422),
    response_class=JSONResponse,
)
def issue(
    wanted: CredentialToIssue,
    caller: MayWrite,
    _: Annotated[None, Depends(said_once)],
    desk: OurDesk,
    now: Now,
) -> JSONResponse:
    """Sign a credential that names this issuer; an achievement goes through a submission."""
    del caller
    document = checked(wanted.credential, desk.seal, wanted.options.credential_id)
    refuse_reserved(document, desk.seal.url)
    made = issued(document, wanted.options, desk.seal, now=now)
    return JSONResponse({"verifiableCredential": made}, status_code=201)


def issued(
    document: Mapping[str, Any],
    options: IssueOptions,
    seal: Seal,
    *,
    now: datetime,
    loader: Loader = document_loader,
) -> dict[str, Any] | str:
    """A `checked` document, secured in the form that the options ask for.

    Raises:
        CannotBeSigned: in a way that is not offered.
        ProofError: it cannot be secured in this way.
    """
    if options.proof_purpose != ASSERTION:
        raise CannotBeSigned("/options/proofPurpose", f"{ASSERTION}, as for every credential")
    if options.expires is not None and options.expires <= now:
        raise CannotBeSigned("/options/expires", "in the future")
    asked = Asked(
        options.type.removeprefix(MEDIA_TYPE),
        options.cryptosuite,
        options.expires,
        tuple(options.mandatory_pointers),
    )
    return secured(document, seal.signers, asked, now=now, loader=loader)


def checked(
    credential: Mapping[str, Any], seal: Seal, credential_id: str | None = None
) -> dict[str, Any]:
    """The document that is signed: as it was given, with our own name as its issuer.

    Raises:
        DataModelBroken: it breaks a rule of VCDM 2.0.
        CannotBeSigned: somebody else's, of another edition, or signed already.
    """
    document = dict(credential)
    if credential_id is not None and document.setdefault("id", credential_id) != credential_id:
        raise CannotBeSigned("/options/credentialId", "the id of the credential, or absent")
    document["issuer"] = _named(document.get("issuer", seal.did), seal)
    check_credential(document)
    contexts = document["@context"]
    if (contexts[0] if isinstance(contexts, list) else contexts) != VC_V2:
        raise CannotBeSigned("/credential/@context", f"a list that begins with {VC_V2}")
    if "proof" in document:
        raise CannotBeSigned("/credential/proof", "absent; it is added here")
    return document


def _named(issuer: object, seal: Seal) -> object:
    """Our name in the place of that of our key, or as it is; never somebody else's."""
    ours = _own_names(seal)
    found = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    if not isinstance(found, str):
        return issuer  # which the rules of the data model refuse
    if found not in ours:
        raise CannotBeSigned("/credential/issuer", f"this issuer, {seal.did}, or absent")
    return {**issuer, "id": seal.did} if isinstance(issuer, Mapping) else seal.did


def _own_names(seal: Seal) -> frozenset[str]:
    """Our name, and those that our keys have by themselves."""
    keys = [signer.public_key for signer in seal.signers]
    named = {seal.did, *map(did_jwk.did_for, keys)}
    # did:key has no place for RSA here.
    return frozenset(named | {did_key.did_for(k) for k in keys if k.type is not KeyType.RSA})
