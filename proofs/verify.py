"""Was a document changed after it was signed?

Verify Proof and Verify Proof Sets and Chains, Data Integrity 1.0, sections 4.4 and 4.5.  Whose key
it is, and whether the issuer meant it for this purpose, is answered before, by `keys/` and the
caller.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from keys.public_key import PublicKey
from proofs.chain import building_on, check_chain, previous_of, proofs_of
from proofs.errors import (
    ChallengeDiffers,
    DomainDiffers,
    MalformedProof,
    MissingProof,
    TooManyProofs,
    WrongProofPurpose,
)
from proofs.limits import Limits
from proofs.rdf import Loader
from proofs.size import check_read
from proofs.suites import PROOF_TYPE, SUITES, How, suite
from schemas.contexts import document_loader
from schemas.document import Document
from schemas.one_or_many import listed

_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)
_MICROSECONDS: Final = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof as read, section 2.1; nothing in it is known to be true yet.

    `cryptosuite` is the name of the suite, also where the type alone says it.
    """

    type: str
    cryptosuite: str
    created: datetime | None
    expires: datetime | None
    verification_method: str
    purpose: str
    raw: Mapping[str, Any]
    challenge: str | None = None
    domains: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()

    @property
    def deprecated(self) -> bool:
        """Whether it is of a suite that is only read for what is in the wild."""
        return self.cryptosuite in SUITES and SUITES[self.cryptosuite].deprecated


def read_proofs(document: Document, limits: Limits | None = None) -> tuple[Proof, ...]:
    """Read every proof of a document.

    Raises:
        MissingProof: none, or an empty list.
        TooManyProofs: more than the limit.
        MalformedProof: a member is missing or is not what it must be.
        BrokenChain: a proof builds on one that is not there, or on itself.
        CanonicalizationRefused: too much to be read for each of the proofs.
    """
    limits = limits or Limits()
    proofs = proofs_of(document.view)
    if not proofs:
        raise MissingProof
    if len(proofs) > limits.proofs:
        raise TooManyProofs(len(proofs), limits.proofs)
    check_read(document, limits, len(proofs))
    found = tuple(map(read_proof, proofs))
    check_chain(document.view)
    return found


def read_proof(raw: object) -> Proof:
    """Read one proof.

    Raises:
        MalformedProof: a member is missing or is not what it must be.
        UnknownCryptosuite: a type of proof that we do not speak.
    """
    if not isinstance(raw, Mapping):
        raise MalformedProof("", "an object")
    kind = _text(raw, "type")
    # Older suites are named by their type alone.
    name = _text(raw, "cryptosuite") if kind == PROOF_TYPE else suite(kind).name
    _text(raw, "proofValue")
    return Proof(
        type=kind,
        cryptosuite=name,
        created=_moment(raw, "created"),
        expires=_moment(raw, "expires"),
        verification_method=_text(raw, "verificationMethod"),
        purpose=_text(raw, "proofPurpose"),
        raw=raw,
        challenge=_text(raw, "challenge") if "challenge" in raw else None,
        domains=_texts(raw, "domain"),
        previous=previous_of(raw),
    )


def _text(raw: Mapping[str, Any], member: str) -> str:
    value = raw.get(member)
    if not isinstance(value, str) or not value:
        raise MalformedProof(member, "a string")
    return value


def _texts(raw: Mapping[str, Any], member: str) -> tuple[str, ...]:
    found = listed(raw.get(member, ()))
    texts = tuple(one for one in found if isinstance(one, str) and one)
    if texts != found:
        raise MalformedProof(member, "a string or a list of strings")
    return texts


def _moment(raw: Mapping[str, Any], member: str) -> datetime | None:
    """A date-time; without a zone it is UTC, never local (section 2.1)."""
    value = raw.get(member)
    if value is None and member not in raw:
        return None
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            read = datetime.fromisoformat(_MICROSECONDS.sub(r"\1", value))
        except ValueError:
            pass
        else:
            return read if read.tzinfo else read.replace(tzinfo=UTC)
    raise MalformedProof(member, "a date and time, like 2026-03-03T12:00:00Z")


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
        BrokenChain: it builds on a proof that is not there.
        UnknownCryptosuite: not one of ours.
        WrongKeyForSuite: the key is of another type than the suite's.
        MeaningLost: the document says something that no signature covers.
        UnknownContext: a context that is not bundled.
    """
    if proof.purpose != purpose:
        raise WrongProofPurpose(proof.purpose, purpose)
    unsecured = building_on(document.view, proof.previous)
    how = How(limits or Limits(), loader)
    suite(proof.cryptosuite).verify(unsecured, proof.raw, key, how)


def check_occasion(proof: Proof, *, challenge: str | None, domain: str | None) -> None:
    """Check that a presentation was made for this occasion; section 4.4, steps 6 and 7.

    Raises:
        ChallengeDiffers: another challenge, or none where one was given out.
        DomainDiffers: another domain, or none where one is expected.
    """
    if challenge is not None and proof.challenge != challenge:
        raise ChallengeDiffers
    if domain is not None and domain not in proof.domains:
        raise DomainDiffers
