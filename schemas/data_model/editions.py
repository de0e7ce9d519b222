"""Which edition of the data model does a document follow?

Its first context decides: VCDM 1.1 where that is the context of 1.1, else VCDM 2.0.  Both have
most rules in common; an edition says in which section each stands, and which members hold
objects that must say their type.
"""

from dataclasses import dataclass
from typing import Final

from schemas.contexts import VC_V1, VC_V2
from schemas.data_model.place import Place

DATA_INTEGRITY: Final = "Data Integrity 1.0, section 2.1"


@dataclass(frozen=True, slots=True)
class TypedMember:
    """A member that holds one or more objects, each with a type."""

    name: str
    section: str
    needs_id: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the standard: its context, and where it says what."""

    context: str
    contexts: str
    identifiers: str
    types: str
    issuer: str
    subject: str
    presentations: str
    of_credentials: tuple[TypedMember, ...]
    of_presentations: tuple[TypedMember, ...]


_REFRESH: Final = TypedMember("refreshService", "VCDM 2.0, section 5.4")
_TERMS: Final = TypedMember("termsOfUse", "VCDM 2.0, section 5.5")
_RESERVED: Final = (
    TypedMember("confidenceMethod", "VCDM 2.0, section 5.10"),
    TypedMember("renderMethod", "VCDM 2.0, section 5.10"),
)
_PROOF: Final = TypedMember("proof", DATA_INTEGRITY)

V2_0: Final = Edition(
    context=VC_V2,
    contexts="VCDM 2.0, section 4.3",
    identifiers="VCDM 2.0, section 4.4",
    types="VCDM 2.0, section 4.5",
    issuer="VCDM 2.0, section 4.7",
    subject="VCDM 2.0, section 4.8",
    presentations="VCDM 2.0, section 4.13",
    of_credentials=(
        TypedMember("credentialStatus", "VCDM 2.0, section 4.10"),
        TypedMember("credentialSchema", "VCDM 2.0, section 4.11", needs_id=True),
        _REFRESH,
        _TERMS,
        TypedMember("evidence", "VCDM 2.0, section 5.6"),
        *_RESERVED,
        _PROOF,
    ),
    of_presentations=(_REFRESH, _TERMS, *_RESERVED, _PROOF),
)

_REFRESH_1_1: Final = TypedMember("refreshService", "VCDM 1.1, section 5.5", needs_id=True)
_TERMS_1_1: Final = TypedMember("termsOfUse", "VCDM 1.1, section 5.6")
_PROOF_1_1: Final = TypedMember("proof", "VCDM 1.1, section 4.7")

V1_1: Final = Edition(
    context=VC_V1,
    contexts="VCDM 1.1, section 4.1",
    identifiers="VCDM 1.1, section 4.2",
    types="VCDM 1.1, section 4.3",
    issuer="VCDM 1.1, section 4.5",
    subject="VCDM 1.1, section 4.4",
    presentations="VCDM 1.1, section 4.10",
    of_credentials=(
        TypedMember("credentialStatus", "VCDM 1.1, section 4.9", needs_id=True),
        TypedMember("credentialSchema", "VCDM 1.1, section 5.4", needs_id=True),
        _REFRESH_1_1,
        _TERMS_1_1,
        TypedMember("evidence", "VCDM 1.1, section 5.7"),
        _PROOF_1_1,
    ),
    of_presentations=(_REFRESH_1_1, _TERMS_1_1, _PROOF_1_1),
)


def edition_of(document: Place) -> Edition:
    """The edition by whose rules a credential or presentation is judged."""
    first = next(document.member("@context").each(), None)
    return V1_1 if first is not None and first.value == VC_V1 else V2_0
