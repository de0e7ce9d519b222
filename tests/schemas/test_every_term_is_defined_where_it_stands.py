"""All that our models can say is a term of the two contexts; a safe expansion drops nothing."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError
from world.credentials import ACHIEVEMENT_URL, ISSUER_URL, NOON, sample_credential, sample_signer

from proofs.errors import UndefinedTerm
from proofs.rdf import dataset
from proofs.secure import secure
from schemas.contexts import OB_V3, VC_V2
from schemas.credential import OpenBadgeCredential
from schemas.errors import SchemaViolated
from schemas.moments import written
from schemas.validate import check_profile


def endorsement() -> dict[str, Any]:
    said = {
        "@context": [VC_V2, OB_V3],
        "id": "urn:uuid:7b0b9c5e-0b5e-4b43-9c3c-0d8a2b1d9a11",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "A second look",
        "issuer": {"id": "did:web:second.example", "type": ["Profile"], "name": "B. Lindqvist"},
        "validFrom": "2026-03-02T09:30:00Z",
        "credentialSubject": {
            "id": ACHIEVEMENT_URL,
            "type": ["EndorsementSubject"],
            "endorsementComment": "I would have set the same levels.",
        },
    }
    return secure(said, sample_signer(), NOON)


def full_credential() -> dict[str, Any]:
    """The sample, with every member that our models have and the sample leaves out."""
    full = sample_credential(description="For whom it is.", endorsement=[endorsement()])
    logo = {"id": f"{ISSUER_URL}/logo.png", "type": "Image", "caption": "A kite"}
    full["issuer"]["image"] = logo
    subject = full["credentialSubject"]
    subject["id"] = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    subject["source"] |= {"url": f"{ISSUER_URL}/assessors/17", "image": logo}
    subject["achievement"]["criteria"]["id"] = f"{ACHIEVEMENT_URL}/criteria.md"
    subject["achievement"]["alignment"][0] |= {"targetCode": "S1", "targetDescription": "Import."}
    return full


def models(kind: object) -> Iterator[type[BaseModel]]:
    if get_origin(kind) in {tuple, Union, UnionType}:
        for part in get_args(kind):
            yield from models(part)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)


def members(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for name, member in node.items():
            yield name
            yield from members(member)
    elif isinstance(node, list):
        for item in node:
            yield from members(item)


def test_the_full_credential_is_really_full() -> None:
    every = {
        field.alias or name
        for kind in models(OpenBadgeCredential)
        for name, field in kind.model_fields.items()
    }
    assert every <= set(members(full_credential()))


def test_everything_that_the_models_can_say_is_signed() -> None:
    document = OpenBadgeCredential.model_validate(full_credential()).document()
    assert document == full_credential()
    assert list(document)[:5] == ["@context", "id", "type", "name", "description"]
    check_profile(document)
    assert dataset(document)


def spelled(place: tuple[str | int, ...]) -> str:
    return "/".join(map(str, place)) or "the whole"


def named(node: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    match node:
        case dict():
            yield place
            for name, member in node.items():
                if name not in {"@context", "endorsement"}:
                    yield from named(member, (*place, name))
        case list():
            for number, item in enumerate(node):
                yield from named(item, (*place, number))


@pytest.mark.parametrize(
    "place", list(named(full_credential())), ids=lambda p: "/".join(map(str, p))
)
def test_a_word_of_our_own_is_an_error_wherever_it_stands(place: tuple[str | int, ...]) -> None:
    document: Any = copy.deepcopy(full_credential())
    node = document
    for step in place:
        node = node[step]
    node["ourOwnWord"] = "x"
    with pytest.raises(UndefinedTerm):
        dataset(document)


def addresses(node: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    match node:
        case dict():
            for name, member in node.items():
                if name not in {"@context", "endorsement"}:
                    yield from addresses(member, (*place, name))
        case list():
            for number, item in enumerate(node):
                yield from addresses(item, (*place, number))
        case str() if node.startswith(("https://", "http://", "did:")):
            yield place


@pytest.mark.parametrize(
    "place", list(addresses(full_credential())), ids=lambda p: "/".join(map(str, p))
)
def test_an_address_with_a_space_would_be_dropped_and_is_refused(
    place: tuple[str | int, ...],
) -> None:
    document: Any = copy.deepcopy(full_credential())
    *steps, last = place
    node = document
    for step in steps:
        node = node[step]
    node[last] += " x"
    with pytest.raises(SchemaViolated):
        check_profile(document)


@pytest.mark.parametrize(
    "over",
    [
        {"@context": [OB_V3, VC_V2]},
        {"@context": [VC_V2]},
        {"@context": [VC_V2, OB_V3, "https://w3id.org/security/data-integrity/v2"]},
        {"type": ["VerifiableCredential"]},
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "Other"]},
    ],
)
def test_contexts_and_types_are_exactly_ours(over: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OpenBadgeCredential.model_validate(sample_credential(**over))


def test_a_time_before_the_calendar_in_utc_is_refused() -> None:
    with pytest.raises(ValidationError, match="calendar"):
        OpenBadgeCredential.model_validate(sample_credential(validFrom="0001-01-01T00:00:00+14:00"))


def test_a_year_is_written_with_four_digits() -> None:
    assert written(datetime(900, 1, 1, tzinfo=UTC)) == "0900-01-01T00:00:00Z"
