"""The VC API: sign a credential that somebody else wrote.

VC API 0.3, section 3.2.1 (Issue Credential).  Achievements are not issued this way: they need a
recorded assessment, and only the gate of a submission decides about them.
"""

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from issuer.accounts.scopes import Scope
from issuer.authorisation import BEARER, MayWrite, OurDesk, admitted, our_desk
from issuer.errors import CannotBeSigned, IssuerError
from issuer.issuance.reserved import refuse_reserved, says_nothing_reserved
from issuer.issuance.securing import ASSERTION, Asked, secured
from issuer.organisations.seal import Seal
from keys import did_jwk, did_key
from keys.public_key import KeyType
from proofs.errors import ProofError
from proofs.rdf import Loader
from proofs.suites import PROOF_TYPE, SUITES
from schemas.contexts import VC_V2, document_loader
from schemas.data_model import check_credential
from schemas.errors import SchemaError
from service.bad_requests import BadRequestRoute
from service.json_body import read_json
from service.moment import Now, moment_of_request
from service.problems import responses

MEDIA_TYPE: Final = "application/"
SMALL: Final = 32_000
"""Bytes of a request that is signed on the event loop: a few milliseconds at most, so that others
do not wait; the usual 8 kB take less than one, which is less than a worker thread costs."""


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


class _AtOnce(BadRequestRoute):
    """Signs small, usual documents at once, on the event loop and without the framework's detour.

    It does the same as `issue`, with the same functions.  Whatever is large, rare or wrong goes
    through the framework to `issue`, which decides, in a worker thread, and says what is wrong.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, which first tries what is usual."""
        general = super().get_route_handler()

        async def handler(request: Request) -> Response:
            made = await _signed_at_once(request)
            return await general(request) if made is None else signed_answer(made)

        return handler


router = APIRouter(prefix="/credentials", tags=["VC API"], route_class=_AtOnce)


async def _signed_at_once(request: Request) -> bytes | None:
    """The signed credential, or None where `issue` must decide."""
    length = request.headers.get("content-length", "")
    if request.headers.get("content-type") != "application/json" or not _is_small(length):
        return None
    desk = await our_desk(request)
    try:
        await admitted(desk, await BEARER(request), Scope.WRITE)
        sent = (await read_json(request)).view
        options = IssueOptions.model_validate(sent.get("options", {}))
        credential = sent.get("credential")
        if not isinstance(credential, dict) or not _is_quick(options):
            return None
        document = checked(credential, desk.seal, options.credential_id)
        if not says_nothing_reserved(document, desk.seal.url):
            return None
        return issued(document, options, desk.seal, now=await moment_of_request())
    except (IssuerError, SchemaError, ProofError, ValidationError):
        return None


def _is_small(length: str) -> bool:
    return length.isdecimal() and len(length) < len(str(SMALL)) + 1 and int(length) <= SMALL


def _is_quick(options: IssueOptions) -> bool:
    """Whether it takes one signature over all of a document."""
    suite = SUITES.get(options.cryptosuite or "")
    return options.type == PROOF_TYPE and not (suite and suite.discloses)


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
) -> Response:
    """Sign a credential that names this issuer; an achievement goes through a submission."""
    del caller
    document = checked(wanted.credential, desk.seal, wanted.options.credential_id)
    refuse_reserved(document, desk.seal.url)
    return signed_answer(issued(document, wanted.options, desk.seal, now=now))


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
    loader: Loader = document_loader,
) -> bytes:
    """A `checked` document, secured in the form that the options ask for, as JSON.

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
