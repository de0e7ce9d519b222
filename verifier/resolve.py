"""What is there to be known about this document?

Everything comes through the fetcher it is given; nothing here judges.  What could not be had is
written down as such.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from keys import did_jwk, did_key, did_web
from keys.controller import ControllerDocument, Relationship, VerificationMethod
from keys.did import Did, DidUrl
from keys.errors import (
    ControllerMismatch,
    KeyFault,
    MalformedControllerDocument,
    MethodNotSupported,
)
from proofs.digests import Digest
from proofs.errors import MalformedDigest, ProofError
from proofs.verify import Proof, read_proofs, verify_proof
from schemas.document import Document
from schemas.errors import MalformedDocument, SchemaError
from service.fetching import Fetched, Fetcher, FetchLimits, Resource, Unreachable
from verifier.facts import Bound, Signature
from verifier.reading import identifier, members, text

RESOURCE: Final = FetchLimits(seconds=5.0)
EVIDENCE: Final = FetchLimits(body_bytes=64_000_000, seconds=20.0)
MOST_RESOURCES: Final = 20
MOST_EVIDENCE: Final = 50
AT_ONCE: Final = 6
READERS: Final = {"digestMultibase": Digest.parse, "digestSRI": Digest.parse_sri}
FIXES: Final = READERS.keys()


@dataclass(frozen=True, slots=True)
class Resolver:
    """Looks things up for one verification; an issuer's document is fetched once."""

    fetcher: Fetcher
    now: datetime
    development: bool
    documents: dict[str, asyncio.Task[ControllerDocument | KeyFault | Unreachable]]

    async def controller(self, did: str) -> ControllerDocument | KeyFault | Unreachable:
        """The document of a DID; DID Resolution 1.0, section 4."""
        if did not in self.documents:
            self.documents[did] = asyncio.create_task(self._controller(did))
        return await self.documents[did]

    async def _controller(self, did: str) -> ControllerDocument | KeyFault | Unreachable:
        try:
            match Did.parse(did).method:
                case "key":
                    return did_key.resolve(did)
                case "jwk":
                    return did_jwk.resolve(did)
                case "web":
                    return await self._did_web(did)
                case other:
                    return MethodNotSupported(other)
        except KeyFault as fault:
            return fault

    async def _did_web(self, did: str) -> ControllerDocument | KeyFault | Unreachable:
        url = did_web.document_url(did, loopback_http=self.development)
        fetched = await self.fetcher.fetch(
            url, accept="application/did+json, application/json", limits=RESOURCE
        )
        if isinstance(fetched, Unreachable):
            return fetched
        try:
            return ControllerDocument.read(Document.read(fetched.value.body).view, did)
        except MalformedDocument as error:
            return MalformedControllerDocument(f"what is at {url} is no DID document: {error}")

    async def signatures(self, document: Document) -> tuple[Signature, ...] | ProofError:
        """Every proof of the document, with its key and with what is wrong with it."""
        try:
            proofs = read_proofs(document)
        except ProofError as error:
            return error
        issuer = identifier(document.view.get("issuer"))
        return tuple([await self._signature(document, proof, issuer) for proof in proofs])

    async def _signature(self, document: Document, proof: Proof, issuer: str) -> Signature:
        key = await self._key(proof, issuer)
        if not isinstance(key, VerificationMethod):
            return Signature(proof, key)
        try:
            await asyncio.to_thread(verify_proof, document, proof, key.public_key)
        except (ProofError, SchemaError) as flaw:
            return Signature(proof, key, flaw, checked=True)
        return Signature(proof, key, checked=True)

    async def _key(self, proof: Proof, issuer: str) -> VerificationMethod | KeyFault | Unreachable:
        """The named key, from the document of the DID that it is part of."""
        try:
            did = DidUrl.parse(proof.verification_method).did
        except KeyFault as fault:
            if issuer.startswith(("https://", "http://")):
                return MethodNotSupported("https")
            return fault
        if did != issuer:
            return ControllerMismatch(did, issuer)  # and nobody's address is asked for it
        found = await self.controller(did)
        if not isinstance(found, ControllerDocument):
            return found
        try:
            return found.key_for(proof.verification_method, Relationship.ASSERTION)
        except KeyFault as fault:
            return fault

    async def schema(self, view: Mapping[str, Any]) -> tuple[Document | str | None, str]:
        """The JSON Schema that the document names, or why not; and a kind we do not know."""
        named = members(view.get("credentialSchema"))
        if not named:
            return None, ""
        known = [one for one in named if text(one, "type") == "JsonSchema"]
        if not known:
            return None, text(named[0], "type") or "a schema without a type"
        fetched = await self.fetcher.fetch(
            text(known[0], "id"),
            accept="application/schema+json, application/json",
            limits=RESOURCE,
        )
        if isinstance(fetched, Unreachable):
            return fetched.because, ""
        if not _is_as_fixed(known[0], fetched.value.body):
            return "what is at its address is not what the document fixes by digest", ""
        try:
            return Document.read(fetched.value.body), ""
        except MalformedDocument as error:
            return f"what is at its address is no schema: {error}", ""

    async def related(self, view: Mapping[str, Any]) -> tuple[Bound, ...]:
        """Related resources, fetched side by side."""
        named = members(view.get("relatedResource"))
        bound = [_bound(one) for one in named[:MOST_RESOURCES]]
        if len(named) > MOST_RESOURCES:
            why = f"more than {MOST_RESOURCES} related resources"
            bound.append(Bound(text(named[MOST_RESOURCES], "id"), (), None, name=why))
        return await self.fetch_all(tuple(bound), RESOURCE)

    async def fetch_all(self, bound: tuple[Bound, ...], limits: FetchLimits) -> tuple[Bound, ...]:
        """Fetch what the document binds, a few at a time."""
        turns = asyncio.Semaphore(AT_ONCE)

        async def fetch(one: Bound) -> Bound:
            async with turns:
                found: Fetched[Resource] = await self.fetcher.fetch(one.url, limits=limits)
                return Bound(one.url, one.expected, found, one.name, one.genre)

        return tuple(await asyncio.gather(*(fetch(one) for one in bound)))


def evidence_of(view: Mapping[str, Any]) -> tuple[Bound, ...]:
    """What the document points at as evidence, not yet looked at."""
    return tuple(_bound(one) for one in members(view.get("evidence"))[:MOST_EVIDENCE])


def _bound(one: Mapping[str, Any]) -> Bound:
    return Bound(text(one, "id"), _digests(one), None, text(one, "name"), text(one, "genre"))


def _is_as_fixed(one: Mapping[str, Any], body: bytes) -> bool:
    """Whether these are the bytes, where the entry fixes any; a digest we cannot read fits none."""
    return not FIXES & one.keys() or _bound(one).fixes(body)


def _digests(one: Mapping[str, Any]) -> tuple[Digest, ...]:
    """Every digest that is given; none when one of them cannot be read."""
    given = {name: one[name] for name in FIXES & one.keys()}
    try:
        return tuple(READERS[name](str(value)) for name, value in sorted(given.items()))
    except MalformedDigest:
        return ()
