"""Who issues and who shows, when a suite asks?

One key of each kind, made when the process starts, and a name for each way of securing: suites
are told one address per way, and send no options.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from issuer.organisations.seal import Seal
from keys import did_jwk, did_key
from keys.memory import MemorySigner, generate, public_half
from keys.public_key import KeyType
from proofs.suites import PROOF_TYPE


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of key, and how documents are secured with it unless the options say otherwise."""

    key: KeyType
    kind: str = PROOF_TYPE
    cryptosuite: str | None = None
    has_status: bool = False


WAYS: Final[Mapping[str, Way]] = MappingProxyType(
    {
        "ed25519": Way(KeyType.ED25519),
        "p256": Way(KeyType.P256),
        "p384": Way(KeyType.P384),
        "rsa": Way(KeyType.RSA, "JWT"),
        "eddsa-rdfc-2022": Way(KeyType.ED25519, cryptosuite="eddsa-rdfc-2022"),
        "eddsa-jcs-2022": Way(KeyType.ED25519, cryptosuite="eddsa-jcs-2022"),
        "ecdsa-rdfc-2019-p256": Way(KeyType.P256, cryptosuite="ecdsa-rdfc-2019"),
        "ecdsa-rdfc-2019-p384": Way(KeyType.P384, cryptosuite="ecdsa-rdfc-2019"),
        "ecdsa-jcs-2019-p256": Way(KeyType.P256, cryptosuite="ecdsa-jcs-2019"),
        "ecdsa-jcs-2019-p384": Way(KeyType.P384, cryptosuite="ecdsa-jcs-2019"),
        "ecdsa-sd-2023": Way(KeyType.P256, cryptosuite="ecdsa-sd-2023"),
        "vc-jwt-eddsa": Way(KeyType.ED25519, "vc+jwt"),
        "vc-jwt-es256": Way(KeyType.P256, "vc+jwt"),
        "vc-jwt-es384": Way(KeyType.P384, "vc+jwt"),
        "sd-jwt": Way(KeyType.P256, "vc+sd-jwt"),
        "open-badges-es256": Way(KeyType.P256, "JWT"),
        "open-badges-rs256": Way(KeyType.RSA, "JWT"),
        "bitstring-status-list": Way(KeyType.ED25519, has_status=True),
    }
)
"""Name in the address → what is signed there, and how."""


@dataclass(frozen=True, slots=True)
class Actors:
    """One signer for each kind of key."""

    signers: Mapping[KeyType, MemorySigner]

    @classmethod
    def fresh(cls) -> "Actors":
        """New keys, which nobody keeps."""
        return cls({kind: _signer(kind) for kind in dict.fromkeys(w.key for w in WAYS.values())})

    def seal(self, name: str, url: str) -> Seal:
        """Who issues under this name.

        Args:
            name: one of `WAYS`.
            url: where this process is reached.
        """
        signer = self.signers[WAYS[name].key]
        did = signer.verification_method.partition("#")[0]
        return Seal("conformance", did, "Skillmark conformance", url, signer)


def _signer(kind: KeyType) -> MemorySigner:
    key = generate(kind)
    public = public_half(key)
    if kind is KeyType.RSA:  # for which did:key has no place here
        return MemorySigner(f"{did_jwk.did_for(public)}#0", key)
    return MemorySigner(did_key.method_for(public), key)
