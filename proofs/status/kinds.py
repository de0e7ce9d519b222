"""Which generation of the standard is a list of?

Bitstring Status List 1.0, and its draft of 2021, which is still published in places.  They differ
in the names of their types and in how the bits are written as text.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

MINIMUM_ENTRIES: Final = 131_072  # section 3.2, step 2: fewer entries reveal who is meant

LARGEST_SIZE: Final = 8
"""Bits per entry that we read and write; 256 messages are as many as anybody tells apart."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The names of one generation.

    Attributes:
        entry: type of the object under `credentialStatus`.
        credential: type of the credential that holds the list.
        subject: type of the list itself.
        multibase: `encodedList` begins with the letter of its base.
        minimum_entries: how many entries a list must have.
        deprecated: no longer recommended.
    """

    entry: str
    credential: str
    subject: str
    multibase: bool
    minimum_entries: int
    deprecated: bool = False


BITSTRING: Final = Kind(
    "BitstringStatusListEntry",
    "BitstringStatusListCredential",
    "BitstringStatusList",
    multibase=True,
    minimum_entries=MINIMUM_ENTRIES,
)
STATUS_LIST_2021: Final = Kind(
    "StatusList2021Entry",
    "StatusList2021Credential",
    "StatusList2021",
    multibase=False,
    minimum_entries=1,  # its draft checks no length, and shorter lists are published
    deprecated=True,
)

KINDS: Final = MappingProxyType({kind.entry: kind for kind in (BITSTRING, STATUS_LIST_2021)})
"""Type of the entry → kind; the newest first."""
