"""Did one of these keys sign this?

did:webvh 1.0 allows one cryptosuite, `eddsa-jcs-2022`, and keys that are their own address, as
`did:key`; entries of the log and the approvals of witnesses are signed alike.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from keys import did_key
from keys.controller import Relationship
from keys.errors import MethodNotAuthorised
from proofs.errors import MalformedProof, WrongProofPurpose
from proofs.suites import How
from proofs.suites.eddsa_jcs_2022 import SUITE
from proofs.verify import read_proof

PURPOSE: Final = Relationship.ASSERTION


def signer_of(
    unsecured: Mapping[str, Any], proof: object, allowed: Collection[str], now: datetime
) -> str:
    """The `did:key` that signed, when it is one of those that may.

    Args:
        unsecured: what was signed, without proofs.
        proof: the proof as it came.
        allowed: the DIDs, `did:key`, of those who may sign.
        now: a proof that expired before counts for nothing.

    Raises:
        ProofError: the proof cannot be read or does not hold.
        KeyFault: the key is not one of those that may sign, or is no key.
    """
    read = read_proof(proof)
    did, _, _ = read.verification_method.partition("#")
    if did not in allowed:
        raise MethodNotAuthorised(read.verification_method, "the keys that may sign here")
    if read.purpose != PURPOSE:
        raise WrongProofPurpose(read.purpose, PURPOSE)
    if read.expires is not None and read.expires <= now:
        raise MalformedProof("expires", "a time that has not passed")
    key = did_key.resolve(did).key_for(read.verification_method, PURPOSE).public_key
    SUITE.verify(unsecured, read.raw, key, How())
    return did
