"""What does the issuer publish about withdrawal?

Bitstring Status List 1.0, section 3.2 (Validate Algorithm), steps 1 to 10: the list is a
credential of its own, and is worth as much as its own proof, issuer and period.  Whatever is
wrong with it is a reason not to know, never a reason to trust.  A list is fetched once, however
many entries point at it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from proofs import revocation_list_1edtech as names
from proofs.errors import IndexOutsideList, ProofError
from proofs.jose.sd_jwt_vc import SdJwtCredential
from proofs.revocation_list_1edtech import RevocationList, RevocationListEntry
from proofs.status import KINDS, Kind, StatusEntry, StatusListCredential
from schemas.document import Document
from schemas.errors import MalformedDocument
from schemas.limits import JsonLimits
from schemas.one_or_many import listed
from service.fetching import Fetched, Found, Resource, Unreachable
from service.memory import Lasting
from verifier.controllers import RESOURCE
from verifier.envelopes import Opened, is_token, open_token
from verifier.facts import Published, Signature, Untold
from verifier.kept import List, lasting
from verifier.origins import origin_of, origin_of_issuer
from verifier.reading import identifier, moment, text, types
from verifier.resolve import Resolver
from verifier.side_by_side import side_by_side
from verifier.signatures import of_credential
from verifier.token_status_lists import of_token
from verifier.trust_in_lists import badly_signed, end_of, first_end, longest, outside

MOST_ENTRIES: Final = 8
ACCEPT: Final = "application/vc, application/vc+jwt, application/json"
LARGEST: Final = JsonLimits(document_bytes=2_000_000, values=100_000)
"""As much as is fetched: lists grow with what they list."""

FOREIGN: Final = "the list was issued by somebody else than the credential"


async def statuses_of(opened: Opened, resolver: Resolver) -> tuple[Published, ...]:
    """What is published about withdrawal, in the way of the credential's own form."""
    token = opened.token
    if isinstance(token, SdJwtCredential) and token.status is not None:
        return (await of_token(token.status, token.issuer, resolver),)
    return await published(opened.document.view, resolver)


def known_statuses(opened: Opened, resolver: Resolver) -> tuple[Published, ...] | None:
    """The same, if all of it was found lately and nothing is asked for anew."""
    view, token = opened.document.view, opened.token
    entries = listed(view.get("credentialStatus", ()))
    if resolver.anew or isinstance(token, SdJwtCredential) or len(entries) > MOST_ENTRIES:
        return None
    lists = Lists(text(view, "id"), identifier(view.get("issuer")), resolver)
    known = tuple(map(lists.known, entries))
    return None if None in known else tuple(one for one in known if one is not None)


