"""Was a document changed after it was signed?

Verify Proof, Data Integrity 1.0, section 4.4.  Whose key it is, and whether the issuer
meant it for this purpose, is answered before, by `keys/` and the caller.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from keys import multibase
from keys.errors import KeyFault
from keys.public_key import PublicKey
from proofs.errors import MalformedProof, MissingProof, TooManyProofs, WrongProofPurpose
from proofs.limits import Limits
from proofs.rdf import Loader
from proofs.suites import suite
from proofs.suites.eddsa_rdfc_2022 import PROOF_TYPE
from schemas.contexts import document_loader
from schemas.document import Document

LONGEST_SIGNATURE: Final = 200  # characters of base58; reading them costs the square
_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof as read, section 2.1; nothing in it is known to be true yet."""

    type: str
    cryptosuite: str
    created: datetime | None
    expires: datetime | None
    verification_method: str
    purpose: str
    proof_value: str
    raw: Mapping[str, Any]


def read_proofs(document: Document, limits: Limits | None = None) -> tuple[Proof, ...]:
    """Read every proof of a document.

    Raises:
        MissingProof: none, or an empty list.
        TooManyProofs: more than the limit.
        MalformedProof: a member is missing or is not what it must be.
    """
    limits = limits or Limits()
    found = document.view.get("proof")
    proofs = tuple(found) if isinstance(found, (list, tuple)) else (found,)
    if found is None or not proofs:
        raise MissingProof
    if len(proofs) > limits.proofs:
        raise TooManyProofs(len(proofs), limits.proofs)
    return tuple(map(read_proof, proofs))


def read_proof(raw: object) -> Proof:
    """Read one proof.

    Raises:
        MalformedProof: a member is missing or is not what it must be.
    """
    if not isinstance(raw, Mapping):
        raise MalformedProof("", "an object")
    if raw.get("type") != PROOF_TYPE:
        raise MalformedProof("type", PROOF_TYPE)
    if "@context" in raw:
        raise MalformedProof("@context", "absent; a proof is read in its document's contexts")
    if "previousProof" in raw:
        raise MalformedProof("previousProof", "absent; chains of proofs are not read")
    return Proof(
        type=PROOF_TYPE,
        cryptosuite=_text(raw, "cryptosuite"),
        created=_moment(raw, "created"),
        expires=_moment(raw, "expires"),
        verification_method=_text(raw, "verificationMethod"),
        purpose=_text(raw, "proofPurpose"),
        proof_value=_text(raw, "proofValue"),
        raw=raw,
    )


def _text(raw: Mapping[str, Any], member: str) -> str:
    value = raw.get(member)
    if not isinstance(value, str) or not value:
        raise MalformedProof(member, "a string")
    return value


def _moment(raw: Mapping[str, Any], member: str) -> datetime | None:
    value = raw.get(member)
    if value is None and member not in raw:
        return None
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise MalformedProof(member, "a date and time with its offset, like 2026-03-03T12:00:00Z")


def verify_proof(  # noqa: PLR0913 - three inputs; the rest has one right value
    document: Document,
    proof: Proof,
    key: PublicKey,
    *,
    purpose: str = "assertionMethod",
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> None:
    """Check that `key` signed this document, with these options, for this purpose.

    Raises:
        InvalidSignature: the document, the options or the key are not those that were signed.
        WrongProofPurpose: signed for something else.
        UnknownCryptosuite: not one of ours.
        WrongKeyForSuite: the key is of another type than the suite's.
        MeaningLost: the document says something that no signature covers.
        UnknownContext: a context that is not bundled.
    """
    if proof.purpose != purpose:
        raise WrongProofPurpose(proof.purpose, purpose)
    chosen = suite(proof.cryptosuite)
    unsecured = {name: value for name, value in document.view.items() if name != "proof"}
    options = {name: value for name, value in proof.raw.items() if name != "proofValue"}
    signature = _signature(proof.proof_value)
    chosen.verify_proof(unsecured, options, signature, key, limits=limits, loader=loader)


def _signature(proof_value: str) -> bytes:
    expected = "a signature in base58btc, after the letter z"
    if len(proof_value) > LONGEST_SIGNATURE or not proof_value.startswith("z"):
        raise MalformedProof("proofValue", expected)
    try:
        return multibase.decode(proof_value)
    except KeyFault:
        raise MalformedProof("proofValue", expected) from None
