"""Is what is there now what was assessed?"""

import enum
from dataclasses import dataclass

from evidence.errors import IncomparableDigests
from proofs.digests import Digest


@dataclass(frozen=True, slots=True)
class Gone:
    """The place answered that there is nothing any more."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Nobody could look: unreachable, too large, private."""

    because: str


class Comparison(enum.StrEnum):
    """How what was found relates to what was expected; not knowing is its own answer."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"


def compare(expected: Digest, found: Digest | Gone | Unread) -> Comparison:
    """Compare the digest in a credential with what is there now.

    Raises:
        IncomparableDigests: the found bytes were digested by another function.
    """
    match found:
        case Unread():
            return Comparison.UNKNOWN
        case Gone():
            return Comparison.GONE
        case Digest():
            if found.algorithm is not expected.algorithm:
                raise IncomparableDigests(expected.algorithm, found.algorithm)
            return Comparison.SAME if expected.equals(found) else Comparison.CHANGED
