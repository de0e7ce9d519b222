import io
from typing import Any

import pytest
from world.credentials import ACHIEVEMENT_URL, AI_USE, NOON, sample_credential
from world.public_shelf import MemoryShelf, sample_shelf

from issuer.public.ai_use import WORDS, ai_use_of
from issuer.public.assessment_words import METHODS, UNKNOWN, method_of, reasons_of
from issuer.public.credential_page import Record, credential_page
from issuer.public.evidence_documents import LARGEST, evidence_documents
from issuer.public.lifetime import Standing
from issuer.public.shelf import KeptFile
from proofs.digests import Digest
from schemas.document import write

REASON = "Asked live what happens at depth 33, the holder answered before running it."


def bound(document: dict[str, Any], genre: str) -> tuple[dict[str, Any], MemoryShelf]:
    raw = write(document)
    digest = Digest.of(raw).multibase
    shelf = sample_shelf()
    shelf.files[digest] = (raw, "application/json")
    entry = {"id": f"https://issuer.example/evidence/{digest}", "genre": genre}
    return sample_credential(evidence=[entry | {"digestMultibase": digest}]), shelf


@pytest.mark.parametrize("criterion", ["errors", f"{ACHIEVEMENT_URL}#errors"])
def test_the_reason_stands_at_its_criterion(criterion: str) -> None:
    assessment = {
        "method": "work-reviewed-and-questioned-live",
        "levels": [{"criterion": criterion, "reason": REASON}],
    }
    credential, shelf = bound(assessment, "Assessment")
    record = Record("x", credential, Standing("in_force"), evidence_documents(credential, shelf))
    page = credential_page(record, verifier_url="https://verifier.example", now=NOON)
    assert page.criteria[0].reason == REASON
    assert page.method == "Work reviewed and questioned live"
    assert not page.self_declared


def test_what_nobody_else_assessed_is_drawn_another_way() -> None:
    credential, shelf = bound({"method": "self-declared"}, "Assessment")
    record = Record("x", credential, Standing("in_force"), evidence_documents(credential, shelf))
    page = credential_page(record, verifier_url="https://verifier.example", now=NOON)
    assert page.self_declared
    assert (page.state.word, page.state.tone) == ("In force", "open")


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_words(method: str) -> None:
    entries = [{"genre": "Assessment", "digestMultibase": "uA"}]
    named = method_of(entries, {"uA": {"method": method}})
    assert named.self_declared == (method == "self-declared")
    assert named is not UNKNOWN


def test_without_the_document_nothing_is_guessed() -> None:
    entries = [{"genre": "Assessment", "digestMultibase": "uA"}]
    assert method_of(entries, {}) is UNKNOWN
    assert reasons_of(entries, {}) == {}


@pytest.mark.parametrize("use", WORDS)
def test_every_kind_of_ai_use_has_neutral_words(use: str) -> None:
    entries = [{"genre": "AI-use statement", "digestMultibase": "uA"}]
    said = ai_use_of(entries, {"uA": {"aiUse": use, "tools": ["a code assistant", 7]}})
    assert said is not None
    assert said.words == WORDS[use]
    assert [(fact.label, fact.text) for fact in said.facts] == [("Tools used", "a code assistant")]


def test_a_document_whose_bytes_were_exchanged_is_not_shown() -> None:
    credential, shelf = bound({"aiUse": "none"}, "AI-use statement")
    (digest,) = {entry["digestMultibase"] for entry in credential["evidence"]}
    assert evidence_documents(credential, shelf)
    shelf.files[digest] = (AI_USE, "application/json")
    assert evidence_documents(credential, shelf) == {}


@pytest.mark.parametrize("raw", [b"not JSON", b"[]", b'{"a":1,"a":2}', b" " * (LARGEST + 1)])
def test_a_document_that_cannot_be_read_does_not_break_the_page(raw: bytes) -> None:
    digest = Digest.of(raw).multibase
    shelf = sample_shelf()
    shelf.files[digest] = (raw, "application/json")
    credential = sample_credential(evidence=[{"genre": "Assessment", "digestMultibase": digest}])
    assert evidence_documents(credential, shelf) == {}


def test_opened_files_are_closed() -> None:
    credential, shelf = bound({"aiUse": "none"}, "AI-use statement")
    opened: list[io.BytesIO] = []

    def noted(digest: str) -> KeptFile | None:
        data, media_type = shelf.files[digest]
        opened.append(io.BytesIO(data))
        return KeptFile(opened[-1], len(data), media_type)

    shelf.evidence = noted  # type: ignore[method-assign]
    evidence_documents(credential, shelf)
    assert [stream.closed for stream in opened] == [True]
