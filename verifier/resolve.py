"""What is there to be known about this document?

Everything comes through the fetcher it is given; nothing here judges.  What could not be had is
written down as such.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from proofs.digests import Digest
from proofs.errors import MalformedDigest
from service.fetching import Fetched, Fetcher, FetchLimits, Found, Resource
from service.memory import Lasting
from verifier.allowance import Allowance
from verifier.controllers import RESOURCE, Controllers
from verifier.facts import Bound
from verifier.kept import LONGEST, BoundKey, Kept, lasting
from verifier.reading import members, text
from verifier.side_by_side import side_by_side

EVIDENCE: Final = FetchLimits(body_bytes=64_000_000, seconds=20.0)
MOST_RESOURCES: Final = 20
MOST_EVIDENCE: Final = 50
AT_ONCE: Final = 6
LARGEST_KEPT: Final = 64_000  # bytes
READERS: Final = {"digestMultibase": Digest.parse, "digestSRI": Digest.parse_sri}
FIXES: Final = READERS.keys()


@dataclass(frozen=True, slots=True)
class Resolver:
    """Looks things up for one verification.

    Attributes:
        controllers: who publishes which keys.
        anew: status lists are fetched anew, whatever was found lately.
    """

    controllers: Controllers
    anew: bool = False

    @property
    def fetcher(self) -> Fetcher:
        """The only way out."""
        return self.controllers.fetcher

    @property
    def allowance(self) -> Allowance:
        """What may still be read for this request."""
        return self.controllers.allowance

    @property
    def now(self) -> datetime:
        """The moment of the verification."""
        return self.controllers.now

    @property
    def kept(self) -> Kept:
        """What was found lately."""
        return self.controllers.kept

    def known_related(self, view: Mapping[str, Any]) -> tuple[Bound, ...] | None:
        """Related resources, if all of them were found lately."""
        known = self.recall_all(_related(view))
        return known if all(one.found for one in known) else None

    async def related(self, view: Mapping[str, Any]) -> tuple[Bound, ...]:
        """Related resources, fetched side by side."""
        return await self.fetch_all(_related(view), RESOURCE)

    def recall_all(self, bound: tuple[Bound, ...]) -> tuple[Bound, ...]:
        """What the document binds, each with what was found lately, if it was as bound then."""
        return tuple(
            replace(one, found=self.kept.bound.recall(_key(one), self.now)) for one in bound
        )

    async def fetch_all(
        self, bound: tuple[Bound, ...], limits: FetchLimits, *, anew: bool = False
    ) -> tuple[Bound, ...]:
        """Fetch what the document binds, a few at a time, and no more than fits together.

        Args:
            bound: what the document binds.
            limits: how much is fetched of each.
            anew: fetch even what was found lately.
        """
        turns = asyncio.Semaphore(AT_ONCE)

        async def fetch(one: Bound) -> Bound:
            search = partial(self._search, one, limits)
            async with turns:  # who searches for others does not stand in a queue of its own
                found = await self.controllers.find(self.kept.bound, _key(one), search, anew=anew)
            return replace(one, found=found)

        return await side_by_side([fetch(one) for one in bound])

    async def _search(self, one: Bound, limits: FetchLimits) -> Lasting[Fetched[Resource]]:
        """Fetch one of them into the room that is left."""
        room = min(self.allowance.held, limits.body_bytes)
        self.allowance.held -= room
        found = await self.fetcher.fetch(one.url, limits=replace(limits, body_bytes=room))
        size = len(found.value.body) if isinstance(found, Found) else 0
        self.allowance.held += room - size
        return replace(_while_bound(one, found), is_own=room < limits.body_bytes)


def _related(view: Mapping[str, Any]) -> tuple[Bound, ...]:
    """What the document names as related, not yet looked at."""
    named = members(view.get("relatedResource"))
    bound = tuple(_bound(one) for one in named[:MOST_RESOURCES])
    if len(named) > MOST_RESOURCES:
        why = f"more than {MOST_RESOURCES} related resources"
        return (*bound, Bound(text(named[MOST_RESOURCES], "id"), (), None, name=why))
    return bound


def evidence_of(view: Mapping[str, Any]) -> tuple[Bound, ...]:
    """What the document points at as evidence, not yet looked at."""
    return tuple(_bound(one) for one in members(view.get("evidence"))[:MOST_EVIDENCE])


def _key(one: Bound) -> BoundKey:
    return one.url, one.expected


def _while_bound(one: Bound, found: Fetched[Resource]) -> Lasting[Fetched[Resource]]:
    """Kept if it is what was meant and small; a large file takes as long to hash as to fetch."""
    if isinstance(found, Found):
        body = found.value.body
        if len(body) <= LARGEST_KEPT and one.fixes(body):
            return lasting(found, found, unsaid=LONGEST)
    return Lasting(found)


def _bound(one: Mapping[str, Any]) -> Bound:
    return Bound(text(one, "id"), _digests(one), None, text(one, "name"), text(one, "genre"))


def is_as_fixed(one: Mapping[str, Any], body: bytes) -> bool:
    """Whether these are the bytes, where the entry fixes any; a digest we cannot read fits none."""
    return not FIXES & one.keys() or _bound(one).fixes(body)


def _digests(one: Mapping[str, Any]) -> tuple[Digest, ...]:
    """Every digest that is given; none when one of them cannot be read."""
    given = {name: one[name] for name in FIXES & one.keys()}
    try:
        return tuple(READERS[name](str(value)) for name, value in sorted(given.items()))
    except MalformedDigest:
        return ()
