"""What does the issuer publish about withdrawal?

Bitstring Status List 1.0, section 3.2 (Validate Algorithm), steps 1 to 10: the list is a
credential of its own, and is worth as much as its own proof, issuer and period.  Whatever is
wrong with it is a reason not to know, never a reason to trust.  A list is fetched once, however
many entries point at it.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from keys.controller import VerificationMethod
from keys.lifecycle import may_sign
from proofs import revocation_list_1edtech as names
from proofs.errors import IndexOutsideList, ProofError
from proofs.jose.jws import Jws
from proofs.jose.vc_jwt import media_type
from proofs.revocation_list_1edtech import RevocationList, RevocationListEntry
from proofs.status import KINDS, Kind, StatusEntry, StatusListCredential
from proofs.token_status_list import MEDIA_TYPE, TYPE, TokenStatusEntry, TokenStatusList
from schemas.document import Document
from schemas.errors import MalformedDocument
from schemas.limits import JsonLimits
from service.fetching import Fetched, Found, Resource, Unreachable
from service.memory import Lasting
from verifier.checks.proof import CLOCKS_DIFFER
from verifier.controllers import RESOURCE
from verifier.envelopes import Opened, is_token, open_token
from verifier.facts import Published, Signature, Untold
from verifier.kept import LONGEST, List, TokenList, lasting
from verifier.origins import origin_of, origin_of_issuer
from verifier.reading import identifier, moment, text, types
from verifier.resolve import Resolver
from verifier.side_by_side import side_by_side
from verifier.signatures import of_credential, of_status_token

MOST_ENTRIES: Final = 8
ACCEPT: Final = "application/vc, application/vc+jwt, application/json"
LARGEST: Final = JsonLimits(document_bytes=2_000_000, values=100_000)
"""As much as is fetched: lists grow with what they list."""

FOREIGN: Final = "the list was issued by somebody else than the credential"


async def published(view: Mapping[str, Any], resolver: Resolver) -> tuple[Published, ...]:
    """What is published under every status entry of a document, or why nothing is known."""
    given = view.get("credentialStatus")
    if given is None or given == []:
        return ()
    listed = given if isinstance(given, list) else [given]
    if len(listed) > MOST_ENTRIES or not all(isinstance(entry, Mapping) for entry in listed):
        flaw = f"credentialStatus must be an object, or a list of at most {MOST_ENTRIES}"
        return (Published(Untold(flaw)),)
    lists = Lists(text(view, "id"), identifier(view.get("issuer")), resolver)
    return await side_by_side([lists.published(entry) for entry in listed])


def token_status(
    claims: Mapping[str, Any], idx: int, now: datetime, uri: str, at: datetime | None = None
) -> Published:
    """What a Token Status List says about a token; section 8.3 (Validation Rules), from step 3b.

    Args:
        claims: the payload of the list, whose signature was verified already.
        idx: the place in the list that the token names.
        now: the moment of the verification.
        uri: the address of the list that the token names.
        at: when the list was fetched.
    """
    try:
        found = TokenStatusList.read(claims, uri)
    except ProofError as error:
        return Published(Untold(str(error)), uri, f"entry {idx}")
    return _token_told(found, idx, now, uri, at)


def _token_told(
    found: TokenStatusList, idx: int, now: datetime, uri: str, at: datetime | None
) -> Published:
    place = f"entry {idx}"
    try:
        status = found.status(idx)
    except IndexOutsideList as error:
        return Published(Untold(str(error), outside_list=True), uri, place)
    begins = max(found.issued_at, found.not_before or found.issued_at)
    if flaw := _outside(begins, found.expires, now):
        return Published(Untold(flaw), uri, place)
    ttl = None if found.ttl is None else int(found.ttl * 1000)
    return Published(status, uri, place, at, ttl)


async def of_token(status: Mapping[str, Any], issuer: str, resolver: Resolver) -> Published:
    """What the Token Status List says that an SD-JWT VC names in its claim `status`.

    The list is a JWT of the credential's own issuer; section 8.3, steps 1 to 3.
    """
    try:
        entry = TokenStatusEntry.read(status)
    except ProofError as error:
        return Published(Untold(str(error), unknown_kind=True), "")
    url = entry.list_url
    lists, search = resolver.kept.token_lists, partial(_token_list, url, issuer, resolver)
    read = await resolver.controllers.find(lists, (url, issuer), search, anew=resolver.anew)
    if isinstance(read, Untold):
        return Published(read, url)
    return _token_told(read.value, entry.index, resolver.now, url, read.at)


async def _token_list(url: str, issuer: str, resolver: Resolver) -> Lasting[TokenList]:
    """A Token Status List, or why there is none to believe."""
    fetched = await resolver.fetcher.fetch(url, accept=MEDIA_TYPE, limits=RESOURCE)
    fetched = resolver.allowance.taken(fetched)
    if isinstance(fetched, Unreachable):
        return Lasting(Untold(fetched.because))
    try:
        jws = Jws.read(fetched.value.body.strip().decode("ascii", "replace"))
        if media_type(jws.text("typ")) != TYPE:
            return Lasting(Untold(f"typ of the list must be {TYPE}"))
        signature = await of_status_token(jws, issuer, resolver.controllers)
        if flaw := _badly_signed(signature, issuer, resolver.now):
            return Lasting(Untold(flaw))
        claims = jws.claims().view
    except ProofError as error:
        return Lasting(Untold(f"what is there is no list: {error}"))
    try:
        found = await resolver.allowance.unpack(partial(TokenStatusList.read, claims, url))
    except ProofError as error:
        return Lasting(Untold(str(error)))
    return lasting(
        Found(found, fetched.at),
        fetched,
        longest=_longest(None if found.ttl is None else found.ttl * 1000),
        ends=_first([found.expires, signature.proof.expires]),
        weight=found.unpacked,
    )


def _first(ends: Iterable[datetime | None]) -> datetime | None:
    """When the first of these ends."""
    return min(filter(None, ends), default=None)


def _longest(ttl_ms: float | None) -> timedelta:
    """How long a list is kept at most, by its own `ttl` in milliseconds."""
    return LONGEST if ttl_ms is None else min(LONGEST, timedelta(milliseconds=max(0, ttl_ms)))


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
        place = f"entry {entry.index}"
        read = await self._list(entry.list_url, entry.kind)
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

    async def _list(self, url: str, kind: Kind) -> List:
        key = (url, kind.entry)
        if key not in self.read:
            kept, now, anew = self.resolver.kept.lists, self.resolver.now, self.resolver.anew
            ours = (*key, self.issuer)
            if not anew and (known := kept.recall(ours, now)) is not None:
                return known
            search = partial(self._read, url, kind)
            found = self.resolver.controllers.find(kept, ours, search, anew=anew)
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
            longest=_longest(found.ttl_ms),
            ends=_first([_period(view)[1], *(each.proof.expires for each in signatures)]),
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
        flaws = (_badly_signed(signature, self.issuer, now) for signature in signatures)
        return next(filter(None, flaws), None) or signatures


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
    return _outside(begins, ends, now)


def _period(view: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """When a list begins and ends; VCDM 1.1 has other names for it than 2.0.

    Raises:
        ValueError: a time that cannot be read.
    """
    since = [moment(view.get(member)) for member in ("validFrom", "issuanceDate")]
    until = [moment(view.get(member)) for member in ("validUntil", "expirationDate")]
    return max(filter(None, since), default=None), _first(until)


def _outside(since: datetime | None, until: datetime | None, now: datetime) -> str | None:
    if since is not None and since > now + CLOCKS_DIFFER:
        return "the list is not yet valid"
    if until is not None and until <= now:
        return "the list has expired"
    return None


def _badly_signed(signature: Signature, issuer: str, now: datetime) -> str | None:
    if not isinstance(signature.key, VerificationMethod):
        return f"the key of the list: {_why(signature.key)}"
    created, expires = signature.proof.created, signature.proof.expires
    flaws = {
        "the list was signed with the key of somebody else": signature.key.controller != issuer,
        "the list was signed with a key no longer in use": not may_sign(
            signature.key.life.state(now)
        ),
        f"the proof of the list: {signature.flaw}": signature.flaw is not None,
        "the proof of the list was not checked": not signature.checked,
        "the proof of the list is not yet valid": created is not None
        and created > now + CLOCKS_DIFFER,
        "the proof of the list has expired": expires is not None and expires <= now,
    }
    return next((flaw for flaw, found in flaws.items() if found), None)


def _why(fault: Exception | Unreachable) -> str:
    return fault.because if isinstance(fault, Unreachable) else str(fault)
