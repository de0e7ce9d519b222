"""Whose key is it?

Controlled Identifiers 1.0, section 3.3, and DID Resolution 1.0, section 4: the named key is taken
from the document of whoever is said to have signed, fetched once, and kept for a while.  Nobody
else's address is ever asked, and no key that came with a signature counts by itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar
from urllib.parse import urlsplit

from keys import did_jwk, did_key, did_web, jwk
from keys.controller import ControllerDocument, Relationship, VerificationMethod
from keys.did import Did, DidUrl
from keys.errors import (
    ControllerMismatch,
    DidNotFound,
    KeyFault,
    MalformedControllerDocument,
    MalformedDid,
    MalformedKey,
    MethodNotFound,
    MethodNotSupported,
)
from keys.public_key import PublicKey
from proofs import did_webvh
from schemas.document import Document
from schemas.errors import MalformedDocument
from service.fetching import Fetched, Fetcher, FetchLimits, Reason, Resource, Unreachable
from service.memory import Lasting, Memory
from verifier.allowance import LOG as LOG_WEIGHT
from verifier.allowance import Allowance
from verifier.kept import Kept, Looked, lasting
from verifier.reading import members, text

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

RESOURCE: Final = FetchLimits(seconds=5.0)
LOG: Final = FetchLimits(seconds=5.0)
ABSENT: Final = frozenset({404, 410})
JSON: Final = "application/json"
WELL_KNOWN: Final = "/.well-known/jwt-vc-issuer"

Key = VerificationMethod | KeyFault | Unreachable


@dataclass(frozen=True, slots=True)
class Hint:
    """What a signature says about its key: a name, or the key itself, or neither."""

    named: str | None
    brought: PublicKey | None = None


@dataclass(frozen=True, slots=True)
class Controllers:
    """Looks up who publishes which keys, for one request.

    Attributes:
        fetcher: the only way out.
        now: the moment of the verification.
        development: plain http to this machine is trusted.
        kept: what was found lately.
        documents: what was found for this request, so that all of it sees the same.
        allowance: what may still be read for it, of whatever kind.
    """

    fetcher: Fetcher
    now: datetime
    development: bool
    kept: Kept = field(default_factory=Kept)
    documents: dict[str, asyncio.Task[Looked]] = field(default_factory=dict)
    allowance: Allowance = field(default_factory=Allowance)

    async def document(self, address: str) -> Looked:
        """The document of a DID, or of a plain https address."""
        if (known := self.kept.documents.recall(address, self.now)) is not None:
            return known
        if address not in self.documents:
            found = self.find(self.kept.documents, address, lambda: self._document(address))
            self.documents[address] = asyncio.ensure_future(found)
        return await self.documents[address]

    async def find(
        self,
        memory: Memory[K, V],
        key: K,
        search: Callable[[], Awaitable[Lasting[V]]],
        *,
        anew: bool = False,
    ) -> V:
        """What was found lately, or what a search finds now; as `Memory.find`.

        What a request finds when it may read no more is nobody else's answer.
        """

        async def affordable() -> Lasting[V]:
            found = await search()
            return replace(found, is_own=found.is_own or self.allowance.is_spent)

        return await memory.find(key, self.now, affordable, anew=anew)

    async def key(self, hint: Hint, owner: str, relationship: Relationship) -> Key:
        """The key that a signature names, out of the document of its owner.

        Args:
            hint: what the signature says.
            owner: DID or address of who is said to have signed.
            relationship: what the key must be published for.
        """
        if flaw := _foreign(hint.named, owner):
            return flaw
        found = await self.document(owner)
        if not isinstance(found, ControllerDocument):
            return found
        try:
            if hint.brought is not None:
                return found.key_like(hint.brought, relationship)
            return found.key_named(hint.named, relationship)
        except KeyFault as fault:
            return fault

    async def badge_key(self, hint: Hint, owner: str) -> Key:
        """The key of an Open Badge: `kid` may be the address of the bare key itself.

        Open Badges 3.0, section 8.4; only an address below the issuer's own is asked, for what is
        there is published by the issuer.
        """
        named = hint.named
        if hint.brought is not None or named is None or not _is_below(named, owner):
            return await self.key(hint, owner, Relationship.ASSERTION)
        fetched = await self._json(named.partition("#")[0])
        if isinstance(fetched, Unreachable):
            return fetched
        return _bare_key(fetched.value, named, owner)

    async def metadata_key(self, owner: str, kid: str | None) -> Key:
        """The key of an SD-JWT VC whose issuer is an https address.

        SD-JWT VC, section 5 (JWT VC Issuer Metadata).
        """
        try:
            parts = urlsplit(owner)
        except ValueError:
            return MalformedDid(f"not an address: {owner[:200]!r}")
        address = f"{parts.scheme}://{parts.netloc}{WELL_KNOWN}{parts.path.rstrip('/')}"
        fetched = await self._json(address)
        if isinstance(fetched, Unreachable):
            return fetched
        try:
            view = Document.read(fetched.value.body).view
            if view.get("issuer") != owner:
                return ControllerMismatch(text(view, "issuer"), owner)
            keys = view.get("jwks")
            if not isinstance(keys, Mapping):
                keys = await self._key_set(text(view, "jwks_uri"))
            return keys if isinstance(keys, Unreachable) else _from_set(keys, kid, owner)
        except (MalformedDocument, MalformedKey) as error:
            return MalformedControllerDocument(f"what is at {address} names no keys: {error}")

    async def _key_set(self, address: str) -> Mapping[str, object] | Unreachable:
        fetched = await self._json(address)
        if isinstance(fetched, Unreachable):
            return fetched
        return Document.read(fetched.value.body).view

    async def _json(self, address: str) -> Fetched[Resource]:
        """What is at the address of a key, or of metadata that names keys."""

        async def fetch() -> Lasting[Fetched[Resource]]:
            found = await self.fetcher.fetch(address, accept=JSON, limits=RESOURCE)
            return Lasting(found) if isinstance(found, Unreachable) else lasting(found, found)

        return await self.find(self.kept.keys, address, fetch)

    async def _document(self, address: str) -> Lasting[Looked]:
        try:
            if address.startswith(("https://", "http://")):
                return await self._fetched(address, address)
            return await self._did(address, Did.parse(address).method)
        except KeyFault as fault:
            return Lasting(fault)

    async def _did(self, did: str, method: str) -> Lasting[Looked]:
        match method:
            case "key":
                return Lasting(did_key.resolve(did))
            case "jwk":
                return Lasting(did_jwk.resolve(did))
            case "web":
                url = did_web.document_url(did, loopback_http=self.development)
                return await self._fetched(url, did)
            case "webvh":
                return await self._did_webvh(did)
            case other:
                return Lasting(MethodNotSupported(other))

    async def _fetched(self, url: str, address: str) -> Lasting[Looked]:
        accept = "application/did+json, application/cid, application/json"
        fetched = await self.fetcher.fetch(url, accept=accept, limits=RESOURCE)
        if isinstance(fetched, Unreachable):
            return Lasting(_absent(fetched, address))
        try:
            document = ControllerDocument.read(Document.read(fetched.value.body).view, address)
        except MalformedDocument as error:
            fault = MalformedControllerDocument(f"what is at {url} is no such document: {error}")
            return Lasting(fault)
        return lasting(document, fetched)

    async def _did_webvh(self, did: str) -> Lasting[Looked]:
        url = did_webvh.log_url(did, loopback_http=self.development)
        log = self.allowance.taken(await self.fetcher.fetch(url, limits=LOG), LOG_WEIGHT)
        if isinstance(log, Unreachable):
            return Lasting(_absent(log, did))
        witnesses = None
        if did_webvh.may_be_witnessed(log.value.body):
            url = did_webvh.witness_url(did, loopback_http=self.development)
            fetched = await self.fetcher.fetch(url, accept=JSON, limits=LOG)
            seen = self.allowance.taken(fetched, LOG_WEIGHT)
            if isinstance(seen, Unreachable) and not _is_absent(seen):
                return Lasting(seen)
            witnesses = None if isinstance(seen, Unreachable) else seen.value.body
        found = await asyncio.to_thread(did_webvh.resolve, did, log.value.body, self.now, witnesses)
        return lasting(found, log)


def _absent(why: Unreachable, address: str) -> DidNotFound | Unreachable:
    return DidNotFound(address) if _is_absent(why) else why


def _is_absent(why: Unreachable) -> bool:
    return why.reason is Reason.HTTP_STATUS and why.status in ABSENT


def _foreign(named: str | None, owner: str) -> KeyFault | None:
    """Why the named key cannot be the owner's, without asking anybody."""
    if named is None or not named.startswith(("did:", "https://", "http://")):
        return None
    try:
        base = DidUrl.parse(named).did if named.startswith("did:") else named.partition("#")[0]
    except MalformedDid as fault:
        return fault
    return None if base == owner else ControllerMismatch(base, owner)


