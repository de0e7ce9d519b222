"""Is this to be relied on?  From whatever a client hands over to the report.

One path for the page, the API and the command line: read the input, fetch the credential once,
gather the facts, judge them.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from proofs.errors import ProofError
from proofs.rdf import Loader
from schemas.contexts import document_loader
from schemas.document import Document
from schemas.errors import MalformedDocument
from service.fetching import Fetcher, Unreachable
from service.work_by_size import by_size
from verifier.checks.format import unreadable
from verifier.controllers import Controllers
from verifier.envelopes import Opened, open_credential
from verifier.facts import Bound, EvidenceMode, Facts, Published, PublishedForm
from verifier.handed_over import handed_over, not_had
from verifier.issuers import IssuerLists
from verifier.judge import judge, unproven
from verifier.kept import Kept
from verifier.policy import RequiredProof
from verifier.presentations import Occasion, open_presentation, open_the_credential
from verifier.presented import (
    PresentationFacts,
    PresentationReport,
    judge_presentation,
    unreadable_presentation,
)
from verifier.published_forms import forms_of, known_forms
from verifier.report import Report
from verifier.resolve import EVIDENCE, Resolver, evidence_of
from verifier.signatures import Signatures, of_credential, of_presentation
from verifier.status_lists import known_statuses, statuses_of
from verifier.words import are_signed, undefined_word


@dataclass(frozen=True, slots=True)
class Verifier:
    """A verifier with what it stands on.

    Attributes:
        fetcher: the only way out.
        issuers: the lists of known issuers.
        development: plain http to this machine is trusted, and every answer says so.
        kept: what was found lately.
        loader: where contexts come from; another only for public test suites.
    """

    fetcher: Fetcher
    issuers: IssuerLists
    development: bool = False
    kept: Kept = field(default_factory=Kept)
    loader: Loader = document_loader

    async def verify(  # noqa: PLR0913 - what is given, and what is wanted of it
        self,
        given: str,
        *,
        now: datetime,
        evidence: EvidenceMode = EvidenceMode.CACHED,
        profile: str | None = None,
        required_proofs: tuple[RequiredProof, ...] = (),
        anew: bool = False,
    ) -> Report:
        """Judge what a client pasted: a link, a code or a document; as `verify_document`.

        Raises:
            InputRefused: there is nothing to judge; the message says what to paste instead.
        """
        raw = await handed_over(given, self.fetcher, self.issuers)
        if isinstance(raw, Unreachable):
            return unproven([not_had(raw)], now, development=self.development)
        return await self.verify_document(
            raw,
            now=now,
            evidence=evidence,
            profile=profile,
            required_proofs=required_proofs,
            anew=anew,
        )

    async def verify_document(  # noqa: PLR0913 - what is given, and what is wanted of it
        self,
        given: bytes | Document,
        *,
        now: datetime,
        evidence: EvidenceMode = EvidenceMode.CACHED,
        profile: str | None = None,
        required_proofs: tuple[RequiredProof, ...] = (),
        anew: bool = False,
        shown: bool = True,
    ) -> Report:
        """Judge a credential.

        Args:
            given: the bytes of JSON or of a token, or JSON that was read already.
            now: the moment of the verification.
            evidence: how much to do about evidence.
            profile: the profile that it should belong to.
            required_proofs: proofs that it must have; in a set, one that was taken out leaves no
                trace.
            anew: ask for status lists anew, whatever was found lately.
            shown: a presentation will do, if it shows one credential and no other; the
                presentation itself is not judged.

        Raises:
            InputRefused: it is a presentation of several, or one where none will do.
        """
        try:
            opening = open_the_credential if shown else open_credential
            opened = await by_size(_size(given), opening, given)
        except (MalformedDocument, ProofError) as error:
            return unproven([unreadable(str(error))], now, development=self.development)
        controllers = Controllers(self.fetcher, now, self.development, self.kept)
        return await self.judge(
            opened,
            controllers,
            evidence=evidence,
            profile=profile,
            required_proofs=required_proofs,
            anew=anew,
        )

    async def verify_presentation(
        self, given: bytes | Document, *, now: datetime, occasion: Occasion | None = None
    ) -> PresentationReport:
        """Judge a presentation, and every credential in it.

        Args:
            given: the bytes of JSON, of a VP-JWT, or of an SD-JWT with key binding, or JSON that
                was read already.
            now: the moment of the verification.
            occasion: the challenge and domain that were given out to the holder.
        """
        try:
            shown = await by_size(_size(given), open_presentation, given)
        except (MalformedDocument, ProofError) as error:
            return unreadable_presentation(str(error), now)
        controllers = Controllers(self.fetcher, now, self.development, self.kept)
        signatures, holder = await of_presentation(shown, controllers, loader=self.loader)
        facts = PresentationFacts(shown, signatures, holder, occasion or Occasion(), now)
        every = [self._shown(one, controllers) for one in shown.credentials]
        return judge_presentation(facts, tuple(await asyncio.gather(*every)))

    async def _shown(self, one: Opened | str, controllers: Controllers) -> Report:
        if isinstance(one, str):
            return unproven([unreadable(one)], controllers.now, development=self.development)
        return await self.judge(one, controllers, evidence=EvidenceMode.SKIP)

    async def judge(  # noqa: PLR0913 - same
        self,
        opened: Opened,
        controllers: Controllers,
        *,
        evidence: EvidenceMode = EvidenceMode.CACHED,
        profile: str | None = None,
        required_proofs: tuple[RequiredProof, ...] = (),
        anew: bool = False,
    ) -> Report:
        """Judge a credential that is out of its envelope."""
        signatures = await of_credential(opened, controllers, loader=self.loader)
        facts = Facts(
            opened.document,
            controllers.now,
            self.issuers,
            signatures,
            profile=profile,
            required_proofs=required_proofs,
            form=opened.form,
            is_presented=opened.is_presented,
        )
        if isinstance(signatures, tuple) and all(s.checked and not s.flaw for s in signatures):
            facts = await self._gather(facts, opened, Resolver(controllers, anew), evidence)
        judging = partial(judge, development=self.development)
        if all(isinstance(form.found, str) or form.found.is_ours for form in facts.forms):
            return await by_size(len(opened.document.raw), judging, facts)
        return await asyncio.to_thread(judging, facts)  # a stranger's schema may take its time

    async def _gather(
        self, facts: Facts, opened: Opened, resolver: Resolver, evidence: EvidenceMode
    ) -> Facts:
        """Look at what a genuine document points at, and at its words."""
        statuses, forms, related, shown = await self._look(opened, resolver, evidence)
        return replace(
            facts,
            statuses=statuses,
            forms=forms,
            related=related,
            evidence=shown,
            undefined=await self._undefined(opened, facts.signatures),
        )

    async def _look(
        self, opened: Opened, resolver: Resolver, evidence: EvidenceMode
    ) -> tuple[
        tuple[Published, ...], tuple[PublishedForm, ...], tuple[Bound, ...], tuple[Bound, ...]
    ]:
        """What it points at: status, schemas, what is related, evidence.

        Side by side; without a task for each where all of it is remembered.
        """
        view = opened.document.view
        statuses = known_statuses(opened, resolver)
        forms = known_forms(view, resolver)
        related = resolver.known_related(view)
        shown = self._evidence(evidence_of(view), resolver, evidence)
        if statuses is not None and forms is not None and related is not None:
            return statuses, forms, related, await shown
        return await asyncio.gather(
            statuses_of(opened, resolver), forms_of(view, resolver), resolver.related(view), shown
        )

    async def _undefined(self, opened: Opened, signatures: Signatures) -> str | None:
        """A word that no context defines, where no signature has shown that there is none."""
        if isinstance(signatures, ProofError) or are_signed(signatures):
            return None
        return await asyncio.to_thread(undefined_word, opened.document.view, self.loader)

    async def _evidence(
        self, named: tuple[Bound, ...], resolver: Resolver, mode: EvidenceMode
    ) -> tuple[Bound, ...]:
        match mode:
            case EvidenceMode.SKIP:
                return named
            case EvidenceMode.CACHED:
                return resolver.recall_all(named)
            case EvidenceMode.WAIT:
                return await resolver.fetch_all(named, EVIDENCE, anew=True)


def _size(given: bytes | Document) -> int:
    return len(given.raw if isinstance(given, Document) else given)
