"""Which cryptosuites do we speak?  One module per suite, named as its specification names it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from keys.public_key import KeyType
from proofs.errors import UnknownCryptosuite
from proofs.suites import eddsa_rdfc_2022


@dataclass(frozen=True, slots=True)
class Suite:
    """The two things that every cryptosuite does."""

    name: str
    key_type: KeyType
    create_proof: Callable[..., bytes]
    verify_proof: Callable[..., None]


SUITES: Final[Mapping[str, Suite]] = MappingProxyType(
    {
        module.NAME: Suite(module.NAME, module.KEY_TYPE, module.create_proof, module.verify_proof)
        for module in (eddsa_rdfc_2022,)
    }
)
"""Name as written in `proof.cryptosuite` → suite; cannot be changed at run time."""


def suite(name: str) -> Suite:
    """Look a suite up by its name.

    Raises:
        UnknownCryptosuite: not one of ours.
    """
    try:
        return SUITES[name]
    except KeyError:
        raise UnknownCryptosuite(name, SUITES) from None
