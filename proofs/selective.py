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
from proofs.suites import SUITES, How
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
    how = How(limits or Limits(), loader)
    for proof in proofs:
        suite = SUITES.get(_suite_of(proof))
        if isinstance(proof, Mapping) and suite is not None and suite.derive is not None:
            return suite.derive(secured, proof, pointers, how)
    disclosing = (name for name, suite in SUITES.items() if suite.discloses)
    raise UnknownCryptosuite(_suite_of(proofs[0]), disclosing)


def _suite_of(proof: object) -> str:
    return str(proof.get("cryptosuite")) if isinstance(proof, Mapping) else ""
