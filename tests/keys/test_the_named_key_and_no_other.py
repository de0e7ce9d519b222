"""Controlled Identifiers 1.0, section 3.3, and what the field got wrong."""

from datetime import UTC, datetime
from typing import Any

import pytest

from keys import jwk, multikey
from keys.controller import ControllerDocument, Relationship, build
from keys.errors import (
    ControllerMismatch,
    MalformedControllerDocument,
    MethodNotAuthorised,
    MethodNotFound,
)
from keys.lifecycle import MOVES, KeyLife, KeyState, may_sign
from keys.memory import generate, public_half
from keys.public_key import KeyType

DID = "did:web:guild.example"
FIRST, SECOND = (public_half(generate(KeyType.ED25519)) for _ in range(2))
ASSERTION = Relationship.ASSERTION


def document(**over: object) -> dict[str, Any]:
    return build(DID, [("one", FIRST, KeyLife()), ("two", SECOND, KeyLife())]) | over


def read(view: dict[str, Any]) -> ControllerDocument:
    return ControllerDocument.read(view, DID)


def test_each_key_is_found_under_its_own_name() -> None:
    found = read(document())
    assert found.key_for(f"{DID}#one", ASSERTION).public_key == FIRST
    assert found.key_for(f"{DID}#two", ASSERTION).public_key == SECOND


@pytest.mark.parametrize(
    "name",
    ["three", multikey.encode(SECOND), "", "ONE", "one "],
    ids=["absent", "the key itself", "nothing", "another case", "a space"],
)
def test_a_name_that_is_not_there_is_never_the_first_key(name: str) -> None:
    with pytest.raises(MethodNotFound):
        read(document()).key_for(f"{DID}#{name}", ASSERTION)


def test_a_key_that_is_there_for_something_else_does_not_count() -> None:
    view = document(assertionMethod=[f"{DID}#two"], authentication=[f"{DID}#one"])
    with pytest.raises(MethodNotAuthorised, match="assertionMethod"):
        read(view).key_for(f"{DID}#one", ASSERTION)
    assert read(view).key_for(f"{DID}#one", Relationship.AUTHENTICATION).public_key == FIRST


def test_short_names_and_keys_written_in_place_are_understood() -> None:
    embedded = {
        "id": "#inside",
        "type": "JsonWebKey",
        "controller": DID,
        "publicKeyJwk": jwk.encode(SECOND),
    }
    view = document(assertionMethod=["#one", embedded])
    assert read(view).key_for(f"{DID}#one", ASSERTION).public_key == FIRST
    assert read(view).key_for(f"{DID}#inside", ASSERTION).public_key == SECOND


def test_a_key_of_somebody_else_is_refused() -> None:
    view = document()
    view["verificationMethod"][0]["controller"] = "did:web:evil.example"
    with pytest.raises(ControllerMismatch):
        read(view).key_for(f"{DID}#one", ASSERTION)


def test_the_document_of_somebody_else_is_refused() -> None:
    with pytest.raises(ControllerMismatch):
        read(document(id="did:web:evil.example"))


def test_one_name_for_two_keys_is_refused_and_the_same_twice_is_not() -> None:
    view = document()
    twin = view["verificationMethod"][0]
    view["verificationMethod"].append(dict(twin))
    assert read(view).key_for(f"{DID}#one", ASSERTION).public_key == FIRST
    view["verificationMethod"].append(twin | {"publicKeyMultibase": multikey.encode(SECOND)})
    with pytest.raises(MalformedControllerDocument):
        read(view).key_for(f"{DID}#one", ASSERTION)


def test_a_key_that_we_cannot_read_spoils_no_other() -> None:
    view = document()
    view["verificationMethod"] += [{"id": 5}, "x", {"id": f"{DID}#odd", "type": "Later"}]
    view["assertionMethod"] += [None, 7]
    assert read(view).key_for(f"{DID}#one", ASSERTION).public_key == FIRST


BROKEN = {
    "another type": {"type": "Later"},
    "no key": {"publicKeyMultibase": None},
    "a key that is none": {"publicKeyMultibase": "z6Mk"},
    "an end that is no time": {"revoked": "soon"},
    "an end that is a number": {"expires": 5},
}


@pytest.mark.parametrize("flaw", BROKEN.values(), ids=BROKEN)
def test_a_named_key_that_cannot_be_read_is_an_error(flaw: dict[str, object]) -> None:
    view = document()
    view["verificationMethod"][0] |= flaw
    with pytest.raises(MalformedControllerDocument):
        read(view).key_for(f"{DID}#one", ASSERTION)


@pytest.mark.parametrize(
    "over",
    [{"id": 5}, {"verificationMethod": {}}, {"assertionMethod": "x"},
     {"verificationMethod": [{}] * 101}],
)  # fmt: skip
def test_a_document_that_is_none_is_an_error(over: dict[str, object]) -> None:
    with pytest.raises(MalformedControllerDocument):
        read(document(**over))


NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
EARLIER = datetime(2026, 3, 3, 11, tzinfo=UTC)
LIVES = [
    (KeyLife(), KeyState.ACTIVE),
    (KeyLife(expires=NOON), KeyState.RETIRED),
    (KeyLife(expires=EARLIER), KeyState.RETIRED),
    (KeyLife(expires=datetime(2027, 1, 1, tzinfo=UTC)), KeyState.ACTIVE),
    (KeyLife(revoked=EARLIER), KeyState.COMPROMISED),
    (KeyLife(expires=EARLIER, revoked=NOON), KeyState.COMPROMISED),
]


@pytest.mark.parametrize(("life", "state"), LIVES)
def test_where_a_key_stands_is_written_and_read_back(life: KeyLife, state: KeyState) -> None:
    found = read(build(DID, [("one", FIRST, life)])).key_for(f"{DID}#one", ASSERTION)
    assert found.life == life
    assert found.life.state(NOON) is state
    assert may_sign(state) is (state is KeyState.ACTIVE)


def test_a_time_without_a_zone_is_utc() -> None:
    view = document()
    view["verificationMethod"][0]["revoked"] = "2026-03-03T12:00:00"
    assert read(view).key_for(f"{DID}#one", ASSERTION).life.revoked == NOON


def test_a_stolen_key_is_never_good_again() -> None:
    assert MOVES[KeyState.COMPROMISED] == frozenset()
    assert KeyState.ACTIVE not in MOVES[KeyState.RETIRED]
