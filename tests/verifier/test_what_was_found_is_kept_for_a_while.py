"""Public things are asked for once, and kept as their servers and `ttl` allow; verdicts are not."""

import asyncio
import base64
import hashlib
from datetime import timedelta

import pytest
from world.credentials import (
    NOON,
    STATUS_INDEX,
    STATUS_URL,
    sample_controller,
    sample_credential,
    sample_signer,
    sample_status_list,
    signed_sample,
)
from world.judging import (
    DID_URL,
    LISTS,
    RUBRIC_URL,
    SCHEMA_URL,
    Shelf,
    honest_shelf,
    the,
)

from keys import did_key
from keys.memory import MemorySigner, generate, public_half
from keys.public_key import KeyType
from proofs.secure import secure
from schemas.document import write
from service.fetching import Resource
from verifier.facts import EvidenceMode
from verifier.report import Report
from verifier.verdict import Outcome, Verdict
from verifier.verification import Verifier

KEPT = [DID_URL, STATUS_URL, SCHEMA_URL, RUBRIC_URL]


def shelf_that_allows(caching: str = "max-age=60") -> Shelf:
    shelf = honest_shelf()
    for url in KEPT:
        shelf.allow_keeping(url, caching)
    return shelf


def look(verifier: Verifier, seconds: float = 0, *, anew: bool = False) -> Report:
    now = NOON + timedelta(seconds=seconds)
    return asyncio.run(
        verifier.verify_document(signed_sample(), now=now, evidence=EvidenceMode.SKIP, anew=anew)
    )


def withdrawn() -> bytes:
    return write(sample_status_list(STATUS_INDEX))


@pytest.mark.parametrize("url", KEPT)
def test_what_may_be_kept_is_asked_for_once(url: str) -> None:
    shelf = shelf_that_allows()
    verifier = Verifier(shelf, LISTS)
    reports = [look(verifier, seconds) for seconds in (0, 30, 59)]
    assert [report.verdict for report in reports] == [reports[0].verdict] * 3
    assert shelf.asked.count(url) == 1


@pytest.mark.parametrize("url", KEPT)
def test_it_is_asked_for_again_when_its_time_is_over(url: str) -> None:
    shelf = shelf_that_allows()
    verifier = Verifier(shelf, LISTS)
    look(verifier)
    look(verifier, 60)
    assert shelf.asked.count(url) == 2


@pytest.mark.parametrize("url", KEPT)
def test_what_may_not_be_kept_is_asked_for_each_time(url: str) -> None:
    shelf = shelf_that_allows("no-cache")
    verifier = Verifier(shelf, LISTS)
    look(verifier)
    look(verifier, 1)
    assert shelf.asked.count(url) == 2


def test_a_withdrawal_is_seen_when_the_kept_list_no_longer_holds() -> None:
    shelf = shelf_that_allows()
    verifier = Verifier(shelf, LISTS)
    assert look(verifier).verdict is not Verdict.DO_NOT_RELY
    shelf.put(STATUS_URL, withdrawn(), "application/vc")
    assert the(look(verifier, 59), "status").outcome is Outcome.PASSED
    assert look(verifier, 60).verdict is Verdict.DO_NOT_RELY


def test_who_looks_anew_sees_a_withdrawal_at_once_and_so_does_everybody_then() -> None:
    shelf = shelf_that_allows()
    verifier = Verifier(shelf, LISTS)
    look(verifier)
    shelf.put(STATUS_URL, withdrawn(), "application/vc", "max-age=60")
    assert look(verifier, anew=True).verdict is Verdict.DO_NOT_RELY
    assert look(verifier).verdict is Verdict.DO_NOT_RELY


@pytest.mark.parametrize(("ttl", "kept"), [(10_000, 10), (3_600_000, 300)])
def test_a_list_is_kept_no_longer_than_its_ttl_and_five_minutes(ttl: int, kept: int) -> None:
    unsigned = sample_status_list()
    del unsigned["proof"]
    unsigned["credentialSubject"]["ttl"] = ttl
    shelf = honest_shelf()
    raw = write(secure(unsigned, sample_signer(), NOON))
    shelf.put(STATUS_URL, raw, "application/vc", "max-age=86400")
    verifier = Verifier(shelf, LISTS)
    for seconds in (0, kept - 1, kept):
        look(verifier, seconds)
    assert shelf.asked.count(STATUS_URL) == 2


def test_a_list_is_not_kept_past_its_own_end() -> None:
    unsigned = sample_status_list()
    del unsigned["proof"]
    unsigned["validUntil"] = "2026-03-03T12:00:20Z"
    shelf = honest_shelf()
    shelf.put(STATUS_URL, write(secure(unsigned, sample_signer(), NOON)), "application/vc", "")
    verifier = Verifier(shelf, LISTS)
    assert the(look(verifier, 19), "status").outcome is Outcome.PASSED
    assert the(look(verifier, 20), "status").outcome is Outcome.NOT_CHECKED


