"""Which cryptosuites do we speak?  One module per suite, named as its specification names it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from proofs.errors import UnknownCryptosuite
from proofs.suites import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ecdsa_sd_2023,
    ed25519_signature_2020,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)
from proofs.suites.suite import PROOF_TYPE, How, Suite

SUITES: Final[Mapping[str, Suite]] = MappingProxyType(
    {
        module.SUITE.name: module.SUITE
        for module in (
            eddsa_rdfc_2022,
            eddsa_jcs_2022,
            ecdsa_rdfc_2019,
            ecdsa_jcs_2019,
            ecdsa_sd_2023,
            ed25519_signature_2020,
        )
    }
)
"""Name → suite; cannot be changed at run time."""


def suite(name: str) -> Suite:
    """Look a suite up by its name.

    Raises:
        UnknownCryptosuite: not one of ours.
    """
    try:
        return SUITES[name]
    except KeyError:
        raise UnknownCryptosuite(name, SUITES) from None


__all__ = ["PROOF_TYPE", "SUITES", "How", "Suite", "suite"]
