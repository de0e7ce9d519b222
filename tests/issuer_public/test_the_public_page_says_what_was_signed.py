from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from world.credentials import CREDENTIAL_URL, NOON, sample_credential

from issuer.public.credential_page import CredentialPage, Record, credential_page
from issuer.public.lifetime import Standing
from issuer.public.results import Step

CODE = CREDENTIAL_URL.rpartition("/")[2]
VERIFIER = "https://verifier.example"
WITHDRAWN = datetime(2026, 3, 9, 8, tzinfo=UTC)


def page(
    credential: Mapping[str, Any] | None = None,
    *,
    standing: Standing | None = None,
    now: datetime = NOON,
) -> CredentialPage:
    record = Record(
        CODE,
        sample_credential() if credential is None else credential,
        standing or Standing("in_force"),
        {},
    )
    return credential_page(record, verifier_url=VERIFIER, now=now)


def test_who_assessed_what_and_when() -> None:
    said = page()
    assert said.name == "Reliable data import in Python"
    assert said.issuer == "Example Guild of Data Work"
    assert said.assessor == "M. Okafor"
    assert said.awarded == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_what_it_covers_and_what_it_does_not() -> None:
    scope = page().scope
    assert scope.covers == "Tables up to a million rows."
    assert scope.leaves_out == "Streaming sources."


def test_each_level_has_a_name_a_place_and_the_one_that_was_needed() -> None:
    errors, _ = page().criteria
    assert (errors.name, errors.reached, errors.place, errors.required) == (
        "Handles wrong input",
        "Confident",
        "level 2 of 2",
        "Confident",
    )
    assert errors.steps == (Step(reached=True, required=False), Step(reached=True, required=True))


def test_an_independent_check_is_one_link_away() -> None:
    said = page()
    address = CREDENTIAL_URL.replace(":", "%3A").replace("/", "%2F")
    assert said.check_url == f"https://verifier.example/?credential={address}"
    assert said.domain == "issuer.example"


STANDINGS = {
    "in force": (Standing("in_force"), NOON, "In force", "good"),
    "withdrawn": (Standing("revoked", WITHDRAWN, "Plagiarism."), NOON, "Withdrawn", "bad"),
    "replaced": (Standing("superseded", WITHDRAWN), NOON, "Replaced", "bad"),
    "suspended": (Standing("suspended", WITHDRAWN), NOON, "On hold", "note"),
    "expired": (Standing("in_force"), datetime(2029, 3, 2, 9, 30, tzinfo=UTC), "Expired", "note"),
    "early": (
        Standing("in_force"),
        datetime(2026, 3, 1, tzinfo=UTC),
        "Not yet in force",
        "open",
    ),
    "of a kind we do not know": (Standing("lost"), NOON, "State unknown", "open"),
}


@pytest.mark.parametrize(("standing", "now", "word", "tone"), STANDINGS.values(), ids=STANDINGS)
def test_whether_it_is_in_force_is_said_in_a_word(
    standing: Standing, now: datetime, word: str, tone: str
) -> None:
    state = page(standing=standing, now=now).state
    assert (state.word, state.tone, state.ended) == (word, tone, word != "In force")


def test_a_hold_says_since_when_and_why_and_promises_nothing() -> None:
    state = page(standing=Standing("suspended", WITHDRAWN, "Whose work is it?")).state
    assert state.sentence.startswith("On hold since 9 March 2026")
    assert "may come back into force, or be withdrawn" in state.sentence
    assert state.reason == "Whose work is it?"


def test_withdrawal_outweighs_the_calendar() -> None:
    late = datetime(2035, 1, 1, tzinfo=UTC)
    state = page(standing=Standing("revoked", WITHDRAWN, "Plagiarism."), now=late).state
    assert "9 March 2026" in state.sentence
    assert state.reason == "Plagiarism."


@pytest.mark.parametrize(
    "address",
    [
        "mailto:holder@example.org",
        "tel:+491234",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://holder@site.example/",
        "http://plain.example/",
        "https://[broken",
        "//other.example/x",
    ],
)
def test_only_plain_https_evidence_becomes_a_link(address: str) -> None:
    (item,) = page(sample_credential(evidence=[{"id": address, "name": "x"}])).evidence
    assert not item.linked
    assert not item.url.startswith(("mailto:", "tel:"))


def test_a_holder_is_never_named() -> None:
    assert "6f1c4c2f" not in repr(page())


@pytest.mark.parametrize("member", [*sample_credential()])
@pytest.mark.parametrize("value", [None, 7, "", [], {}, [[]], [7], {"name": 7}])
def test_a_member_of_another_shape_does_not_break_the_page(member: str, value: object) -> None:
    assert page(sample_credential(**{member: value})).code == CODE
