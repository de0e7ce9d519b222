"""Which published forms does a document name, and what do they demand?

VCDM 2.0, section 4.11 (Data Schemas); Verifiable Credentials JSON Schema Specification, sections
2.1 (JsonSchema) and 2.2 (JsonSchemaCredential); Open Badges 3.0 for its own kind.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from proofs.errors import ProofError
from schemas import open_badges
from schemas.document import Document
from schemas.errors import MalformedDocument
from service.fetching import Fetched, Found, Resource, Unreachable
from verifier.checks import issuer_key, proof
from verifier.controllers import RESOURCE
from verifier.envelopes import Opened, is_token, open_token
from verifier.facts import PublishedForm
from verifier.reading import identifier, inner, members, moment_or_none, text
from verifier.resolve import Resolver, is_as_fixed
from verifier.signatures import of_credential
from verifier.verdict import Outcome

MOST_FORMS: Final = 4
SCHEMA: Final = "JsonSchema"
IN_A_CREDENTIAL: Final = "JsonSchemaCredential"
ACCEPT: Final = {
    SCHEMA: "application/schema+json, application/json",
    IN_A_CREDENTIAL: "application/vc, application/vc+jwt, application/json",
}
KEEP: Final = timedelta(minutes=10)
MOST_KEPT: Final = 128
LARGEST_KEPT: Final = 200_000  # bytes; as much as is compiled


@dataclass(slots=True)
class KeptForms:
    """A small memory of what was fetched, bounded in number, size and age."""

    found: OrderedDict[str, Found[Resource]] = field(default_factory=OrderedDict)

    def remember(self, url: str, fetched: Fetched[Resource]) -> None:
        """Keep what was found, if it was found and is small."""
        if isinstance(fetched, Found) and len(fetched.value.body) <= LARGEST_KEPT:
            self.found[url] = fetched
            self.found.move_to_end(url)
            while len(self.found) > MOST_KEPT:
                self.found.popitem(last=False)

    def recall(self, url: str, now: datetime) -> Found[Resource] | None:
        """What was found at this address lately."""
        known = self.found.get(url)
        return known if known is not None and timedelta(0) <= now - known.at <= KEEP else None


async def forms_of(
    view: Mapping[str, Any], resolver: Resolver, kept: KeptForms
) -> tuple[PublishedForm, ...]:
    """Every form that a document names in `credentialSchema`, or why it is not known."""
    named = members(view.get("credentialSchema"))
    reader = _Reader(resolver, kept)
    found = await asyncio.gather(*map(reader.form, named[:MOST_FORMS]))
    if len(named) > MOST_FORMS:
        why = f"more than {MOST_FORMS} schemas"
        found.append(PublishedForm(text(named[MOST_FORMS], "id"), why))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Reader:
    resolver: Resolver
    kept: KeptForms

    async def form(self, named: Mapping[str, Any]) -> PublishedForm:
        """One form, in the way of its kind."""
        url, kind = text(named, "id"), text(named, "type")
        if kind == open_badges.KIND:
            known = open_badges.published_schema(url)
            return PublishedForm(url, known or f"{kind} {url[:200]}", is_known=known is not None)
        if kind not in ACCEPT:
            return PublishedForm(url, kind[:200] or "a schema without a type", is_known=False)
        return PublishedForm(url, await self._fetched(named, url, kind))

    async def _fetched(
        self, named: Mapping[str, Any], url: str, kind: str
    ) -> Mapping[str, Any] | str:
        """The schema at an address, or why there is none to believe."""
        fetched = await self._fetch(url, ACCEPT[kind])
        if isinstance(fetched, Unreachable):
            return fetched.because
        body = fetched.value.body
        if not is_as_fixed(named, body):
            return "what is at its address is not what the document fixes by digest"
        try:
            return Document.read(body).view if kind == SCHEMA else await self._in_credential(body)
        except (MalformedDocument, ProofError) as error:
            return f"what is at its address is no schema: {error}"

    async def _fetch(self, url: str, accept: str) -> Fetched[Resource]:
        known = self.kept.recall(url, self.resolver.now)
        if known is not None:
            return known
        fetched = await self.resolver.fetcher.fetch(url, accept=accept, limits=RESOURCE)
        self.kept.remember(url, fetched)
        return fetched

    async def _in_credential(self, body: bytes) -> Mapping[str, Any] | str:
        """The schema that a credential publishes, or why it is not one to believe."""
        written = body.strip()
        opened = (
            open_token(written.decode("ascii"))
            if is_token(written)
            else Opened(Document.read(body))
        )
        view, now = opened.document.view, self.resolver.now
        subject = inner(view, "credentialSubject")
        schema = subject.get("jsonSchema")
        if not isinstance(schema, Mapping) or text(subject, "type") != SCHEMA:
            return f"credentialSubject of the schema must be of type {SCHEMA}, with a jsonSchema"
        since, until = moment_or_none(view.get("validFrom")), moment_or_none(view.get("validUntil"))
        if (since is not None and since > now) or (until is not None and until < now):
            return "the credential that publishes the schema is not in force"
        signatures = await of_credential(opened, self.resolver.controllers)
        issuer = identifier(view.get("issuer"))
        for check in (
            proof.of_signatures(signatures, now),
            issuer_key.of_signatures(signatures, issuer, now),
        ):
            if check.outcome is not Outcome.PASSED:
                return f"the credential that publishes the schema: {check.detail or check.because}"
        return schema
