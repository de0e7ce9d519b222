"""A document that breaks a MUST of VCDM 2.0 is not a credential that we understand."""

from typing import Any

import pytest
from world.credentials import sample_credential
from world.judging import judged

from verifier.checks import format as form
from verifier.verdict import Outcome, Verdict

BROKEN: dict[str, dict[str, Any]] = {
    "4.4, an id that is a list": {"id": ["https://issuer.example/1"]},
    "4.6, a name that is a number": {"name": 7},
    "4.7, an issuer without an id": {"issuer": {"name": "Guild", "type": ["Profile"]}},
    "4.8, a subject that says nothing": {"credentialSubject": [{}]},
    "4.11, a schema without a type": {"credentialSchema": {"id": "https://issuer.example/s"}},
    "5.3, a related resource without a digest": {
        "relatedResource": [{"id": "https://issuer.example/r"}]
    },
}


def test_our_own_credentials_keep_them() -> None:
    assert form.check(sample_credential()).outcome is Outcome.PASSED


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named(change: dict[str, Any]) -> None:
    check = form.check(sample_credential() | change)
    assert check.outcome is Outcome.FAILED
    assert "VCDM 2.0, section" in check.detail
    assert next(iter(change)) in check.detail


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_document_that_breaks_one_is_not_relied_on(change: dict[str, Any]) -> None:
    assert judged(sample_credential() | change).verdict is Verdict.DO_NOT_RELY


def test_a_time_without_a_zone_is_utc_and_no_reason_to_refuse() -> None:
    view = sample_credential() | {"validFrom": "2026-03-03T11:00:00"}
    assert form.check(view).outcome is Outcome.PASSED
