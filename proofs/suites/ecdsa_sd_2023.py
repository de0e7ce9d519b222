"""How does a holder show a part of a credential, and the signature still holds?

Data Integrity ECDSA Cryptosuites 1.0, section 3.4.  The issuer signs every statement by itself
with a key that is made for this one proof (the base proof, which the holder keeps); the holder
passes on some statements with their signatures (the derived proof, which a verifier reads).
"""

import hashlib
import io
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import cbor2

from keys import multibase, multikey
from keys.errors import KeyFault
from keys.memory import MemorySigner, generate
from keys.public_key import KeyType, PublicKey
from keys.signer import Signer
from proofs.digests import Algorithm
from proofs.errors import (
    InvalidSignature,
    MalformedProof,
    NotDerived,
    NothingSelected,
)
from proofs.selection import checked_pointers, select
from proofs.size import check_size
from proofs.suites.hash_and_sign import proof_configuration, without_value
from proofs.suites.labelled import labelled, relabelled
from proofs.suites.suite import How, Json, Suite, check_options

NAME: Final = "ecdsa-sd-2023"
BASE: Final = b"\xd9\x5d\x00"
DERIVED: Final = b"\xd9\x5d\x01"
SIGNATURE_BYTES: Final = 64
HMAC_BYTES: Final = 32
KEY_PREFIX: Final = multikey.PREFIXES[KeyType.P256]
KEY_BYTES: Final = len(KEY_PREFIX) + 33
LONGEST_VALUE: Final = 400_000  # characters
MOST_SIGNATURES: Final = 2_000
READINGS: Final = 3
"""How often a document is read as JSON-LD for it to be signed, or chosen from."""
_EXPECTED: Final = "a base64url value, after the letter u, made by ecdsa-sd-2023"


def create_base(unsecured: Json, options: Json, signer: Signer, how: How) -> dict[str, Any]:
    """Create Base Proof, section 3.5.1; it is for the holder only.

    Raises:
        ProofError: document, options, pointers or key are not fit for this suite.
    """
    SUITE.check_key(signer.public_key)
    check_size(unsecured, how.limits, READINGS)
    proof_hash = _proof_hash(unsecured, options, how)
    hmac_key = secrets.token_bytes(HMAC_BYTES)
    whole = labelled(unsecured, hmac_key, how)
    mandatory = whole.places(how.mandatory_pointers)
    own = MemorySigner("", generate(KeyType.P256))
    key = KEY_PREFIX + own.public_key.raw
    lines = whole.lines
    signatures = [own.sign(text.encode()) for i, text in enumerate(lines) if i not in mandatory]
    signed = proof_hash + key + _hash(lines[i] for i in sorted(mandatory))
    base_signature = signer.sign(signed)
    if not signer.public_key.verifies(base_signature, signed):
        raise InvalidSignature
    value = [base_signature, key, hmac_key, signatures, list(how.mandatory_pointers)]
    return {**options, "proofValue": multibase.encode_base64url(BASE + cbor2.dumps(value))}


def derive(secured: Json, proof: Json, pointers: Iterable[str], how: How) -> dict[str, Any]:
    """Add Derived Proof, section 3.5.6: what a holder shows to one verifier.

    Args:
        secured: the document with its base proof.
        proof: that base proof.
        pointers: JSON Pointers to what is shown beside what must always be shown.
        how: limits and contexts.

    Raises:
        NothingSelected: no pointer at all, or one that leads nowhere.
        MalformedProof: the proof is not a base proof of this suite.
    """
    check_options(proof, NAME)
    base = _BaseValue.read(proof.get("proofValue"))
    unsecured = {name: value for name, value in secured.items() if name != "proof"}
    check_size(unsecured, how.limits, READINGS)
    selective = tuple(checked_pointers(pointers))
    combined = tuple(dict.fromkeys(base.mandatory_pointers + selective))
    if not combined:
        raise NothingSelected
    whole = labelled(unsecured, base.hmac_key, how)
    mandatory, shown = whole.places(base.mandatory_pointers), whole.places(combined)
    if len(whole.lines) - len(mandatory) != len(base.signatures):
        raise InvalidSignature
    open_ones = [i for i in range(len(whole.lines)) if i not in mandatory]
    signatures = [s for i, s in zip(open_ones, base.signatures, strict=True) if i in shown]
    mandatory_indexes = [at for at, i in enumerate(sorted(shown)) if i in mandatory]
    value = [
        base.signature,
        base.key,
        signatures,
        whole.labels_for_verifiers(combined),
        mandatory_indexes,
    ]
    written = multibase.encode_base64url(DERIVED + cbor2.dumps(value))
    return {**select(unsecured, combined), "proof": {**proof, "proofValue": written}}


