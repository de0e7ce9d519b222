"""How much of what strangers publish is read for one request?

Each list, schema and log is held to a limit of its own.  But a presentation has room for sixteen
credentials, each of which points at several of them, and all together would keep the processor
busy for a quarter of a minute; so they are counted together too.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

from proofs.chain import proofs_of
from proofs.errors import CanonicalizationRefused, StatusError
from proofs.limits import Limits
from proofs.size import Size
from service.fetching import Fetched, Found, Reason, Resource, Unreachable

OCTETS: Final = 20_000_000
"""Bytes, weighed; reading a million as JSON takes about fifteen milliseconds."""
SCHEMA: Final = 10
"""How much dearer than to read it is to make something of a schema."""
LOG: Final = 40
"""The same for a log of a DID, all of which is put into canonical form again and again."""
UNPACKED: Final = 4
"""Bytes that can be unpacked for the price of reading one."""
LIMITS: Final = Limits()
HELD: Final = 384_000_000
"""Bytes of evidence and related resources, which are held until the answer is made: six of the
largest, as many as are fetched at once."""
TOO_MUCH: Final = "what this request leads to is more than is read for one"


class Unpacked(Protocol):
    """A list, which says how many bytes came out of it."""

    @property
    def unpacked(self) -> int:
        """Bytes."""
        ...


T = TypeVar("T", bound=Unpacked)


@dataclass(slots=True)
class Allowance:
    """What is left for one request.

    Attributes:
        octets: bytes to be read, weighed.
        values: members and items of published credentials, to be read as JSON-LD.
        contexts: contexts of these.
        held: bytes to be kept for their digests.
    """

    octets: int = OCTETS
    values: int = LIMITS.values
    contexts: int = LIMITS.contexts
    held: int = HELD
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def taken(self, fetched: Fetched[Resource], weight: int = 1) -> Fetched[Resource]:
        """What was fetched, if as much may still be read, or why it is not."""
        if isinstance(fetched, Found):
            self.octets -= weight * len(fetched.value.body)
            if self.octets < 0:
                return Unreachable(fetched.value.url, TOO_MUCH, Reason.TOO_LARGE)
        return fetched

    @property
    def is_spent(self) -> bool:
        """Whether no more is read."""
        return min(self.octets, self.values, self.contexts) < 0

    async def unpack(self, read: Callable[[], T]) -> T:
        """Read a list, off the event loop, and count what came out of it against the next one.

        One after the other, since nobody knows before how much will come out.

        Raises:
            ProofError: as `read`.
            StatusError: so much came out of others that this one is not unpacked.
        """
        async with self.turn:
            if self.octets < 0:
                raise StatusError(TOO_MUCH)
            found = await asyncio.to_thread(read)
            self.octets -= found.unpacked // UNPACKED
            return found

    def check_proofs(self, view: Mapping[str, Any]) -> None:
        """Count a published credential, before its proofs are checked.

        Raises:
            CanonicalizationRefused: it is more than is left.
        """
        size, times = Size.of(view), len(proofs_of(view))
        self.values -= times * size.values
        self.contexts -= times * size.contexts
        if self.values < 0:
            spent = LIMITS.values - self.values
            raise CanonicalizationRefused("values, with all before it,", spent, LIMITS.values)
        if self.contexts < 0:
            spent = LIMITS.contexts - self.contexts
            raise CanonicalizationRefused("contexts, with all before it,", spent, LIMITS.contexts)