async def published(view: Mapping[str, Any], resolver: Resolver) -> tuple[Published, ...]:
    """What is published under every status entry of a document, or why nothing is known."""
    given = view.get("credentialStatus")
    if given is None or given == []:
        return ()
    entries = listed(given)
    if len(entries) > MOST_ENTRIES or not all(isinstance(entry, Mapping) for entry in entries):
        flaw = f"credentialStatus must be an object, or a list of at most {MOST_ENTRIES}"
        return (Published(Untold(flaw)),)
    lists = Lists(text(view, "id"), identifier(view.get("issuer")), resolver)
    looks = [lists.published(entry) for entry in entries if isinstance(entry, Mapping)]
    return await side_by_side(looks)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that one credential points at, each fetched and read once.

    Attributes:
        credential: the `id` of the credential.
        issuer: who issued it, and must have issued the lists.
        resolver: looks things up.
    """

    credential: str
    issuer: str
    resolver: Resolver
    fetched: dict[str, asyncio.Task[Fetched[Resource]]] = field(default_factory=dict)
    read: dict[tuple[str, str], asyncio.Task[List]] = field(default_factory=dict)

    def known(self, raw: object) -> Published | None:
        """What is published under one entry, if its list was found lately."""
        if not isinstance(raw, Mapping) or not types(raw) & KINDS.keys():
            return None
        try:
            entry = StatusEntry.read(raw)
        except ProofError:
            return None
        read = self._recalled(entry.list_url, entry.kind)
        return None if read is None else _told(entry, read)

    async def published(self, raw: Mapping[str, Any]) -> Published:
        """What is published under one entry."""
        found = types(raw)
        try:
            if found & KINDS.keys():
                return await self._bits(StatusEntry.read(raw))
            if names.TYPE in found:
                return await self._names(RevocationListEntry.read(raw).list_url)
        except ProofError as error:
            return Published(Untold(str(error)))
        kinds = ", ".join(sorted(found))[:100]
        flaw = f"a kind of status that we cannot read ({kinds})"
        return Published(Untold(flaw, unknown_kind=True))

    async def _bits(self, entry: StatusEntry) -> Published:
        """What a Bitstring Status List, or one of 2021, says."""
        return _told(entry, await self._list(entry.list_url, entry.kind))

    async def _names(self, url: str) -> Published:
        """What a 1EdTech Revocation List says: "not withdrawn" only from the issuer's own host.

        Whoever serves an unsigned list can leave a credential out of it; that one is on it is
        taken from wherever the signed credential points.
        """
        fetched = await self._fetch(url)
        if isinstance(fetched, Unreachable):
            return Published(Untold(fetched.because), url)
        try:
            document = await asyncio.to_thread(Document.read, fetched.value.body, LARGEST)
            found = RevocationList.read(document.view, url)
        except MalformedDocument as error:
            return Published(Untold(_no_list(error)), url)
        except ProofError as error:
            return Published(Untold(str(error)), url)
        status = found.status(self.credential)
        if flaw := self._nobodys(found, is_listed=status.is_set, where=fetched.value.final_url):
            return Published(Untold(flaw), url)
        return Published(status, url, self.credential, fetched.at)

    def _nobodys(self, found: RevocationList, *, is_listed: bool, where: str) -> str | None:
        """Why an unsigned list is not one to believe, if it is not."""
        if found.issuer != self.issuer:
            return FOREIGN
        if not self.credential:
            return "the credential has no id, by which the list could name it"
        development = self.resolver.controllers.development
        own = origin_of_issuer(self.issuer, development=development)
        if not is_listed and (own is None or origin_of(where) != own):
            return "the list is not signed, and does not come from the issuer's own https address"
        return None

    def _recalled(self, url: str, kind: Kind) -> List | None:
        if self.resolver.anew:
            return None
        return self.resolver.kept.lists.recall((url, kind.entry, self.issuer), self.resolver.now)

    async def _list(self, url: str, kind: Kind) -> List:
        key = (url, kind.entry)
        if key not in self.read:
            if (known := self._recalled(url, kind)) is not None:
                return known
            lists, anew = self.resolver.kept.lists, self.resolver.anew
            search = partial(self._read, url, kind)
            found = self.resolver.controllers.find(lists, (*key, self.issuer), search, anew=anew)
            self.read[key] = asyncio.ensure_future(found)
        return await self.read[key]

    async def _fetch(self, url: str) -> Fetched[Resource]:
        if url not in self.fetched:
            self.fetched[url] = asyncio.create_task(self._fetch_once(url))
        return await self.fetched[url]

    async def _fetch_once(self, url: str) -> Fetched[Resource]:
        fetched = await self.resolver.fetcher.fetch(url, accept=ACCEPT, limits=RESOURCE)
        return self.resolver.allowance.taken(fetched)

    async def _read(self, url: str, kind: Kind) -> Lasting[List]:
        fetched = await self._fetch(url)
        if isinstance(fetched, Unreachable):
            return Lasting(Untold(fetched.because))
        try:
            opened = await asyncio.to_thread(_opened, fetched.value.body)
        except (MalformedDocument, ProofError) as error:
            return Lasting(Untold(_no_list(error)))
        signatures = await self._signed(opened)
        if isinstance(signatures, str):
            return Lasting(Untold(signatures))
        view = opened.document.view
        read = partial(StatusListCredential.read, view, url, kind)
        try:
            found = await self.resolver.allowance.unpack(read)
        except ProofError as error:
            return Lasting(Untold(str(error)))
        return lasting(
            Found(found, fetched.at),
            fetched,
            longest=longest(found.ttl_ms),
            ends=first_end([_period(view)[1], *map(end_of, signatures)]),
            weight=found.unpacked,
        )

    async def _signed(self, opened: Opened) -> tuple[Signature, ...] | str:
        """The signatures of a list, or why it is not one to believe."""
        view, now = opened.document.view, self.resolver.now
        if identifier(view.get("issuer")) != self.issuer:
            return FOREIGN  # nobody else's key is asked for
        if flaw := _out_of_date(view, now):
            return flaw
        try:
            self.resolver.allowance.check_proofs(view)
        except ProofError as error:
            return f"the proof of the list: {error}"
        signatures = await of_credential(opened, self.resolver.controllers)
        if not isinstance(signatures, tuple) or not signatures:
            return f"the proof of the list: {signatures or 'there is none'}"
        flaws = (badly_signed(signature, self.issuer, now) for signature in signatures)
        return next(filter(None, flaws), None) or signatures


def _told(entry: StatusEntry, read: List) -> Published:
    """What a list says about one entry."""
    place = f"entry {entry.index}"
    if isinstance(read, Untold):
        return Published(read, entry.list_url, place)
    try:
        status = read.value.status(entry)
    except IndexOutsideList as error:
        outside = Untold(str(error), outside_list=True)
        return Published(outside, entry.list_url, place)
    except ProofError as error:
        return Published(Untold(str(error)), entry.list_url, place)
    return Published(status, entry.list_url, place, read.at, read.value.ttl_ms)


def _opened(body: bytes) -> Opened:
    written = body.strip()
    if is_token(written):
        return open_token(written.decode("ascii"))
    return Opened(Document.read(body, LARGEST))


def _no_list(error: Exception) -> str:
    return f"what is at the address of the list is no list: {error}"


def _out_of_date(view: Mapping[str, Any], now: datetime) -> str | None:
    try:
        begins, ends = _period(view)
    except ValueError:
        return "the period of the list cannot be read"
    return outside(begins, ends, now)


def _period(view: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """When a list begins and ends; VCDM 1.1 has other names for it than 2.0.

    Raises:
        ValueError: a time that cannot be read.
    """
    since = [moment(view.get(member)) for member in ("validFrom", "issuanceDate")]
    until = [moment(view.get(member)) for member in ("validUntil", "expirationDate")]
    return max(filter(None, since), default=None), first_end(until)
