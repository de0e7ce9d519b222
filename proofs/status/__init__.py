"""Was a credential withdrawn?

Bitstring Status List 1.0, and StatusList2021 before it.  A list arrives here already fetched,
with its own proof already verified; these modules only read and write bits.
"""

from typing import Final

from proofs.status.answer import Purpose, Status
from proofs.status.bitstring import StatusList
from proofs.status.credential import (
    StatusListCredential,
    read_status_list,
    status_list_credential,
)
from proofs.status.entry import StatusEntry
from proofs.status.kinds import (
    BITSTRING,
    KINDS,
    LARGEST_SIZE,
    MINIMUM_ENTRIES,
    STATUS_LIST_2021,
    Kind,
)

__all__ = [
    "BITSTRING",
    "CREDENTIAL_TYPE",
    "ENTRY_TYPE",
    "KINDS",
    "LARGEST_SIZE",
    "LIST_TYPE",
    "MINIMUM_ENTRIES",
    "STATUS_LIST_2021",
    "Kind",
    "Purpose",
    "Status",
    "StatusEntry",
    "StatusList",
    "StatusListCredential",
    "read_status_list",
    "status_list_credential",
]

ENTRY_TYPE: Final = BITSTRING.entry
CREDENTIAL_TYPE: Final = BITSTRING.credential
LIST_TYPE: Final = BITSTRING.subject
