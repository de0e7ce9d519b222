"""Skillmark's own ways: every cryptosuite and format, with the checks of the specification on."""

from functools import partial
from typing import Any, Final

from credentials import Json
from ways import Way
from world.credentials import NOON
from world.interop import OUR_KEYS, claims_of

from keys.public_key import KeyType, PublicKey
from keys.signer import Signer
from proofs.jose import sd_jwt_vc, vc_jwt
from proofs.limits import Limits
from proofs.secure import Wish, add_proof
from proofs.selective import disclose
from proofs.verify import read_proofs, verify_proof
from schemas.data_model import check_credential
from schemas.document import Document
from schemas.limits import JsonLimits

US: Final = "ours"
MANDATORY: Final = ("/issuer", "/validFrom", "/validUntil", "/credentialStatus")
SELECTED: Final = ("/credentialSubject/achievement/name", "/credentialSubject/result", "/name")
HIDEABLE: Final = ("name", "evidence", "credentialSubject")
EMBEDDED: Final = {
    "eddsa-rdfc-2022": KeyType.ED25519,
    "eddsa-jcs-2022": KeyType.ED25519,
    "ecdsa-rdfc-2019": KeyType.P256,
    "ecdsa-jcs-2019": KeyType.P256,
}


def ways(who: str = US) -> list[Way]:
    """All of them."""
    ed, p256 = OUR_KEYS[KeyType.ED25519], OUR_KEYS[KeyType.P256]
    return [
        *(embedded(name, OUR_KEYS[kind], who) for name, kind in EMBEDDED.items()),
        Way(
            who,
            "ecdsa-sd-2023",
            partial(_signed, p256, Wish("ecdsa-sd-2023", mandatory_pointers=MANDATORY)),
            partial(verify_document, p256.public_key),
            derive=lambda made: disclose(made, SELECTED),
        ),
        Way(
            who,
            "vc-jwt",
            lambda one: vc_jwt.secure(one, ed, now=NOON),
            partial(_verify_jwt, ed.public_key),
        ),
        Way(
            who,
            "sd-jwt-vc",
            lambda one: sd_jwt_vc.secure(claims_of(one), p256, disclosable=HIDEABLE),
            partial(_verify_sd_jwt, p256.public_key),
        ),
    ]


def embedded(
    name: str,
    signer: Signer,
    who: str = US,
    *,
    limits: Limits | None = None,
    json_limits: JsonLimits | None = None,
) -> Way:
    """Data Integrity with a cryptosuite that signs the whole."""
    return Way(
        who,
        name,
        partial(_signed, signer, Wish(name), limits=limits),
        partial(verify_document, signer.public_key, limits=limits, json_limits=json_limits),
    )


def verify_document(
    key: PublicKey,
    raw: bytes,
    *,
    limits: Limits | None = None,
    json_limits: JsonLimits | None = None,
) -> None:
    """Read, check the data model, verify all proofs.

    Raises:
        ProofError: it is not genuine.
        SchemaError: it is no credential.
    """
    document = Document.read(raw, json_limits)
    check_credential(document.view)
    for proof in read_proofs(document, limits):
        verify_proof(document, proof, key, limits=limits)


def _signed(
    signer: Signer, wish: Wish, credential: Json, *, limits: Limits | None = None
) -> dict[str, Any]:
    return add_proof(credential, signer, NOON, wish, limits=limits)


def _verify_jwt(key: PublicKey, raw: bytes) -> None:
    token = vc_jwt.Token.read(raw.decode())
    check_credential(token.document.view)
    token.jws.verify(key)


def _verify_sd_jwt(key: PublicKey, raw: bytes) -> None:
    sd_jwt_vc.SdJwtCredential.read(raw.decode()).sd_jwt.jws.verify(key)
