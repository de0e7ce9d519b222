"""Every place of a full credential, changed in every way that JSON allows.

Arrays of JSON-LD are sets unless their term says `@list`, so the order of `type`,
`evidence` and their like means nothing, and one value alone means the same as an
array that holds it.  Contexts are rules for reading, not content.  For such rewritings
the rule is: verification fails, or what was signed is byte for byte the same.  Every
other change must make verification fail.
"""

import copy
import itertools
import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world.credentials import NOON, other_signer, sample_credential, sample_signer

from proofs.canonical import canonical
from proofs.errors import ProofError
from proofs.secure import secure
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import CONTEXTS
from schemas.document import Document, write
from schemas.errors import MalformedDocument, SchemaError

Path = tuple[str | int, ...]

SIGNED: Final = secure(sample_credential(), sample_signer(), NOON)
KEY: Final = sample_signer().public_key
NOTICED: Final = (ProofError, SchemaError)


def unsecured(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


CANONICAL: Final = canonical(unsecured(SIGNED))


def places(value: object, path: Path = ()) -> Iterator[Path]:
    """Every JSON path below a value, the containers included."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, member in value.items():
            yield from places(member, (*path, name))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from places(item, (*path, position))


def at(document: Any, path: Path) -> Any:  # noqa: ANN401 - any JSON value
    for step in path:
        document = document[step]
    return document


def replaced(path: Path, value: object) -> dict[str, Any]:
    tampered = copy.deepcopy(SIGNED)
    at(tampered, path[:-1])[path[-1]] = value
    return tampered


PLACES: Final = list(places(SIGNED))
TEXTS: Final = [path for path in PLACES if isinstance(at(SIGNED, path), str)]
OBJECTS: Final = [(), *(path for path in PLACES if isinstance(at(SIGNED, path), dict))]
ARRAYS: Final = [path for path in PLACES if isinstance(at(SIGNED, path), list)]
CONTEXT: Final = ("@context",)


def name_of(path: Path) -> str:
    return "/" + "/".join(map(str, path))


def verify(document: dict[str, Any]) -> None:
    received = Document.read(write(document))
    for proof in read_proofs(received):
        verify_proof(received, proof, KEY)


def assert_noticed(document: dict[str, Any]) -> None:
    with pytest.raises(NOTICED):
        verify(document)


def assert_noticed_or_the_same(document: dict[str, Any]) -> None:
    try:
        verify(document)
    except NOTICED:
        return
    assert canonical(unsecured(document)) == CANONICAL


def test_the_untouched_credential_verifies() -> None:
    verify(SIGNED)


@pytest.mark.parametrize("path", PLACES, ids=name_of)
def test_nothing_can_be_taken_out(path: Path) -> None:
    tampered = copy.deepcopy(SIGNED)
    del at(tampered, path[:-1])[path[-1]]
    assert_noticed(tampered)


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_no_text_can_be_changed(path: Path) -> None:
    text = at(SIGNED, path)
    for other in {text + "x", text[:-1], text.swapcase(), f" {text}"} - {text}:
        assert_noticed(replaced(path, other))


@pytest.mark.parametrize("path", PLACES, ids=name_of)
def test_nothing_can_become_something_of_another_kind(path: Path) -> None:
    for other in (None, True, 0, "", "true", [], {}):
        if other is not at(SIGNED, path):
            assert_noticed(replaced(path, other))


ADDITIONS: Final[dict[str, object]] = {
    "description": "added",
    "id": "https://evil.example/",
    "validUntil": "2099-01-01T00:00:00Z",
    "name": {"@value": "x", "@language": "en"},
    "unheardOf": "added",
    "@index": "added",
    "@type": "VerifiableCredential",
    "https://schema.org/name": "added",
    "termsOfUse": None,
    "refreshService": [],
    "evidence": {},
}


@pytest.mark.parametrize("path", OBJECTS, ids=name_of)
def test_no_member_can_be_added(path: Path) -> None:
    for name, value in ADDITIONS.items():
        if name not in at(SIGNED, path):
            assert_noticed(replaced((*path, name), value))


@pytest.mark.parametrize("path", OBJECTS, ids=name_of)
def test_no_member_can_be_renamed(path: Path) -> None:
    for name in at(SIGNED, path):
        for other in (name.upper(), f"@{name}", "description"):
            if other in at(SIGNED, path):
                continue
            tampered = copy.deepcopy(SIGNED)
            holder = at(tampered, path)
            holder[other] = holder.pop(name)
            assert_noticed(tampered)


@pytest.mark.parametrize("path", [path for path in ARRAYS if path != CONTEXT], ids=name_of)
def test_no_item_can_be_added_or_repeated(path: Path) -> None:
    items = at(SIGNED, path)
    for other in ("https://evil.example/", {"id": "https://evil.example/"}, items[0]):
        assert_noticed(replaced(path, [*items, other]))


@pytest.mark.parametrize("path", ARRAYS, ids=name_of)
def test_another_order_is_noticed_or_means_exactly_the_same(path: Path) -> None:
    assert_noticed_or_the_same(replaced(path, at(SIGNED, path)[::-1]))


@pytest.mark.parametrize("path", PLACES, ids=name_of)
def test_an_array_around_one_value_is_noticed_or_means_exactly_the_same(path: Path) -> None:
    assert_noticed_or_the_same(replaced(path, [at(SIGNED, path)]))


@pytest.mark.parametrize("url", CONTEXTS)
def test_another_context_is_noticed_or_means_exactly_the_same(url: str) -> None:
    mine = SIGNED["@context"]
    for contexts in ([*mine, url], [url, *mine], [mine[0], url], [url, mine[1]], [url], url):
        assert_noticed_or_the_same(replaced(CONTEXT, contexts))


def test_values_cannot_change_places() -> None:
    for first, second in itertools.pairwise(TEXTS):
        one, other = at(SIGNED, first), at(SIGNED, second)
        if one != other and not (first[:-1] == second[:-1] and isinstance(first[-1], int)):
            tampered = replaced(first, other)
            at(tampered, second[:-1])[second[-1]] = one
            assert_noticed(tampered)


@pytest.mark.parametrize("path", PLACES, ids=name_of)
def test_a_member_written_twice_is_refused_at_reading(path: Path) -> None:
    if not isinstance(path[-1], str):
        return
    marked = write(replaced(path, "MARK")).decode()
    pair = json.dumps(path[-1]) + ":" + json.dumps(at(SIGNED, path), ensure_ascii=False)
    twice = marked.replace(f'{json.dumps(path[-1])}:"MARK"', f"{pair},{pair}")
    with pytest.raises(MalformedDocument):
        Document.read(twice.encode())


PROOFS: Final[dict[str, object]] = {
    "no proof": None,
    "an empty list": [],
    "a text": "proof",
    "twice the same, one of them spoilt": [SIGNED["proof"], SIGNED["proof"] | {"created": "x"}],
    "more than are read": [SIGNED["proof"]] * 5,
}


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS)
def test_a_credential_without_a_whole_proof_is_not_verified(proof: object) -> None:
    assert_noticed(replaced(("proof",), proof))


def test_a_proof_made_with_another_key_is_noticed() -> None:
    assert_noticed(secure(sample_credential(), other_signer(), NOON))


def test_a_proof_of_another_credential_is_noticed() -> None:
    other = secure(sample_credential(name="Something else"), sample_signer(), NOON)
    assert_noticed(SIGNED | {"proof": other["proof"]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "type", "name", "@value", "@language", "@context", "x", "evidence"]),
        inner,
        max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(path=st.sampled_from(PLACES), value=JSON)
def test_any_value_anywhere_is_noticed_or_means_exactly_the_same(path: Path, value: object) -> None:
    tampered = replaced(path, value)
    if path[0] == "proof":
        if tampered != SIGNED:
            assert_noticed(tampered)
    else:
        assert_noticed_or_the_same(tampered)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(max_size=12), JSON, max_size=4))
def test_whatever_is_sent_the_only_errors_are_ours(view: dict[str, Any]) -> None:
    document = {"@context": SIGNED["@context"], "proof": SIGNED["proof"]} | view
    with pytest.raises(NOTICED):
        verify(document)
