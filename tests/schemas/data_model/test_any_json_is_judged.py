"""Whatever JSON a stranger hands in is judged: in time, in few words, and never by raising."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world.credentials import sample_credential, signed_document
from world.processor import SECOND

from schemas.contexts import VC_V1, VC_V2
from schemas.data_model import (
    MOST_BREACHES,
    Breach,
    credential_breaches,
    presentation_breaches,
)

MEMBERS = [
    "@context",
    "@id",
    "id",
    "type",
    "name",
    "description",
    "issuer",
    "holder",
    "credentialSubject",
    "validFrom",
    "validUntil",
    "issuanceDate",
    "expirationDate",
    "credentialStatus",
    "credentialSchema",
    "refreshService",
    "termsOfUse",
    "evidence",
    "relatedResource",
    "confidenceMethod",
    "renderMethod",
    "proof",
    "verifiableCredential",
]
WORDS = [
    VC_V1,
    VC_V2,
    "VerifiableCredential",
    "VerifiablePresentation",
    "EnvelopedVerifiableCredential",
    "EnvelopedVerifiablePresentation",
    "urn:x:1",
    "data:application/vc+jwt,e",
    "2026-03-02T09:30:00Z",
    "-0001-02-29T24:00:00+14:00",
    "en",
    "\ud800",
    "\x00",
]
NAMES = st.one_of(
    st.sampled_from(
        [*MEMBERS, "@value", "@language", "@direction", "digestSRI", "digestMultibase", "mediaType"]
    ),
    st.text(max_size=5),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(alphabet=st.characters(), max_size=20),
    st.sampled_from(WORDS),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(NAMES, inner, max_size=6),
    ),
    max_leaves=25,
)


def sound(found: tuple[Breach, ...]) -> None:
    assert len(found) <= MOST_BREACHES
    for breach in found:
        assert breach.pointer == "" or breach.pointer.startswith("/")
        assert breach.rule
        assert "section" in breach.section


@given(JSON)
def test_any_json_as_a_document(document: Any) -> None:  # noqa: ANN401 - any JSON value
    sound(credential_breaches(document))
    sound(presentation_breaches(document))


@given(st.dictionaries(st.sampled_from(MEMBERS), JSON))
def test_any_json_in_any_members(document: dict[str, Any]) -> None:
    sound(credential_breaches(document))
    sound(presentation_breaches(document))


PRESENTATION = {
    "@context": [VC_V2],
    "type": ["VerifiablePresentation"],
    "holder": "did:example:holder",
    "verifiableCredential": [dict(signed_document().view)],
}


@pytest.mark.parametrize("member", MEMBERS)
@given(value=JSON)
def test_any_json_in_one_member_of_a_sound_document(member: str, value: object) -> None:
    sound(credential_breaches(sample_credential(**{member: value})))
    sound(credential_breaches(sample_credential(**{"@context": [VC_V1], member: value})))
    sound(presentation_breaches(PRESENTATION | {member: value}))
    sound(presentation_breaches(PRESENTATION | {"@context": [VC_V1], member: value}))


LONG = 500_000
SLOW: dict[str, dict[str, Any]] = {
    "a long URL": {"id": "https://x.example/" + "a" * LONG + " "},
    "a long URL of percent signs": {"id": "urn:x:" + "%41" * (LONG // 3) + "%"},
    "a long scheme": {"id": "a" * LONG},
    "a long host of brackets": {"id": "https://[" + ":" * LONG},
    "a long type": {"type": ["VerifiableCredential", "a" * LONG + "\n"]},
    "a type of many at signs": {"type": ["VerifiableCredential", "@" + "a" * LONG]},
    "a language of many variants": {"name": {"@value": "", "@language": "en" + "-12345" * 80_000}},
    "a language of many extensions": {
        "name": {"@value": "", "@language": "en" + "-a-bc" * 100_000 + "-"}
    },
    "a private language without end": {
        "name": {"@value": "", "@language": "en-x" + "-a" * 250_000 + "-"}
    },
    "a fraction of many digits": {"validFrom": "2026-03-02T09:30:00." + "9" * LONG},
    "a year of many digits": {"validFrom": "9" * LONG},
    "many digests": {"relatedResource": {"id": "urn:x:1", "digestSRI": "sha256-A " * 50_000 + "-"}},
    "a digest of many spaces": {
        "relatedResource": {"id": "urn:x:1", "digestSRI": " " * LONG + "-"}
    },
    "a long multibase": {"relatedResource": {"id": "urn:x:1", "digestMultibase": "m" + "=" * LONG}},
    "a media type of many spaces": {
        "relatedResource": {
            "id": "urn:x:1",
            "digestSRI": "sha256-A",
            "mediaType": "text/html" + " " * LONG,
        }
    },
    "many resources": {
        "relatedResource": [{"id": f"urn:x:{n}", "digestSRI": "sha256-A"} for n in range(20_000)]
    },
    "many contexts": {"@context": [VC_V2, *(f"urn:x:{n}" for n in range(20_000))]},
    "many names": {"name": [{"@value": "x", "@language": "en"}] * 20_000},
}


@pytest.mark.parametrize("over", SLOW.values(), ids=SLOW)
def test_a_hostile_member_is_judged_within_a_second(over: dict[str, Any]) -> None:
    document = sample_credential(**over)
    began = time.process_time()
    sound(credential_breaches(document))
    assert time.process_time() - began < SECOND


def test_a_presentation_of_many_credentials_is_judged_in_time() -> None:
    credential = sample_credential(proof={"type": "Some"})
    document = PRESENTATION | {"verifiableCredential": [credential] * 2_000}
    began = time.process_time()
    assert presentation_breaches(document) == ()
    assert time.process_time() - began < 2 * SECOND
