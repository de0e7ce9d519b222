import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from world.credentials import NOON, signed_sample
from world.judging import SCHEMA_URL, Shelf, evidence_items, honest_shelf, judged, the

from proofs.digests import Digest
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
from verifier.allowance import HELD, Allowance
from verifier.controllers import Controllers
from verifier.facts import Bound, EvidenceMode
from verifier.resolve import EVIDENCE, MOST_EVIDENCE, Resolver
from verifier.verdict import Check, Outcome, Verdict

ARTIFACT_URL = evidence_items()[0]["id"]
ASSESSMENT_URL = evidence_items()[1]["id"]

ANSWERS: dict[str, tuple[Callable[[Shelf], None], Outcome, str]] = {
    "as assessed": (lambda _: None, Outcome.PASSED, ""),
    "changed": (lambda s: s.put(ARTIFACT_URL, b"other"), Outcome.WARNING, "changed"),
    "404": (lambda s: s.refuse(ARTIFACT_URL, 404), Outcome.WARNING, "gone"),
    "410": (lambda s: s.refuse(ARTIFACT_URL, 410), Outcome.WARNING, "gone"),
    "401": (lambda s: s.refuse(ARTIFACT_URL, 401), Outcome.NOT_CHECKED, "private"),
    "403": (lambda s: s.refuse(ARTIFACT_URL, 403), Outcome.NOT_CHECKED, "private"),
    "500": (lambda s: s.refuse(ARTIFACT_URL, 500), Outcome.NOT_CHECKED, "unreachable"),
    "silence": (
        lambda s: s.fail(ARTIFACT_URL, Reason.TIMEOUT),
        Outcome.NOT_CHECKED,
        "unreachable",
    ),
    "too large": (
        lambda s: s.fail(ARTIFACT_URL, Reason.TOO_LARGE),
        Outcome.NOT_CHECKED,
        "too_large",
    ),
}


def rows(shelf: Shelf, mode: EvidenceMode = EvidenceMode.WAIT) -> list[Check]:
    return [c for c in judged(shelf=shelf, evidence=mode).checks if c.code == "evidence"]


@pytest.mark.parametrize(("change", "outcome", "because"), ANSWERS.values(), ids=ANSWERS)
def test_what_is_at_the_link_decides_its_row_only(
    change: Callable[[Shelf], None], outcome: Outcome, because: str
) -> None:
    shelf = honest_shelf()
    change(shelf)
    artifact, _, assessment, statement = rows(shelf)
    assert (artifact.outcome, artifact.because) == (outcome, because)
    assert artifact.subject == "The importer, as assessed"
    assert {assessment.outcome, statement.outcome} == {Outcome.PASSED}


def test_what_was_not_looked_at_is_not_checked() -> None:
    assert {row.outcome for row in rows(honest_shelf(), EvidenceMode.SKIP)} == {Outcome.NOT_CHECKED}
    assert {row.because for row in rows(honest_shelf(), EvidenceMode.CACHED)} == {"skipped"}


def assessed(document: dict[str, object]) -> Check:
    body = write(document)
    item = evidence_items()[1] | {"digestMultibase": Digest.of(body).multibase}
    shelf = honest_shelf()
    shelf.put(ASSESSMENT_URL, body)
    report = judged(signed_sample(evidence=[item]), shelf, evidence=EvidenceMode.WAIT)
    return the(report, "assessment")


def test_self_declared_is_something_to_know() -> None:
    assert assessed({"method": "self-declared"}).outcome is Outcome.WARNING


def test_the_method_is_named_and_the_assessors_signature_said_to_be_unchecked() -> None:
    check = assessed({"method": "work-reviewed"})
    assert check.outcome is Outcome.NOT_CHECKED
    assert "Work reviewed" in check.sentence
    assert "signature" in check.sentence


def test_nothing_is_read_of_an_assessment_that_is_not_the_one_that_was_signed_for() -> None:
    shelf = honest_shelf()
    shelf.put(ASSESSMENT_URL, b'{"method":"reviewed-questioned-live-second-assessor"}')
    report = judged(shelf=shelf, evidence=EvidenceMode.WAIT)
    assert the(report, "assessment").because == "not_read"
    assert report.credential is not None
    assert report.credential.method == ""


@pytest.mark.parametrize("digest", ["right", "another", "unreadable"])
def test_a_schema_that_is_fixed_by_digest_must_be_that_one(digest: str) -> None:
    texts = {
        "right": Digest.of(profile_schema()).sri,
        "another": Digest.of(b"another").sri,
        "unreadable": "md5-AAAA",
    }
    named = {"id": SCHEMA_URL, "type": "JsonSchema", "digestSRI": texts[digest]}
    check = the(judged(signed_sample(credentialSchema=named)), "schema")
    assert (check.outcome is Outcome.PASSED) is (digest == "right")
    assert check.outcome in {Outcome.PASSED, Outcome.NOT_CHECKED}
    assert judged(signed_sample()).verdict is Verdict.CONFIRMED


@dataclass
class Endless:
    """A site that sends as much as it may each time, and adds up how much that was."""

    sent: int = 0

    async def fetch(
        self, url: str, *, accept: str = "*/*", limits: FetchLimits = DEFAULT_LIMITS
    ) -> Fetched[Resource]:
        assert accept
        if limits.body_bytes == 0:
            return Unreachable(url, "It is larger than 0 bytes.", Reason.TOO_LARGE)
        self.sent += limits.body_bytes
        body = bytes(limits.body_bytes)
        return Found(Resource(url, url, "application/octet-stream", body, {}), NOON)


def test_evidence_without_end_is_not_all_held_in_memory() -> None:
    """Fifty files of sixty-four megabytes each would be three gigabytes."""
    site = Endless()
    controllers = Controllers(site, NOON, development=False, allowance=Allowance(held=1_000_000))
    bound = tuple(Bound(f"https://work.example/{n}", (), None) for n in range(MOST_EVIDENCE))
    found = asyncio.run(Resolver(controllers).fetch_all(bound, FetchLimits(body_bytes=150_000)))
    assert site.sent == 1_000_000
    refused = [one for one in found if isinstance(one.found, Unreachable)]
    assert len(refused) == MOST_EVIDENCE - 7
    assert 6 * EVIDENCE.body_bytes == HELD


def test_small_evidence_leaves_room_for_the_next() -> None:
    controllers = Controllers(honest_shelf(), NOON, development=False)
    before = controllers.allowance.held
    bound = (Bound(ARTIFACT_URL, (), None), Bound("https://work.example/gone", (), None))
    (artifact, _) = asyncio.run(Resolver(controllers).fetch_all(bound, EVIDENCE))
    assert isinstance(artifact.found, Found)
    assert controllers.allowance.held == before - len(artifact.found.value.body)
