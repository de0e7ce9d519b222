"""How is a document signed?

Add Proof, Data Integrity 1.0, section 4.2.
"""

import copy
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from keys import multibase
from keys.signer import Signer
from proofs.errors import AlreadySecured
from proofs.limits import Limits
from proofs.rdf import Loader
from proofs.suites import suite
from proofs.suites.eddsa_rdfc_2022 import PROOF_TYPE
from schemas.contexts import document_loader


def secure(  # noqa: PLR0913 - the proof options of section 4.2
    view: Mapping[str, Any],
    signer: Signer,
    now: datetime,
    *,
    cryptosuite: str = "eddsa-rdfc-2022",
    purpose: str = "assertionMethod",
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> dict[str, Any]:
    """Return the whole secured document, its proof last; `view` is left as it is.

    Raises:
        AlreadySecured: the document carries a proof.
        UnknownCryptosuite: not one of ours.
        WrongKeyForSuite: the signer's key is of another type.
        MeaningLost: the document says something that would not be signed.
    """
    if "proof" in view:
        raise AlreadySecured
    chosen = suite(cryptosuite)
    options = configure(signer.verification_method, now, cryptosuite=cryptosuite, purpose=purpose)
    signature = chosen.create_proof(view, options, signer, limits=limits, loader=loader)
    proof = options | {"proofValue": multibase.encode_base58btc(signature)}
    return {**copy.deepcopy(dict(view)), "proof": proof}


def configure(
    verification_method: str, now: datetime, *, cryptosuite: str, purpose: str
) -> dict[str, str]:
    """The proof options, section 2.1: everything in the proof but its value."""
    return {
        "type": PROOF_TYPE,
        "cryptosuite": cryptosuite,
        "created": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": verification_method,
        "proofPurpose": purpose,
    }
