"""`ecdsa-sd-2023` signs and shows the same lines whichever way reads the document."""

import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world.generated_credentials import disclosable

from proofs import compiled
from proofs.errors import InvalidJsonLd, NothingSelected, ProofError
from proofs.suites.labelled import General, Short, labelled
from proofs.suites.suite import How

KEY: Final = b"k" * 32
HOW: Final = How()
CREDENTIALS: Final = disclosable(200)


def pointers_into(value: object, at: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            if name != "@context":
                here = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
                yield here
                yield from pointers_into(member, here)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield f"{at}/{place}"
            yield from pointers_into(item, f"{at}/{place}")


def both(document: Mapping[str, Any]) -> tuple[Short | None, General]:
    try:
        return Short.of(document, KEY, HOW), General.of(document, KEY, HOW)
    except compiled.NotCovered:
        return None, General.of(document, KEY, HOW)


def test_most_documents_go_the_short_way_and_have_the_same_lines() -> None:
    compared = 0
    for document in CREDENTIALS:
        short, general = both(document)
        if short is not None:
            compared += 1
            assert short.lines == general.lines
    assert compared > len(CREDENTIALS) / 4


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_any_selection_is_found_in_the_same_places_under_the_same_names(
    choose: random.Random,
) -> None:
    document = choose.choice(CREDENTIALS)
    short, general = both(document)
    if short is None:
        return
    every = list(pointers_into(document))
    pointers = tuple(choose.choice(every) for _ in range(choose.randint(1, 5)))
    try:
        expected = general.places(pointers), general.labels_for_verifiers(pointers)
    except ProofError:
        return
    assert (short.places(pointers), short.labels_for_verifiers(pointers)) == expected


def test_no_pointer_selects_nothing() -> None:
    short, general = both(CREDENTIALS[0])
    assert general.places(()) == set()
    assert short is None or short.places(()) == set()


@pytest.mark.parametrize("document", CREDENTIALS[:20])
def test_a_pointer_that_leads_nowhere_is_refused_on_both_ways(document: dict[str, Any]) -> None:
    whole = labelled(document, KEY, HOW)
    with pytest.raises(NothingSelected):
        whole.places(("/nowhere",))
    with pytest.raises(NothingSelected):
        whole.labels_for_verifiers(("/nowhere",))


def test_an_ordered_list_is_refused_on_both_ways() -> None:
    document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:4f5c3a1e-0000-4000-8000-000000000001",
        "type": ["ResultDescription"],
        "allowedValue": ["b", "a"],
    }
    with pytest.raises(compiled.NotCovered):
        Short.of(document, KEY, HOW)
    with pytest.raises(InvalidJsonLd):
        labelled(document, KEY, HOW)
