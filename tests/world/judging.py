"""The public side of issuers, in memory, and a verifier that looks at it.

A shelf is changed by a test before it is looked at, so that each flaw stands beside its honest
twin: the same shelf, unchanged, is Confirmed.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from world.credentials import (
    ACHIEVEMENT_URL,
    AI_USE,
    ARTIFACT,
    ASSESSMENT,
    CREDENTIAL_URL,
    CRITERIA,
    ISSUER_DID,
    ISSUER_URL,
    NOON,
    RUBRIC,
    STATUS_URL,
    sample_controller,
    sample_credential,
    sample_status_list,
    signed_sample,
)

from schemas.document import write
from schemas.validate import profile_schema
from service.fetching import (
    DEFAULT_LIMITS,
    Fetched,
    FetchLimits,
    Found,
    Reason,
    Resource,
    Unreachable,
)
from verifier.facts import EvidenceMode
from verifier.issuers import IssuerList, IssuerLists, ListedIssuer
from verifier.report import Report
from verifier.verdict import Check
from verifier.verification import Verifier

DID_URL: Final = f"{ISSUER_URL}/.well-known/did.json"
SCHEMA_URL: Final = f"{ISSUER_URL}/schemas/skillmark-credential-1.json"
RUBRIC_URL: Final = f"{ACHIEVEMENT_URL}/rubric.json"
LISTS: Final = IssuerLists(
    lists=(
        IssuerList(
            name="Issuers of the tests",
            issuers=(ListedIssuer(did=ISSUER_DID, name="The Listed Guild", url=ISSUER_URL),),
        ),
    )
)
NO_LISTS: Final = IssuerLists()


@dataclass
class Shelf:
    """What strangers serve; everything else answers 404."""

    answers: dict[str, Resource | Unreachable] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def fetch(
        self, url: str, *, accept: str = "*/*", limits: FetchLimits = DEFAULT_LIMITS
    ) -> Fetched[Resource]:
        assert accept
        assert limits.redirects <= 3
        self.asked.append(url)
        found = self.answers.get(url, _status(url, 404))
        return Found(found, NOON) if isinstance(found, Resource) else found

    def put(
        self,
        url: str,
        body: bytes,
        media_type: str = "application/json",
        caching: str = "no-store",  # so that what a test changes is seen at once
    ) -> None:
        headers = {"cache-control": caching} if caching else {}
        self.answers[url] = Resource(url, url, media_type, body, headers)

    def allow_keeping(self, url: str, caching: str = "max-age=60") -> None:
        """Let what is at an address be kept."""
        found = self.answers[url]
        assert isinstance(found, Resource)
        self.put(url, found.body, found.media_type, caching)

    def refuse(self, url: str, code: int) -> None:
        self.answers[url] = _status(url, code)

    def fail(self, url: str, reason: Reason) -> None:
        self.answers[url] = Unreachable(url, "It did not work.", reason)


def _status(url: str, code: int) -> Unreachable:
    because = f"The server answered with status {code}."
    return Unreachable(url, because, Reason.HTTP_STATUS, code)


def honest_shelf() -> Shelf:
    """An issuer where everything is as it must be."""
    shelf = Shelf()
    shelf.put(CREDENTIAL_URL, signed_sample(), "application/vc")
    shelf.put(f"{CREDENTIAL_URL}.json", signed_sample(), "application/vc")
    shelf.put(DID_URL, write(sample_controller()))
    shelf.put(STATUS_URL, write(sample_status_list()), "application/vc")
    shelf.put(SCHEMA_URL, profile_schema(), "application/schema+json")
    shelf.put(RUBRIC_URL, RUBRIC)
    shelf.put(f"{ACHIEVEMENT_URL}/criteria.md", CRITERIA, "text/markdown")
    for item, body in zip(evidence_items(), (ARTIFACT, ASSESSMENT, AI_USE), strict=True):
        shelf.put(item["id"], body, item["mediaType"])
    return shelf


def evidence_items() -> list[dict[str, Any]]:
    """The evidence of the sample that is fixed by digest: artifact, assessment, AI use."""
    return [item for item in sample_credential()["evidence"] if "digestMultibase" in item]


def judged(  # noqa: PLR0913 - what a test may vary
    given: str | bytes | Mapping[str, Any] = CREDENTIAL_URL,
    shelf: Shelf | None = None,
    *,
    issuers: IssuerLists = LISTS,
    now: datetime = NOON,
    evidence: EvidenceMode = EvidenceMode.SKIP,
    profile: str | None = None,
) -> Report:
    """The report about what was given; the shelf is honest unless one is handed over."""
    if isinstance(given, Mapping):
        given = write(given)
    text = given if isinstance(given, str) else given.decode()
    verifier = Verifier(shelf or honest_shelf(), issuers)
    return asyncio.run(verifier.verify(text, now=now, evidence=evidence, profile=profile))


def the(report: Report, code: str) -> Check:
    """The one answer to a question."""
    (check,) = (check for check in report.checks if check.code == code)
    return check


def outcomes(report: Report) -> dict[str, str]:
    """Every answer, by code; of several the last."""
    return {check.code: check.outcome.value for check in report.checks}
