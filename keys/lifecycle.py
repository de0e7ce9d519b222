"""What does the age of a key mean for what it signed?

A key is active, then retired (no longer used, old signatures stand), or compromised
(somebody else may have used it, so a signature proves nothing unless it is shown to be older).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class KeyState(StrEnum):
    """Where a key stands in its life."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


MOVES: Final[Mapping[KeyState, frozenset[KeyState]]] = {
    KeyState.ACTIVE: frozenset({KeyState.RETIRED, KeyState.COMPROMISED}),
    KeyState.RETIRED: frozenset({KeyState.COMPROMISED}),
    KeyState.COMPROMISED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class KeyLife:
    """What the issuer's document says of a key: when it ended, and how.

    `expires` is a planned end, `revoked` an end with cause (Controlled Identifiers 1.0,
    section 2.2); after `revoked` the key is taken to be compromised.
    """

    expires: datetime | None = None
    revoked: datetime | None = None

    def state(self, now: datetime) -> KeyState:
        """Where the key stands at `now`."""
        if self.revoked is not None and self.revoked <= now:
            return KeyState.COMPROMISED
        if self.expires is not None and self.expires <= now:
            return KeyState.RETIRED
        return KeyState.ACTIVE


def may_sign(state: KeyState) -> bool:
    """Whether new signatures may be made."""
    return state is KeyState.ACTIVE
