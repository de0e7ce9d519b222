"""VCDM 2.0, sections 4.13.1 and 4.13.2 (Enveloped Verifiable Credentials and Presentations)."""

from typing import Any

import pytest

from schemas.contexts import OB_V3, VC_V2
from schemas.data_model import (
    Breach,
    credential_breaches,
    presentation_breaches,
)

TOKEN = "eyJhbGciOiJFUzI1NiJ9.e30.AA"
KINDS = {
    "4.13.1": ("EnvelopedVerifiableCredential", "vc"),
    "4.13.2": ("EnvelopedVerifiablePresentation", "vp"),
}


def judged(section: str, **over: object) -> tuple[Breach, ...]:
    """What is broken in an envelope of that section, some of its members being others."""
    kind, short = KINDS[section]
    document: dict[str, Any] = {
        "@context": VC_V2,
        "id": f"data:application/{short}+jwt,{TOKEN}",
        "type": kind,
    } | over
    document = {name: value for name, value in document.items() if value != "absent"}
    judge = credential_breaches if short == "vc" else presentation_breaches
    return judge(document)


@pytest.mark.parametrize("section", KINDS)
@pytest.mark.parametrize(
    "url",
    [
        "data:application/{}+jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA",
        "data:application/{}+sd-jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA~WyJh~",
        "data:application/{}+cose;base64,0oRDoQEmoEKgAEA=",
        "DATA:Application/{}+JWT;charset=utf-8,eyJh.e30.AA",
        "data:application/jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA",
    ],
    ids=["JWT", "SD-JWT", "COSE", "in capitals", "a less precise media type"],
)
def test_sections_4_13_1_and_2_id_is_a_data_url_of_something_secured(
    section: str, url: str
) -> None:
    assert judged(section, id=url.format(KINDS[section][1])) == ()


@pytest.mark.parametrize("section", KINDS)
@pytest.mark.parametrize(
    "value",
    [
        "absent",
        None,
        5,
        ["data:application/vc+jwt,eyJh.e30.AA", "data:application/vp+jwt,eyJh.e30.AA"],
        TOKEN,
        "https://issuer.example/c/1.jwt",
        "urn:application/vc+jwt,eyJh.e30.AA",
        "data:,eyJh.e30.AA",
        "data:application/json,{}",
        "data:text/plain,eyJh.e30.AA",
        "data:application/vc,eyJh.e30.AA",
        "data:application/vc+jwt,",
        "data:application/vp+jwt;eyJh.e30.AA",
        "data:application/vc+jwt, eyJh.e30.AA",
    ],
    ids=str,
)
def test_sections_4_13_1_and_2_id_is_not(section: str, value: object) -> None:
    (breach,) = judged(section, id=value)
    assert (breach.pointer, breach.section) == ("/id", f"VCDM 2.0, section {section}")


def test_sections_4_13_1_and_2_a_credential_is_not_in_the_envelope_of_a_presentation() -> None:
    assert judged("4.13.1", id=f"data:application/vp+jwt,{TOKEN}")
    assert judged("4.13.2", id=f"data:application/vc+jwt,{TOKEN}")


@pytest.mark.parametrize("section", KINDS)
@pytest.mark.parametrize("context", [VC_V2, [VC_V2], [VC_V2, OB_V3]], ids=["text", "list", "more"])
def test_sections_4_13_1_and_2_context_includes_the_base(section: str, context: object) -> None:
    assert judged(section, **{"@context": context}) == ()


@pytest.mark.parametrize("section", KINDS)
@pytest.mark.parametrize("context", ["absent", None, [], {}, OB_V3, [OB_V3]], ids=str)
def test_sections_4_13_1_and_2_context_may_not_be(section: str, context: object) -> None:
    (breach,) = judged(section, **{"@context": context})
    assert (breach.pointer, breach.section) == ("/@context", f"VCDM 2.0, section {section}")


@pytest.mark.parametrize("section", KINDS)
def test_sections_4_13_1_and_2_type_is_the_envelope_and_nothing_else(section: str) -> None:
    kind = KINDS[section][0]
    assert judged(section, type=[kind]) == ()
    for types in ([kind, "VerifiableCredential"], [kind, kind], [kind, 5]):
        (breach,) = judged(section, type=types)
        assert (breach.pointer, breach.section) == ("/type", f"VCDM 2.0, section {section}")


@pytest.mark.parametrize("section", KINDS)
@pytest.mark.parametrize("types", ["absent", None, [], "VerifiableCredentialInAnEnvelope"], ids=str)
def test_sections_4_13_1_and_2_what_does_not_say_so_is_no_envelope(
    section: str, types: object
) -> None:
    assert "/type" in {breach.pointer for breach in judged(section, type=types)}