def _is_below(address: str, owner: str) -> bool:
    """Whether an address is the owner's own, or lies in a folder of that name."""
    base = address.partition("#")[0]
    return owner.startswith("https://") and base.startswith(f"{owner.rstrip('/')}/")


def _bare_key(resource: Resource, named: str, owner: str) -> Key:
    """A JWK, or one of a set, at an address of its own."""
    try:
        view = Document.read(resource.body).view
        if "kty" in view:
            return VerificationMethod(named, owner, jwk.decode(view))
        if "keys" in view:
            return _from_set(view, named.partition("#")[2] or None, owner, named)
        return ControllerMismatch(text(view, "id"), owner)
    except (MalformedDocument, MalformedKey) as error:
        return MalformedControllerDocument(f"what is at {named} is no key: {error}")


def _from_set(
    key_set: Mapping[str, object], kid: str | None, owner: str, named: str | None = None
) -> Key:
    """The key of this `kid` in a JWK set (RFC 7517, section 5); without one, the only key."""
    keys = members(key_set.get("keys"))
    found = [key for key in keys if kid is None or key.get("kid") == kid]
    if len(found) != 1:
        return MethodNotFound(kid or "")
    return VerificationMethod(named or f"{owner}#{kid or ''}", owner, jwk.decode(found[0]))
