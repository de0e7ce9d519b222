from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world.credentials import NOON, sample_credential, sample_signer, signed_sample
from world.judging import judged, the

from proofs.secure import secure
from schemas.contexts import VC_V2
from schemas.document import write
from verifier.errors import InputRefused
from verifier.inputs import linked_credential, read_input
from verifier.verdict import Outcome, Verdict

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
MEMBERS = [
    "@context",
    "type",
    "issuer",
    "credentialSubject",
    "proof",
    "validFrom",
    "validUntil",
    "evidence",
    "relatedResource",
    "credentialStatus",
    "credentialSchema",
    "name",
]
SIGNED = secure(sample_credential(), sample_signer(), NOON)


@pytest.mark.parametrize("context", [[{}], {}, [[]], [None], 1, "", []])
def test_a_context_of_any_shape_is_only_malformed(context: object) -> None:
    report = judged({"@context": context, "type": ["VerifiableCredential"]})
    assert the(report, "format").outcome is Outcome.FAILED


@settings(max_examples=150, deadline=None)
@given(member=st.sampled_from(MEMBERS), value=JSON)
def test_a_member_of_any_shape_gets_a_report(member: str, value: object) -> None:
    report = judged(SIGNED | {member: value})
    written: bytes = write(report.as_json())
    assert written
    if value != SIGNED[member]:
        assert report.verdict is not Verdict.CONFIRMED


@settings(max_examples=100, deadline=None)
@given(shape=st.dictionaries(st.sampled_from(MEMBERS), JSON))
def test_a_document_of_any_shape_gets_a_report(shape: dict[str, Any]) -> None:
    base = {"@context": [VC_V2], "type": ["VerifiableCredential"]}
    with suppress(InputRefused):
        assert judged(base | shape).verdict is not Verdict.CONFIRMED


@pytest.mark.parametrize(
    ("dates", "because"),
    [
        ({"validUntil": "9999-12-31T23:59:59-05:00"}, ""),
        ({"validFrom": "0001-01-01T00:00:00+14:00"}, ""),
        ({"validFrom": "9999-12-31T23:59:59-05:00"}, "early"),
    ],
)
def test_a_date_at_the_edge_of_the_calendar_is_a_date(dates: dict[str, str], because: str) -> None:
    report = judged(signed_sample(**dates))
    assert the(report, "validity_period").because == because
    assert report.as_json()["credential"]


@pytest.mark.parametrize("date", ["tomorrow", "2026-03-03", "2026-13-01T00:00:00Z"])
def test_a_date_that_is_none_is_not_relied_on(date: str) -> None:
    unsigned = sample_credential(validUntil=date)
    report = judged(secure(unsigned, sample_signer(), NOON))
    assert the(report, "validity_period").outcome is Outcome.FAILED
    assert report.verdict is Verdict.DO_NOT_RELY


@pytest.mark.parametrize(
    "page",
    [
        b"<![foo[",
        b'<link rel=alternate type="application/vc" href="http://[x">',
        b"<!DOCTYPE [<!ELEMENT x",
        b"\xff\xfe<",
        b"",
    ],
)
def test_a_broken_page_leads_nowhere(page: bytes) -> None:
    assert linked_credential(page, "https://a.example/") is None


@settings(max_examples=200, deadline=None)
@given(page=st.binary(max_size=200))
def test_no_page_breaks_the_reader(page: bytes) -> None:
    linked_credential(b"<!" + page, "https://a.example/")


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80))
def test_whatever_is_pasted_is_read_or_refused(text: str) -> None:
    with suppress(InputRefused):
        assert read_input(text)
