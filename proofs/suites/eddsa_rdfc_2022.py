"""What exactly is signed, and how, in the suite `eddsa-rdfc-2022`?

Data Integrity EdDSA Cryptosuites 1.0, section 3.2; the functions bear the names of its
subsections.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from keys.public_key import KeyType, PublicKey
from keys.signer import Signer
from proofs.canonical import canonical
from proofs.errors import InvalidSignature, MalformedProof, WrongKeyForSuite
from proofs.limits import Limits
from proofs.rdf import Loader
from schemas.contexts import document_loader

NAME: Final = "eddsa-rdfc-2022"
PROOF_TYPE: Final = "DataIntegrityProof"
KEY_TYPE: Final = KeyType.ED25519
SIGNATURE_BYTES: Final = 64


def create_proof(
    unsecured: Mapping[str, Any],
    options: Mapping[str, Any],
    signer: Signer,
    *,
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> bytes:
    """Create Proof, section 3.2.1: the signature's bytes, to be encoded by the caller.

    Raises:
        ProofError: document, options or key are not fit for this suite.
    """
    _check_key(signer.public_key)
    configuration = proof_configuration(unsecured, options, limits=limits, loader=loader)
    data = hashing(transformation(unsecured, limits=limits, loader=loader), configuration)
    signature = signer.sign(data)
    proof_verification(data, signature, signer.public_key)
    return signature


def verify_proof(  # noqa: PLR0913 - the inputs of section 3.2.2
    unsecured: Mapping[str, Any],
    options: Mapping[str, Any],
    signature: bytes,
    key: PublicKey,
    *,
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> None:
    """Verify Proof, section 3.2.2.

    Raises:
        InvalidSignature: the signature does not hold.
        ProofError: document, options or key are not fit for this suite.
    """
    _check_key(key)
    configuration = proof_configuration(unsecured, options, limits=limits, loader=loader)
    data = hashing(transformation(unsecured, limits=limits, loader=loader), configuration)
    proof_verification(data, signature, key)


def transformation(
    unsecured: Mapping[str, Any],
    *,
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> bytes:
    """Transformation, section 3.2.3: the canonical document."""
    return canonical(unsecured, limits=limits, loader=loader)


def hashing(canonical_document: bytes, canonical_configuration: bytes) -> bytes:
    """Hashing, section 3.2.4: first the configuration's hash, then the document's."""
    configuration = hashlib.sha256(canonical_configuration).digest()
    return configuration + hashlib.sha256(canonical_document).digest()


def proof_configuration(
    unsecured: Mapping[str, Any],
    options: Mapping[str, Any],
    *,
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> bytes:
    """Proof Configuration, section 3.2.5: the canonical options, in the document's contexts.

    Raises:
        MalformedProof: the options are those of another type or suite.
    """
    if options.get("type") != PROOF_TYPE:
        raise MalformedProof("type", PROOF_TYPE)
    if options.get("cryptosuite") != NAME:
        raise MalformedProof("cryptosuite", NAME)
    configuration = {"@context": unsecured.get("@context"), **options}
    return canonical(configuration, limits=limits, loader=loader)


def proof_verification(data: bytes, signature: bytes, key: PublicKey) -> None:
    """Proof Verification, section 3.2.7.

    Raises:
        InvalidSignature: the signature is not that of this key over this data.
    """
    if len(signature) != SIGNATURE_BYTES or not key.verifies(signature, data):
        raise InvalidSignature


def _check_key(key: PublicKey) -> None:
    if key.type is not KEY_TYPE:
        raise WrongKeyForSuite(NAME, str(key.type), str(KEY_TYPE))
