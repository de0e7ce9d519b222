"""Token Status List (IETF), section 8.3: what is told about a token, and when nothing is."""

import base64
import zlib
from datetime import timedelta
from typing import Any

import pytest
from world.credentials import NOON, signed_document

from verifier.checks import status
from verifier.facts import Facts, Published, Untold
from verifier.issuers import IssuerLists
from verifier.token_status_lists import token_status
from verifier.verdict import Check, Outcome

URI = "https://issuer.example/statuslists/1"
VALUES = bytes([0, 1, 2, 3, 0xFF])


def claims(**over: object) -> dict[str, Any]:
    packed = base64.urlsafe_b64encode(zlib.compress(VALUES, 9)).decode().rstrip("=")
    return {
        "sub": URI,
        "iat": int(NOON.timestamp()) - 60,
        "exp": int(NOON.timestamp()) + 60,
        "ttl": 30,
        "status_list": {"bits": 8, "lst": packed},
    } | over


def judged(published: Published) -> Check:
    facts = Facts(signed_document(), NOON, IssuerLists(), (), statuses=(published,))
    return status.check(facts)


@pytest.mark.parametrize(
    ("idx", "outcome", "because"),
    [
        (0, Outcome.PASSED, ""),
        (1, Outcome.FAILED, "revoked"),
        (2, Outcome.WARNING, "suspended"),
        (3, Outcome.NOT_CHECKED, "unknown_purpose"),
        (4, Outcome.NOT_CHECKED, "unknown_purpose"),
        (5, Outcome.NOT_CHECKED, "outside_list"),
    ],
)
def test_each_status_type_has_its_answer(idx: int, outcome: Outcome, because: str) -> None:
    found = judged(token_status(claims(), idx, NOON, URI, NOON))
    assert (found.outcome, found.because) == (outcome, because)
    assert found.looked_at == URI


def test_what_was_looked_at_and_for_how_long_it_holds_is_kept() -> None:
    found = token_status(claims(), 0, NOON, URI, NOON - timedelta(seconds=1))
    assert found.at == NOON - timedelta(seconds=1)
    assert found.ttl_ms == 30_000
    assert token_status(claims(ttl=1e308), 0, NOON, URI).ttl_ms == 86_400_000


FLAWS: dict[str, dict[str, Any]] = {
    "expired": {"exp": int(NOON.timestamp())},
    "from the future": {"iat": int(NOON.timestamp()) + 301},
    "not yet valid": {"nbf": int(NOON.timestamp()) + 301},
    "of another address": {"sub": f"{URI}0"},
    "without a list": {"status_list": {}},
}


@pytest.mark.parametrize("flaw", FLAWS.values(), ids=FLAWS)
def test_a_list_that_tells_nothing_is_never_a_pass(flaw: dict[str, Any]) -> None:
    published = token_status(claims(**flaw), 0, NOON, URI)
    assert isinstance(published.found, Untold)
    assert judged(published).outcome is Outcome.NOT_CHECKED


def test_a_clock_slightly_ahead_of_ours_still_tells() -> None:
    ahead = claims(iat=int(NOON.timestamp()) + 299)
    assert judged(token_status(ahead, 0, NOON, URI)).outcome is Outcome.PASSED