def verify_derived(unsecured: Json, proof: Json, key: PublicKey, how: How) -> None:
    """Verify Derived Proof, section 3.5.7.

    Raises:
        NotDerived: a base proof, which proves nothing to anybody but its holder.
        InvalidSignature: a statement was changed, added, or is not signed.
        ProofError: document, options or key are not fit for this suite.
    """
    SUITE.check_key(key)
    proof_hash = _proof_hash(unsecured, without_value(proof), how)
    value = _DerivedValue.read(proof.get("proofValue"))
    lines = relabelled(unsecured, value.label, how)
    mandatory = [text for i, text in enumerate(lines) if i in value.mandatory]
    others = [text for i, text in enumerate(lines) if i not in value.mandatory]
    if len(mandatory) != len(value.mandatory) or len(others) != len(value.signatures):
        raise InvalidSignature
    signed = proof_hash + KEY_PREFIX + value.key.raw + _hash(mandatory)
    if not key.verifies(value.signature, signed):
        raise InvalidSignature
    for text, signature in zip(others, value.signatures, strict=True):
        if not value.key.verifies(signature, text.encode()):
            raise InvalidSignature


SUITE: Final = Suite(NAME, frozenset({KeyType.P256}), create_base, verify_derived, derive=derive)


def _proof_hash(unsecured: Json, options: Json, how: How) -> bytes:
    check_options(options, NAME)
    configured = proof_configuration(unsecured, options, Algorithm.SHA256, how)
    return hashlib.sha256(configured).digest()


def _hash(lines: Iterable[str]) -> bytes:
    return hashlib.sha256("".join(lines).encode()).digest()


def _components(text: object, header: bytes) -> list[Any]:
    """The five parts of a proof value, read without trust."""
    if not isinstance(text, str) or len(text) > LONGEST_VALUE or not text.startswith("u"):
        raise MalformedProof("proofValue", _EXPECTED)
    try:
        data = multibase.decode(text, longest=LONGEST_VALUE)
    except KeyFault:
        raise MalformedProof("proofValue", _EXPECTED) from None
    if header == DERIVED and data.startswith(BASE):
        raise NotDerived
    if not data.startswith(header):
        raise MalformedProof("proofValue", _EXPECTED)
    try:
        stream = io.BytesIO(data[len(header) :])
        parts = cbor2.load(stream)
    except (cbor2.CBORError, ValueError, TypeError, RecursionError, OverflowError, MemoryError):
        raise MalformedProof("proofValue", _EXPECTED) from None
    rest = stream.read()
    if rest or not isinstance(parts, list) or len(parts) != 5:  # noqa: PLR2004 - sections 3.5.2, 3.5.7
        raise MalformedProof("proofValue", _EXPECTED)
    return parts


def _octets(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise MalformedProof("proofValue", _EXPECTED)
    return value


def _signatures(value: object) -> tuple[bytes, ...]:
    if not isinstance(value, list) or len(value) > MOST_SIGNATURES:
        raise MalformedProof("proofValue", f"at most {MOST_SIGNATURES} signatures")
    return tuple(_octets(signature, SIGNATURE_BYTES) for signature in value)


@dataclass(frozen=True, slots=True)
class _BaseValue:
    """parseBaseProofValue, section 3.5.3."""

    signature: bytes
    key: bytes
    hmac_key: bytes
    signatures: tuple[bytes, ...]
    mandatory_pointers: tuple[str, ...]

    @classmethod
    def read(cls, text: object) -> Self:
        signature, key, hmac_key, signatures, pointers = _components(text, BASE)
        if not isinstance(pointers, list) or not all(isinstance(p, str) for p in pointers):
            raise MalformedProof("proofValue", _EXPECTED)
        return cls(
            _octets(signature, SIGNATURE_BYTES),
            _octets(key, KEY_BYTES),
            _octets(hmac_key, HMAC_BYTES),
            _signatures(signatures),
            tuple(checked_pointers(pointers)),
        )


@dataclass(frozen=True, slots=True)
class _DerivedValue:
    """parseDerivedProofValue, section 3.5.8."""

    signature: bytes
    key: PublicKey
    signatures: tuple[bytes, ...]
    labels: Mapping[int, bytes]
    mandatory: frozenset[int]

    @classmethod
    def read(cls, text: object) -> Self:
        signature, key, signatures, labels, mandatory = _components(text, DERIVED)
        if not isinstance(labels, dict) or not all(type(k) is int for k in labels):
            raise MalformedProof("proofValue", _EXPECTED)
        named = {number: _octets(label, HMAC_BYTES) for number, label in labels.items()}
        if len(set(named.values())) != len(named):
            raise MalformedProof("proofValue", "different names for different nodes")
        if not isinstance(mandatory, list) or not all(type(i) is int for i in mandatory):
            raise MalformedProof("proofValue", _EXPECTED)
        own = _octets(key, KEY_BYTES)
        if not own.startswith(KEY_PREFIX):
            raise MalformedProof("proofValue", "one with a P-256 key of its own")
        try:
            public = PublicKey(KeyType.P256, own.removeprefix(KEY_PREFIX))
        except KeyFault:
            raise MalformedProof("proofValue", "one with a P-256 key of its own") from None
        return cls(
            _octets(signature, SIGNATURE_BYTES),
            public,
            _signatures(signatures),
            named,
            frozenset(mandatory),
        )

    def label(self, name: str) -> str:
        """The signed name of the node that has this canonical name now."""
        try:
            return multibase.encode_base64url(self.labels[int(name.removeprefix("c14n"))])
        except KeyError:
            raise InvalidSignature from None
