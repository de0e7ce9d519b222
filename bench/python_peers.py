"""What else there is in Python: PyLD as everybody would use it at first, and openvc-core.

And the floor under all of them: what nobody can do without.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from credentials import Json
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from measuring import Series
from openvc.keys import Ed25519SigningKey, P256SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.di_ecdsa_rdfc import EcdsaRdfcProofSuite
from openvc.proof.di_jcs import EcdsaJcsProofSuite, EddsaJcsProofSuite
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from openvc.proof.vc_jwt import VcJwtProofSuite
from ours import HIDEABLE
from pyld import jsonld
from ways import Way
from world.credentials import ISSUER_DID, METHOD, NOON
from world.interop import CREATED, claims_of, contexts

from keys import multibase
from schemas.contexts import document_loader
from schemas.document import write

PYLD: Final = "pyld"
OPENVC: Final = "openvc"
SLOW: Final = 0.25  # of a round's credentials
CANONICAL: Final = {
    "algorithm": "URDNA2015",
    "format": "application/n-quads",
    "documentLoader": document_loader,
}


def straightforward() -> Way:
    """PyLD and pyca/cryptography put together: Data Integrity, eddsa-rdfc-2022."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key()
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": CREATED,
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }

    def digests(credential: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
        config = {"@context": credential["@context"], **proof}
        both = (jsonld.normalize(dict(each), CANONICAL) for each in (config, credential))
        return b"".join(hashlib.sha256(text.encode()).digest() for text in both)

    def issue(credential: Json) -> Json:
        signature = key.sign(digests(credential, options))
        value = multibase.encode_base58btc(signature)
        return {**credential, "proof": {**options, "proofValue": value}}

    def verify(raw: bytes) -> None:
        document = json.loads(raw)
        proof = document.pop("proof")
        signature = multibase.decode(proof.pop("proofValue"))
        public.verify(signature, digests(document, proof))

    return Way(PYLD, "eddsa-rdfc-2022", issue, verify, share=SLOW)


def openvc() -> list[Way]:
    """What openvc-core offers for credentials.

    Its ecdsa-sd-2023 is left out: of our credential its holder's part fails with "a disclosed
    statement has no matching base signature".
    """
    ed = Ed25519SigningKey.generate(f"{ISSUER_DID}#ed25519")
    p256 = P256SigningKey.generate(f"{ISSUER_DID}#p256")
    local = {"extra_contexts": contexts()}
    jwt, sd_jwt = VcJwtProofSuite(), SdJwtVcProofSuite()
    return [
        _embedded("eddsa-rdfc-2022", DataIntegrityProofSuite(), ed, **local),
        _embedded("eddsa-jcs-2022", EddsaJcsProofSuite(), ed),
        _embedded("ecdsa-rdfc-2019", EcdsaRdfcProofSuite(), p256, **local),
        _embedded("ecdsa-jcs-2019", EcdsaJcsProofSuite(), p256),
        Way(
            OPENVC,
            "vc-jwt",
            lambda one: jwt.sign(one, signing_key=ed),
            lambda raw: jwt.verify(raw.decode(), public_key_jwk=ed.public_jwk()),
        ),
        Way(
            OPENVC,
            "sd-jwt-vc",
            lambda one: sd_jwt.issue(claims_of(one), signing_key=p256, disclosable=HIDEABLE),
            lambda raw: sd_jwt.verify(raw.decode(), public_key_jwk=p256.public_jwk()),
        ),
    ]


def _embedded(name: str, suite: Any, key: Any, **local: Any) -> Way:  # noqa: ANN401 - their types
    known = key.public_jwk()
    return Way(
        OPENVC,
        name,
        partial(
            suite.add_proof, signing_key=key, verification_method=key.kid, created=NOON, **local
        ),
        lambda raw: suite.verify(json.loads(raw), public_key_jwk=known, now=NOON, **local),
        share=SLOW if local else 1.0,
    )


def floor() -> Way:
    """What nobody can do without: reading JSON, hashing, Ed25519."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key()

    def issue(credential: Json) -> bytes:
        raw = write(credential)
        return key.sign(_hashed(raw)) + raw

    def verify(sent: bytes) -> None:
        signature, raw = sent[:64], sent[64:]
        json.loads(raw)
        public.verify(signature, _hashed(raw))

    return Way("floor", "floor", issue, verify)


def check_floor(credential: Json) -> None:
    """Even the floor refuses what was changed."""
    way = floor()
    raw = way.issue(credential)
    way.verify(raw)
    try:
        way.verify(raw.replace(b"confident", b"confidend", 1))
    except InvalidSignature:
        return
    raise AssertionError("the floor verifies nothing")


def bare_ed25519(series: Series, times: int) -> None:
    """Ed25519 of pyca/cryptography alone, over 64 bytes as in Data Integrity."""
    key = Ed25519PrivateKey.generate()
    public, data = key.public_key(), bytes(64)
    signature = key.sign(data)
    series.each("sign.ed25519/floor", [partial(key.sign, data)] * times)
    series.each("verify.ed25519/floor", [partial(public.verify, signature, data)] * times)


def _hashed(raw: bytes) -> bytes:
    return hashlib.sha256(b"the proof options").digest() + hashlib.sha256(raw).digest()
