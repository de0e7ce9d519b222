"""Whoever wrote a document learns where it is wrong, which rule that is, and what to write."""

import pytest
from world.credentials import sample_credential, sample_status_list

from schemas.contexts import VC_V2
from schemas.data_model import (
    MOST_BREACHES,
    check_credential,
    check_presentation,
    credential_breaches,
    presentation_breaches,
)
from schemas.errors import DataModelBroken, SchemaError


def test_the_sample_breaks_no_rule() -> None:
    assert credential_breaches(sample_credential()) == ()
    check_credential(sample_credential())


def test_our_status_list_breaks_no_rule() -> None:
    check_credential(sample_status_list(7))


def test_a_sound_presentation_breaks_no_rule() -> None:
    check_presentation({"@context": [VC_V2], "type": "VerifiablePresentation"})


def test_a_credential_that_does_not_conform_is_refused() -> None:
    with pytest.raises(DataModelBroken) as caught:
        check_credential(sample_credential(id="one", validFrom="yesterday"))
    assert isinstance(caught.value, SchemaError)
    assert [breach.pointer for breach in caught.value.breaches] == ["/id", "/validFrom"]
    assert str(caught.value).startswith("/id: id must be one absolute URL")
    assert "; /validFrom: validFrom must be a date and time with a time zone" in str(caught.value)


def test_a_presentation_that_does_not_conform_is_refused() -> None:
    with pytest.raises(DataModelBroken, match="/type: type of a VerifiablePresentation is missing"):
        check_presentation({"@context": [VC_V2]})


@pytest.mark.parametrize("value", [None, 5, "x", True, [], [sample_credential()]], ids=repr)
def test_what_is_no_object_is_neither(value: object) -> None:
    (breach,) = credential_breaches(value)  # type: ignore[arg-type]
    assert (breach.pointer, breach.rule) == ("", "a credential must be a JSON object")
    (breach,) = presentation_breaches(value)  # type: ignore[arg-type]
    assert (breach.pointer, breach.rule) == ("", "a presentation must be a JSON object")


def test_the_message_tells_the_first_five() -> None:
    with pytest.raises(DataModelBroken) as caught:
        check_credential(sample_credential(type=[1, 2, 3, 4, 5, 6]))
    assert str(caught.value).count("/type/") == 5


def test_no_more_than_twenty_are_listed() -> None:
    found = credential_breaches(sample_credential(evidence=[None] * 10_000))
    assert len(found) == MOST_BREACHES == 20
    assert found[-1].pointer == "/evidence/19"


def test_a_rule_tells_no_value_of_the_document() -> None:
    secret = "the diagnosis of somebody"
    wrong = sample_credential(id=secret, name=[secret], validFrom=secret, issuer=secret)
    assert not [breach for breach in credential_breaches(wrong) if secret in breach.rule]
