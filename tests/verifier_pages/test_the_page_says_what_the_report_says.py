import itertools
from dataclasses import replace

import pytest
from world.credentials import NOON
from world.reports import CONFIRMED, STRANGER, SUMMARY, report

from verifier.result_page import OUTCOMES, QUESTIONS, TONES, link_to, result_page
from verifier.said import issuer_words, may_be_linked
from verifier.verdict import Check, Outcome, Verdict

GIVEN = "https://issuer.example/c/4Q8RT-M2XZ9-7"


def test_every_verdict_and_every_outcome_is_drawn_its_own_way() -> None:
    assert set(TONES) == set(Verdict)
    assert len(set(TONES.values())) == len(Verdict)
    assert set(OUTCOMES) == set(Outcome)
    assert len({words for _, words in OUTCOMES.values()}) == len(Outcome)


@pytest.mark.parametrize(
    ("code", "outcome"), list(itertools.product([c.code for c in CONFIRMED], Outcome))
)
def test_the_page_never_judges_for_itself(code: str, outcome: Outcome) -> None:
    judged = report(Check(code, outcome, "A sentence.", because="a reason"))
    page = result_page(judged, given=GIVEN, evidence_pending=False)
    assert (page.verdict, page.tone) == (judged.verdict.words, TONES[judged.verdict])
    assert [row.code for row in page.engineers] == [check.code for check in judged.checks]
    told = {check.sentence for question in page.questions for check in question.checks}
    assert told == {check.sentence for check in judged.checks}


def test_a_check_that_we_never_heard_of_is_still_shown() -> None:
    page = result_page(
        report(Check("tea_leaves", Outcome.WARNING, "Murky.", because="murky")),
        given=GIVEN,
        evidence_pending=False,
    )
    assert page.questions[-1].checks[0].sentence == "Murky."


def test_the_five_questions_come_in_their_order() -> None:
    page = result_page(report(), given=GIVEN, evidence_pending=True)
    assert [question.title for question in page.questions] == list(QUESTIONS)


def test_nothing_of_the_document_is_shown_when_the_proof_fails() -> None:
    broken = report(Check("proof", Outcome.FAILED, "It was changed.", because="wrong_signature"))
    assert result_page(broken, given=GIVEN, evidence_pending=True).said is None


def test_evidence_is_waited_for_only_while_it_is_open() -> None:
    done = Check("evidence", Outcome.PASSED, "The file is the one that was assessed.")
    waiting = {
        (seen.outcome, pending): any(
            question.waiting
            for question in result_page(
                report(seen), given=GIVEN, evidence_pending=pending
            ).questions
        )
        for seen in (done, replace(done, outcome=Outcome.NOT_CHECKED, because="skipped"))
        for pending in (True, False)
    }
    assert [key for key, waits in waiting.items() if waits] == [(Outcome.NOT_CHECKED, True)]


def test_evidence_is_not_offered_while_the_document_is_not_proven() -> None:
    broken = report(Check("proof", Outcome.FAILED, "It was changed.", because="wrong"))
    page = result_page(broken, given=GIVEN, evidence_pending=True)
    assert not any(question.waiting for question in page.questions)


def test_what_would_read_the_same_is_said_once() -> None:
    same = [
        Check(code, Outcome.NOT_CHECKED, "Not looked at.", because="not_proven")
        for code in ("validity_period", "status")
    ]
    page = result_page(report(*same), given=GIVEN, evidence_pending=False)
    (valid,) = [question for question in page.questions if question.title == "Still valid?"]
    assert [check.sentence for check in valid.checks] == ["Not looked at."]


def test_a_stranger_is_named_in_quotation_marks() -> None:
    assert issuer_words(STRANGER) == "'X', which is on no list we use"
    assert issuer_words(None) == ""


def test_marks_that_turn_text_around_are_taken_out() -> None:
    turned = report(headline="gro.dliug\u202egro.elpmaxe")
    page = result_page(turned, given=GIVEN, evidence_pending=False)
    assert "\u202e" not in page.sentence


ADDRESSES = {
    "https://issuer.example/x": True,
    "http://issuer.example/x": False,
    "https://holder@issuer.example/": False,
    "javascript:alert(1)": False,
    "data:text/html,x": False,
    "https://[broken": False,
    "mailto:a@b.example": False,
    "//issuer.example": False,
}


@pytest.mark.parametrize(("address", "linked"), ADDRESSES.items())
def test_only_plain_https_becomes_a_link(address: str, *, linked: bool) -> None:
    assert may_be_linked(address) is linked


def test_a_link_or_a_code_can_be_shared_and_a_document_cannot() -> None:
    assert link_to(f" {GIVEN}\n").startswith("/?credential=https%3A%2F%2F")
    assert link_to('{"id": 1}') == ""
    assert link_to("x" * 5_000) == ""
    assert link_to("") == ""


def test_dates_are_in_words() -> None:
    page = result_page(report(), given=GIVEN, evidence_pending=False)
    assert page.checked_at == "3 March 2026 at 12:00 UTC"
    assert page.said is not None
    assert ("Assessed on", "3 March 2026") in {(f.label, f.text) for f in page.said.facts}
    assert SUMMARY.awarded == NOON
