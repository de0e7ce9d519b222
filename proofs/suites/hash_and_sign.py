"""What exactly is signed in the suites that sign a document as a whole?

Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 and 3.3, and Data Integrity ECDSA Cryptosuites
1.0, sections 3.2 and 3.3, are the same algorithm with another canonical form, hash and key; the
functions bear the names of their subsections.
"""

import functools
import hashlib
from collections.abc import Mapping
from typing import Any, Final

from keys import multibase
from keys.errors import KeyFault
from keys.public_key import FIELD_BYTES, KeyType, PublicKey
from keys.signer import Signer
from proofs import jcs
from proofs.canonical import canonical
from proofs.digests import Algorithm
from proofs.errors import InvalidSignature, MalformedProof
from proofs.suites.suite import PROOF_TYPE, How, Json, Suite, check_options
from schemas.one_or_many import listed

HASHES: Final[Mapping[KeyType, Algorithm]] = {
    KeyType.ED25519: Algorithm.SHA256,
    KeyType.P256: Algorithm.SHA256,
    KeyType.P384: Algorithm.SHA384,
}
"""The hash that goes with a key."""

LONGEST_SIGNATURE: Final = 200  # characters of base58; reading them costs the square


def over_rdf(
    name: str,
    *key_types: KeyType,
    proof_type: str = PROOF_TYPE,
    deprecated: bool = False,
) -> Suite:
    """A suite that signs the canonical RDF of a document, in the document's contexts."""

    def hash_data(unsecured: Json, options: Json, key: PublicKey, how: How) -> bytes:
        check_options(options, name, proof_type)
        algorithm = HASHES[key.type]
        configured = proof_configuration(unsecured, options, algorithm, how)
        document = canonical(unsecured, algorithm, how.limits, loader=how.loader)
        return hashing(document, configured, algorithm)

    def create(unsecured: Json, options: Json, signer: Signer, how: How) -> dict[str, Any]:
        suite.check_key(signer.public_key)
        data = hash_data(unsecured, options, signer.public_key, how)
        return {**options, "proofValue": proof_serialization(data, signer)}

    def verify(unsecured: Json, proof: Json, key: PublicKey, how: How) -> None:
        suite.check_key(key)
        signature = proof_value(proof, key)
        data = hash_data(unsecured, without_value(proof), key, how)
        proof_verification(data, signature, key)

    suite = Suite(name, frozenset(key_types), create, verify, proof_type, deprecated)
    return suite


def over_json(name: str, *key_types: KeyType) -> Suite:
    """A suite that signs the canonical JSON (RFC 8785) of a document; the proof keeps its contexts.

    A document may have got more contexts since; those that were there when it was signed come
    first, and are what the signature speaks of.
    """

    def hash_data(unsecured: Json, options: Json, key: PublicKey) -> bytes:
        check_options(options, name)
        algorithm = HASHES[key.type]
        return hashing(jcs.canonical(unsecured), jcs.canonical(options), algorithm)

    def create(unsecured: Json, options: Json, signer: Signer, how: How) -> dict[str, Any]:
        del how
        suite.check_key(signer.public_key)
        named = {"@context": unsecured["@context"]} if "@context" in unsecured else {}
        options = {**named, **options}
        data = hash_data(unsecured, options, signer.public_key)
        return {**options, "proofValue": proof_serialization(data, signer)}

    def verify(unsecured: Json, proof: Json, key: PublicKey, how: How) -> None:
        del how
        suite.check_key(key)
        signature = proof_value(proof, key)
        data = hash_data(_as_signed(unsecured, proof), without_value(proof), key)
        proof_verification(data, signature, key)

    suite = Suite(name, frozenset(key_types), create, verify, over_json=True)
    return suite


def _as_signed(unsecured: Json, proof: Json) -> Json:
    """The document with the contexts that the proof kept, if those still come first."""
    if "@context" not in proof:
        return unsecured
    kept, now = listed(proof["@context"]), listed(unsecured.get("@context"))
    if now[: len(kept)] != kept:
        raise MalformedProof("@context", "those that the document's contexts begin with")
    return {**unsecured, "@context": proof["@context"]}


def proof_configuration(unsecured: Json, options: Json, algorithm: Algorithm, how: How) -> bytes:
    """Proof Configuration over RDF: the canonical options, in the contexts of the document.

    Raises:
        MalformedProof: the options bring contexts of their own.
        ProofError: the options are not fit to be signed.
    """
    contexts = unsecured.get("@context")
    if listed(options.get("@context", contexts)) != listed(contexts):
        raise MalformedProof("@context", "absent or that of the document")
    inherited = {**options, "@context": contexts}
    return canonical(inherited, algorithm, how.limits, loader=how.loader)


def hashing(document: bytes, configuration: bytes, algorithm: Algorithm) -> bytes:
    """Hashing: first the configuration's hash, then the document's."""
    digest = functools.partial(hashlib.new, algorithm.value)
    return digest(configuration).digest() + digest(document).digest()


def without_value(proof: Json) -> dict[str, Any]:
    """The options that a proof was made with."""
    return {name: value for name, value in proof.items() if name != "proofValue"}


def proof_serialization(data: bytes, signer: Signer) -> str:
    """Proof Serialization; a signer that made a wrong signature is found out here.

    Raises:
        InvalidSignature: the signer signed with another key than it says.
    """
    signature = signer.sign(data)
    proof_verification(data, signature, signer.public_key)
    return multibase.encode_base58btc(signature)


def proof_value(proof: Json, key: PublicKey) -> bytes:
    """The signature's bytes.

    Raises:
        MalformedProof: not base58btc.
        InvalidSignature: not as long as this key's signatures are.
    """
    text = proof.get("proofValue")
    expected = "a signature in base58btc, after the letter z"
    if not isinstance(text, str) or len(text) > LONGEST_SIGNATURE or not text.startswith("z"):
        raise MalformedProof("proofValue", expected)
    try:
        signature = multibase.decode(text)
    except KeyFault:
        raise MalformedProof("proofValue", expected) from None
    if len(signature) != 2 * FIELD_BYTES[key.type]:
        raise InvalidSignature
    return signature


def proof_verification(data: bytes, signature: bytes, key: PublicKey) -> None:
    """Proof Verification.

    Raises:
        InvalidSignature: the signature is not that of this key over this data.
    """
    if not key.verifies(signature, data):
        raise InvalidSignature
