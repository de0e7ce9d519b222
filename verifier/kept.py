"""What does one verification leave behind for the next?

Public things only, and never what was judged: the documents of issuers, their lists, schemas and
bound resources, each under everything that decided what was found.  RFC 9111 says how long, five
minutes at most, for schemas ten; a status list no longer than its `ttl` and than its signature
and the key of that hold.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

from keys.controller import ControllerDocument
from keys.errors import KeyFault
from proofs.digests import Digest
from proofs.status import StatusListCredential
from proofs.token_status_list import TokenStatusList
from schemas.validate import JsonSchema
from service.fetching import Fetched, Found, Resource, Unreachable
from service.freshness import good_until
from service.memory import Lasting, Memory
from verifier.facts import Untold

V = TypeVar("V")

MINUTE: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(minutes=5)
SCHEMAS: Final = timedelta(minutes=10)
MEGABYTE: Final = 1_000_000

ListKey = tuple[str, str, str]
"""Address, kind of entry, and who must have issued it."""

TokenListKey = tuple[str, str]
"""Address, and who must have issued it."""

BoundKey = tuple[str, tuple[Digest, ...]]
"""Address, and the digests of what is meant."""

Looked = ControllerDocument | KeyFault | Unreachable
List = Found[StatusListCredential] | Untold
TokenList = Found[TokenStatusList] | Untold


@dataclass(frozen=True, slots=True)
class Kept:
    """The memories of one verifier.

    Attributes:
        documents: of issuers, by DID or address.
        lists: status lists, whose proof, issuer and period were found in order.
        token_lists: Token Status Lists, whose signature was found in order.
        keys: what is at the addresses of keys and of metadata that names keys.
        schemas: safe to use, or why they are not.
        bound: related resources and evidence that had the digests they must have.
    """

    documents: Memory[str, Looked] = field(default_factory=lambda: Memory(1_024, 8 * MEGABYTE))
    lists: Memory[ListKey, List] = field(default_factory=lambda: Memory(512, 64 * MEGABYTE))
    token_lists: Memory[TokenListKey, TokenList] = field(
        default_factory=lambda: Memory(256, 16 * MEGABYTE)
    )
    keys: Memory[str, Fetched[Resource]] = field(default_factory=lambda: Memory(512, 8 * MEGABYTE))
    schemas: Memory[tuple[str, ...], JsonSchema | str] = field(
        default_factory=lambda: Memory(128, 32 * MEGABYTE)
    )
    bound: Memory[BoundKey, Fetched[Resource]] = field(
        default_factory=lambda: Memory(512, 32 * MEGABYTE)
    )


def lasting(  # noqa: PLR0913 - two inputs; the rest has one usual value
    value: V,
    of: Found[Resource],
    *,
    unsaid: timedelta = MINUTE,
    longest: timedelta = LONGEST,
    ends: datetime | None = None,
    weight: int | None = None,
) -> Lasting[V]:
    """Something made of what was fetched, for as long as that may be kept.

    Args:
        value: what was made of it.
        of: what was fetched.
        unsaid: how long it is kept if its server does not say.
        longest: how long it is kept at most.
        ends: when it ends by itself, if it does.
        weight: bytes that it takes; those of what was fetched if not given.
    """
    until = good_until(of, unsaid=unsaid, longest=longest)
    if until is not None and ends is not None:
        until = min(until, ends)
    return Lasting(value, of.at, until, len(of.value.body) if weight is None else weight)
