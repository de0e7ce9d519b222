"""The VC API: sign a credential that somebody else wrote.

VC API 0.3, section 3.2.1 (Issue Credential).  Achievements are not issued this way: they need a
recorded assessment, and only the gate of a submission decides about them.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette.concurrency import run_in_threadpool

from issuer.authorisation import MayWrite, OurDesk
from issuer.errors import CannotBeSigned
from issuer.issuance.reserved import refuse_reserved
from issuer.issuance.securing import ASSERTION, Asked, secured
from issuer.organisations.seal import Seal
from keys import did_jwk, did_key
from keys.public_key import KeyType
from proofs.compiled import NotCovered
from proofs.limits import Limits
from proofs.suites import PROOF_TYPE, SUITES, How
from schemas.contexts import VC_V2
from schemas.data_model import check_credential
from service.bad_requests import BadRequestRoute
from service.json_body import Received
from service.moment import Now
from service.problems import responses
from service.work_by_size import LARGE

MEDIA_TYPE: Final = "application/"


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


router = APIRouter(prefix="/credentials", tags=["VC API"], route_class=BadRequestRoute)


@router.post(
    "/issue",
    status_code=201,
    responses=responses(400, 401, 403, 413, 422),
    response_class=JSONResponse,
)
async def issue(
    wanted: CredentialToIssue, caller: MayWrite, body: Received, desk: OurDesk, now: Now
) -> Response:
    """Sign a credential that names this issuer; an achievement goes through a submission."""
    del caller
    signing = partial(_signed, wanted, desk.seal, now)
    if len(body.raw) <= LARGE and _is_quick(wanted.options):
        with suppress(NotCovered):
            return signed_answer(signing(Limits(only_at_once=True)))
    return signed_answer(await run_in_threadpool(signing, Limits()))


def _is_quick(options: IssueOptions) -> bool:
    """Whether it takes one signature over all of a document; less than to ask a thread for it."""
    suite = SUITES.get(options.cryptosuite or "")
    return options.type == PROOF_TYPE and not (suite and suite.discloses)


def _signed(wanted: CredentialToIssue, seal: Seal, now: datetime, limits: Limits) -> bytes:
    document = checked(wanted.credential, seal, wanted.options.credential_id)
    refuse_reserved(document, seal.url, limits)
    return issued(document, wanted.options, seal, now=now, how=How(limits))


def signed_answer(made: bytes) -> Response:
    """The answer of the VC API, with the very bytes that were signed."""
    body = b'{"verifiableCredential":%b}' % made
    return Response(body, status_code=201, media_type="application/json")


def issued(
    document: Mapping[str, Any],
    options: IssueOptions,
    seal: Seal,
    *,
    now: datetime,
    how: How | None = None,
) -> bytes:
    """A `checked` document, secured in the form that the options ask for, as JSON.

    Raises:
        CannotBeSigned: in a way that is not offered.
        ProofError: it cannot be secured in this way.
        NotCovered: `how.limits.only_at_once`, and it takes longer.
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
    return secured(document, seal.signers, asked, now=now, how=how)


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
    found = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    if not isinstance(found, str):
        return issuer  # which the rules of the data model refuse
    if found != seal.did and found not in _names_of_keys(seal):
        raise CannotBeSigned("/credential/issuer", f"this issuer, {seal.did}, or absent")
    return {**issuer, "id": seal.did} if isinstance(issuer, Mapping) else seal.did


def _names_of_keys(seal: Seal) -> frozenset[str]:
    """The names that our keys have by themselves."""
    keys = [signer.public_key for signer in seal.signers]
    named = map(did_jwk.did_for, keys)
    # did:key has no place for RSA here.
    return frozenset((*named, *(did_key.did_for(k) for k in keys if k.type is not KeyType.RSA)))
