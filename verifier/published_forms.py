"""Which published forms does a document name, and what do they demand?

VCDM 2.0, section 4.11 (Data Schemas); Verifiable Credentials JSON Schema Specification, sections
2.1 (JsonSchema) and 2.2 (JsonSchemaCredential); Open Badges 3.0 for its own kind.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from proofs.errors import ProofError
from schemas import open_badges
from schemas.document import Document
from schemas.errors import MalformedDocument, UnsafeSchema
from schemas.validate import JsonSchema
from service.fetching import Unreachable
from service.memory import Lasting
from verifier.allowance import SCHEMA as SCHEMA_WEIGHT
from verifier.checks import issuer_key, proof
from verifier.controllers import RESOURCE
from verifier.envelopes import Opened, is_token, open_token
from verifier.facts import PublishedForm
from verifier.kept import SCHEMAS, lasting
from verifier.reading import identifier, inner, members, moment_or_none, text
from verifier.resolve import FIXES, Resolver, is_as_fixed
from verifier.side_by_side import side_by_side
from verifier.signatures import of_credential
from verifier.trust_in_lists import end_of, first_end
from verifier.verdict import Outcome

MOST_FORMS: Final = 4
SCHEMA: Final = "JsonSchema"
IN_A_CREDENTIAL: Final = "JsonSchemaCredential"
ACCEPT: Final = {
    SCHEMA: "application/schema+json, application/json",
    IN_A_CREDENTIAL: "application/vc, application/vc+jwt, application/json",
}


def known_forms(view: Mapping[str, Any], resolver: Resolver) -> tuple[PublishedForm, ...] | None:
    """Every form that a document names, if all of them are known without asking anybody."""
    named = members(view.get("credentialSchema"))
    known = tuple(map(_Reader(resolver).known, named))
    if len(named) > MOST_FORMS or None in known:
        return None
    return tuple(one for one in known if one is not None)


async def forms_of(view: Mapping[str, Any], resolver: Resolver) -> tuple[PublishedForm, ...]:
    """Every form that a document names in `credentialSchema`, or why it is not known."""
    named = members(view.get("credentialSchema"))
    reader = _Reader(resolver)
    found = await side_by_side([reader.form(one) for one in named[:MOST_FORMS]])
    if len(named) > MOST_FORMS:
        why = f"more than {MOST_FORMS} schemas"
        return (*found, PublishedForm(text(named[MOST_FORMS], "id"), why))
    return found


def _key(named: Mapping[str, Any]) -> tuple[str, ...]:
    """Everything that decides what is found: address, kind and what fixes it."""
    fixed = (f"{member} {text(named, member)}" for member in sorted(FIXES & named.keys()))
    return (text(named, "id"), text(named, "type"), *fixed)


class _NotBelieved(Exception):
    """Why a schema in a credential says nothing."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the credential that publishes the schema: {why}")


@dataclass(frozen=True, slots=True)
class _Reader:
    resolver: Resolver

    def known(self, named: Mapping[str, Any]) -> PublishedForm | None:
        """One form, if nobody has to be asked for it."""
        url, kind = text(named, "id"), text(named, "type")
        if kind == open_badges.KIND:
            known = open_badges.published_schema(url)
            return PublishedForm(url, known or f"{kind} {url[:200]}", is_known=known is not None)
        if kind not in ACCEPT:
            return PublishedForm(url, kind[:200] or "a schema without a type", is_known=False)
        found = self.resolver.kept.schemas.recall(_key(named), self.resolver.now)
        return PublishedForm(url, found) if found is not None else None

    async def form(self, named: Mapping[str, Any]) -> PublishedForm:
        """One form, in the way of its kind."""
        if (known := self.known(named)) is not None:
            return known
        url, kind = text(named, "id"), text(named, "type")
        found = await self.resolver.controllers.find(
            self.resolver.kept.schemas, _key(named), lambda: self._fetched(named, url, kind)
        )
        return PublishedForm(url, found)

    async def _fetched(
        self, named: Mapping[str, Any], url: str, kind: str
    ) -> Lasting[JsonSchema | str]:
        """The schema at an address, or why there is none to believe; only a schema is kept."""
        fetched = await self.resolver.fetcher.fetch(url, accept=ACCEPT[kind], limits=RESOURCE)
        fetched = self.resolver.allowance.taken(fetched, SCHEMA_WEIGHT)
        if isinstance(fetched, Unreachable):
            return Lasting(fetched.because)
        body, ends = fetched.value.body, None
        if not is_as_fixed(named, body):
            return Lasting("what is at its address is not what the document fixes by digest")
        try:
            if kind == IN_A_CREDENTIAL:
                schema, ends = await self._in_credential(body)
            else:
                schema = Document.read(body).view
            compiled = await asyncio.to_thread(JsonSchema.read, schema)
        except UnsafeSchema as error:
            return Lasting(str(error))
        except (MalformedDocument, ProofError) as error:
            return Lasting(f"what is at its address is no schema: {error}")
        except _NotBelieved as why:
            return Lasting(str(why))
        weight = compiled.weight
        return lasting(compiled, fetched, unsaid=SCHEMAS, longest=SCHEMAS, ends=ends, weight=weight)

    async def _in_credential(self, body: bytes) -> tuple[Mapping[str, Any], datetime | None]:
        """The schema that a credential publishes, and when that ends.

        Raises:
            _NotBelieved: the credential is not one to believe.
        """
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
            raise _NotBelieved(f"its credentialSubject must be of type {SCHEMA}, with a jsonSchema")
        since, until = moment_or_none(view.get("validFrom")), moment_or_none(view.get("validUntil"))
        if (since is not None and since > now) or (until is not None and until < now):
            raise _NotBelieved("it is not in force")
        self.resolver.allowance.check_proofs(view)
        signatures = await of_credential(opened, self.resolver.controllers)
        issuer = identifier(view.get("issuer"))
        for check in (
            proof.of_signatures(signatures, now),
            issuer_key.of_signatures(signatures, issuer, now),
        ):
            if check.outcome is not Outcome.PASSED:
                raise _NotBelieved(check.detail or check.because)
        held = signatures if isinstance(signatures, tuple) else ()
        return schema, first_end([until, *map(end_of, held)])
