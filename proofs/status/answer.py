"""What does a list say about one credential?

The same answer, whichever list gave it: Bitstring Status List 1.0, section 3.2, steps 11 to 15
(Validate Algorithm), a Token Status List, or a list of names.
"""

import enum
from dataclasses import dataclass


class Purpose(enum.StrEnum):
    """What a status is about, section 2.1; an issuer may have purposes of its own."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    REFRESH = "refresh"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Status:
    """The status of one credential.

    Attributes:
        purpose: what the value is about; `Purpose`, or a purpose of the issuer's own.
        value: 0 is unset; of several bits the whole value.
        message: what the issuer says that the value means, or why it was set.
        deprecated: the list is of a kind that is no longer recommended.
    """

    purpose: str
    value: int
    message: str = ""
    deprecated: bool = False

    @property
    def is_set(self) -> bool:
        """Whether the value says anything but "no"; `valid` of step 13, turned around."""
        return self.value != 0


def purpose_of(text: str) -> str:
    """A purpose by its name; one that the standard does not know stays as it was written."""
    try:
        return Purpose(text)
    except ValueError:
        return text
