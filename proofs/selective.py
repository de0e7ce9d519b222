"""What does a holder show of a credential?

Add Derived Proof of the suites with selective disclosure; VC Data Integrity ECDSA 1.0, section
3.5.6.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from proofs.chain import proofs_of
from proofs.errors import MissingProof, UnknownCryptosuite
from proofs.limits import Limits
from proofs.rdf import Loader
from proofs.suites import SUITES, How, ecdsa_sd_2023
from schemas.contexts import document_loader


def disclose(
    secured: Mapping[str, Any],
    pointers: Iterable[str],
    *,
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> dict[str, Any]:
    """The document with a derived proof, and nothing but what is selected and what is mandatory.

    Args:
        secured: a document with one base proof, as its holder has it.
        pointers: JSON Pointers (RFC 6901) to what is shown.
        limits: how much work is done.
        loader: where contexts come from.

    Raises:
        MissingProof: it has no proof.
        UnknownCryptosuite: none of its proofs lets its holder leave anything out.
        NothingSelected: no pointer, or one that leads nowhere.
        ProofError: the base proof cannot be used.
    """
    proofs = proofs_of(secured)
    if not proofs:
        raise MissingProof
    disclosing = [name for name, suite in SUITES.items() if suite.discloses]
    for proof in proofs:
        if isinstance(proof, Mapping) and proof.get("cryptosuite") in disclosing:
            return ecdsa_sd_2023.derive(secured, proof, pointers, How(limits or Limits(), loader))
    first = proofs[0]
    named = first.get("cryptosuite") if isinstance(first, Mapping) else None
    raise UnknownCryptosuite(str(named), disclosing)
