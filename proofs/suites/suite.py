"""What does every cryptosuite do?

Data Integrity 1.0, section 3.1: it makes proofs and it verifies them, for keys of certain kinds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from keys.public_key import KeyType, PublicKey
from keys.signer import Signer
from proofs.errors import MalformedProof, WrongKeyForSuite
from proofs.limits import Limits
from proofs.rdf import Loader
from schemas.contexts import document_loader

PROOF_TYPE: Final = "DataIntegrityProof"

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class How:
    """What a suite works with beside document, options and key.

    Attributes:
        limits: how much work is done.
        loader: where contexts come from.
        mandatory_pointers: JSON Pointers (RFC 6901) to what a holder may never leave out; only
            for suites with selective disclosure.
    """

    limits: Limits = field(default_factory=Limits)
    loader: Loader = document_loader
    mandatory_pointers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """A cryptosuite.

    Attributes:
        name: as written in `proof.cryptosuite`; for suites from before, in `proof.type`.
        key_types: the keys it works with.
        create: document and options in, the whole proof out.
        verify: document, proof and key in; raises `ProofError` unless the proof holds.
        proof_type: as written in `proof.type`.
        deprecated: verified for what is in the wild, never made.
        derive: document, base proof and JSON Pointers in, what a holder shows out; only for suites
            whose holder can leave parts out.
        over_json: the JSON of a document is signed, and not what it means as RDF.
    """

    name: str
    key_types: frozenset[KeyType]
    create: Callable[[Json, Json, Signer, How], dict[str, Any]]
    verify: Callable[[Json, Json, PublicKey, How], None]
    proof_type: str = PROOF_TYPE
    deprecated: bool = False
    derive: Callable[[Json, Json, Iterable[str], How], dict[str, Any]] | None = None
    over_json: bool = False

    @property
    def discloses(self) -> bool:
        """Whether a holder can leave parts out."""
        return self.derive is not None

    def check_key(self, key: PublicKey) -> None:
        """Refuse a key of another kind.

        Raises:
            WrongKeyForSuite: the key is not of the suite's kinds.
        """
        if key.type not in self.key_types:
            raise WrongKeyForSuite(self.name, str(key.type), " or ".join(sorted(self.key_types)))


def check_options(options: Json, name: str, proof_type: str = PROOF_TYPE) -> None:
    """Refuse options that were meant for another suite.

    Raises:
        MalformedProof: the options are those of another type or suite.
    """
    if options.get("type") != proof_type:
        raise MalformedProof("type", proof_type)
    if proof_type == PROOF_TYPE and options.get("cryptosuite") != name:
        raise MalformedProof("cryptosuite", name)