@pytest.mark.parametrize("url", KEPT)
def test_what_could_not_be_had_is_asked_for_again(url: str) -> None:
    shelf = shelf_that_allows()
    honest = shelf.answers[url]
    shelf.refuse(url, 503)
    verifier = Verifier(shelf, LISTS)
    worse = look(verifier)
    shelf.answers[url] = honest
    assert look(verifier) != worse
    assert look(verifier) == look(Verifier(shelf_that_allows(), LISTS))


@pytest.mark.parametrize("url", KEPT)
def test_what_was_not_in_order_is_not_kept(url: str) -> None:
    shelf = shelf_that_allows()
    honest = shelf.answers[url]
    shelf.put(url, b'{"not": "what it must be"}', caching="max-age=60")
    verifier = Verifier(shelf, LISTS)
    worse = look(verifier)
    shelf.answers[url] = honest
    assert look(verifier) != worse


def test_a_crowd_asks_for_each_thing_once() -> None:
    shelf = shelf_that_allows()
    verifier = Verifier(shelf, LISTS)

    async def crowd() -> list[Report]:
        one = (
            verifier.verify_document(signed_sample(), now=NOON, evidence=EvidenceMode.SKIP)
            for _ in range(40)
        )
        return await asyncio.gather(*one)

    reports = asyncio.run(crowd())
    assert len(set(map(repr, reports))) == 1
    assert {url: shelf.asked.count(url) for url in KEPT} == dict.fromkeys(KEPT, 1)


def test_a_list_that_was_kept_for_one_issuer_says_nothing_about_another() -> None:
    """It was believed because its own issuer's credential pointed at it."""
    shelf = shelf_that_allows()
    verifier = Verifier(shelf, LISTS)
    assert the(look(verifier), "status").outcome is Outcome.PASSED
    private = generate(KeyType.ED25519)
    other = MemorySigner(did_key.method_for(public_half(private)), private)
    view = sample_credential(issuer=other.verification_method.partition("#")[0])
    raw = write(secure(view, other, NOON))
    found = asyncio.run(verifier.verify_document(raw, now=NOON, evidence=EvidenceMode.SKIP))
    assert the(found, "proof").outcome is Outcome.PASSED
    assert the(found, "status").outcome is Outcome.NOT_CHECKED


def test_a_schema_is_kept_for_ten_minutes_where_nobody_says_how_long() -> None:
    shelf = shelf_that_allows("")
    verifier = Verifier(shelf, LISTS)
    for minutes in (0, 9, 10):
        look(verifier, 60 * minutes)
    assert shelf.asked.count(SCHEMA_URL) == 2


def test_an_answer_is_good_for_no_longer_than_the_list_it_rests_on() -> None:
    verifier = Verifier(shelf_that_allows("max-age=300"), LISTS)
    until = [look(verifier, seconds).cache_until - NOON for seconds in (0, 200)]
    assert until == [timedelta(minutes=5)] * 2


def test_a_list_is_not_kept_past_the_end_of_its_key() -> None:
    controller = sample_controller()
    controller["verificationMethod"][0]["expires"] = "2026-03-03T12:00:20Z"
    shelf = shelf_that_allows("max-age=300")
    shelf.put(DID_URL, write(controller), caching="max-age=300")
    verifier = Verifier(shelf, LISTS)
    assert the(look(verifier, 19), "status").outcome is Outcome.PASSED
    assert the(look(verifier, 20), "status") == the(look(Verifier(shelf, LISTS), 20), "status")
    assert the(look(verifier, 20), "status").outcome is Outcome.NOT_CHECKED


def test_a_related_resource_is_compared_anew_after_five_minutes() -> None:
    shelf = shelf_that_allows("")
    verifier = Verifier(shelf, LISTS)
    look(verifier)
    shelf.put(RUBRIC_URL, b"another rubric")
    assert the(look(verifier, 299), "related_resources").outcome is Outcome.PASSED
    assert look(verifier, 300).verdict is Verdict.DO_NOT_RELY


def test_a_kept_schema_answers_only_for_what_fixed_it() -> None:
    shelf = shelf_that_allows()
    body = shelf.answers[SCHEMA_URL]
    assert isinstance(body, Resource)
    digest = "sha256-" + base64.b64encode(hashlib.sha256(body.body).digest()).decode()
    verifier = Verifier(shelf, LISTS)

    def outcome(member: str) -> Outcome:
        named = sample_credential()["credentialSchema"] | {member: digest}
        view = sample_credential(credentialSchema=named)
        raw = write(secure(view, sample_signer(), NOON, cryptosuite="eddsa-jcs-2022"))
        found = asyncio.run(verifier.verify_document(raw, now=NOON, evidence=EvidenceMode.SKIP))
        return the(found, "schema").outcome

    assert outcome("digestSRI") is Outcome.PASSED
    assert outcome("digestMultibase") is Outcome.NOT_CHECKED
