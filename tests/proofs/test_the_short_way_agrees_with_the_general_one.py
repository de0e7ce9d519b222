"""`proofs.compiled` answers with the bytes of the general way, or not at all."""

import copy
import gc
import itertools
import random
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from world.credentials import NOON, sample_credential, sample_signer, sample_status_list
from world.generated_credentials import disputed, generated
from world.json_ld_documents import document

from proofs import compiled
from proofs.canonical import canonical, canonical_quads
from proofs.compiled import addresses, tables, walk
from proofs.digests import Algorithm
from proofs.errors import CanonicalizationRefused, MeaningLost, ProofError
from proofs.limits import Limits
from proofs.rdf import dataset
from proofs.secure import secure
from proofs.size import Size
from schemas.contexts import CONTEXTS, OB_V3, VC_V2
from schemas.errors import SchemaError

Json = Mapping[str, Any]
SHA256: Final = Algorithm.SHA256


def short(view: Json, algorithm: Algorithm = SHA256, limits: Limits | None = None) -> bytes | None:
    try:
        return compiled.canonical(view, algorithm, limits or Limits())
    except compiled.NotCovered:
        return None


def general(view: Json, algorithm: Algorithm = SHA256) -> bytes | None:
    try:
        return canonical_quads(dataset(view), algorithm)
    except (ProofError, SchemaError):
        return None


def agree(view: Json, algorithm: Algorithm = SHA256) -> bool:
    """Whether the short way answered; if so, as the general way does."""
    before = copy.deepcopy(view)
    found = short(view, algorithm)
    assert view == before
    assert found is None or found == general(view, algorithm)
    return found is not None


@settings(max_examples=400)
@given(st.randoms(use_true_random=False), st.sampled_from([SHA256, Algorithm.SHA384]))
def test_any_document_over_the_bundled_contexts(
    choose: random.Random, algorithm: Algorithm
) -> None:
    agree(document(choose), algorithm)


def test_the_credentials_of_the_interoperability_tests() -> None:
    covered = [agree(credential) for credential in generated()]
    assert sum(covered) > len(covered) / 4
    for credential in disputed().values():
        agree(credential)


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_what_is_issued_every_day_goes_the_short_way(algorithm: Algorithm) -> None:
    secured = secure(sample_credential(), sample_signer(), NOON)
    options = {k: v for k, v in secured["proof"].items() if k != "proofValue"}
    assert agree(sample_credential(), algorithm)
    assert agree({**options, "@context": secured["@context"]}, algorithm)
    unsecured = {k: v for k, v in sample_status_list().items() if k != "proof"}
    assert agree(unsecured, algorithm)


SMALL: Final[Json] = {
    "@context": [VC_V2, OB_V3],
    "id": "urn:uuid:4f5c3a1e-0000-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Small",
    "issuer": "did:web:issuer.example",
}
ACHIEVEMENT: Final[Json] = {"type": "Achievement", "id": "https://a.example/1", "name": "A"}
OTHERWISE: Final[Mapping[str, Json]] = {
    "a null": {"name": None},
    "an empty list": {"evidence": []},
    "a list in a list": {"name": [["x"]]},
    "an empty node": {"evidence": {}},
    "a keyword": {"@id": "urn:a:b"},
    "an undefined member": {"mood": "good"},
    "an undefined type": {"type": ["VerifiableCredential", "Mood"]},
    "a type by its address": {"type": ["VerifiableCredential", "https://a.example/T"]},
    "a type twice": {"type": ["VerifiableCredential", "VerifiableCredential"]},
    "two names of one type": {"type": ["OpenBadgeCredential", "AchievementCredential"]},
    "a member by its address": {"https://schema.org/name": "x"},
    "a relative identifier": {"id": "a"},
    "a blank node's name": {"id": "_:a"},
    "an identifier with a space": {"id": "https://a.example/a b"},
    "an identifier that abbreviates": {"id": "type:a"},
    "an identifier that is a number": {"id": 7},
    "two identifiers": {"id": ["urn:a:b"]},
    "a context inside": {"evidence": {"@context": OB_V3, "type": "Evidence", "name": "x"}},
    "a context of its own": {"@context": [VC_V2, {"own": "https://a.example/own"}], "own": "x"},
    "a context that is not ours": {"@context": [VC_V2, "https://a.example/context"]},
    "no context": {"@context": []},
    "a text in a language": {"name": {"@value": "x", "@language": "en"}},
    "a value twice": {"evidence": ["https://a.example/", "https://a.example/"]},
    "a node twice": {"evidence": [{"id": "urn:a:b"}, {"id": "urn:a:b"}]},
    "a node and its address": {"evidence": [{"id": "urn:a:b"}, "urn:a:b"]},
    "true and 1": {"name": [True, 1]},
    "half a surrogate pair": {"name": "\ud800"},
    "look-alikes": {"evidence": [{"type": "Evidence"}, {"type": "Evidence"}]},
    "a number that is none": {"name": float("nan")},
    "a number beyond all": {"name": float("inf")},
    "a graph": {"verifiableCredential": {"name": "x"}},
    "two words of one meaning": {
        "type": "DataIntegrityProof",
        "proofPurpose": ["OpenBadgeCredential", "AchievementCredential"],
    },
    "two addresses in one": {"id": "https://a.example/\nhttps://b.example/"},
    "an address that makes statements": {"id": "urn:a:b> <urn:c:d> <urn:e:f> .\n<urn:g:h"},
    "two terms of one address": {"criteria": {"id": "urn:a:b"}, "Criteria": {"id": "urn:c:d"}},
    "a type that is no text": {"type": ["VerifiableCredential", 7]},
    "a type that is an object": {"type": ["VerifiableCredential", {}]},
}


@pytest.mark.parametrize("over", OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_rare_odd_or_wrong_goes_the_general_way(over: Json) -> None:
    assert short({**SMALL, **over}) is None


ODD: Final[Mapping[str, Json]] = {
    "marks and control characters": {"name": '\x00\x07\b\t\n\x0b\f\r\x1f"\\\x7f\x85'},
    "every plane of Unicode": {
        "name": "é e\u0301 \u200f\u202e \ufdd0 \ufffd\ufffe\uffff 🙂 \U0010ffff"
    },
    "a text like an address": {"name": "https://a.example/"},
    "an empty text": {"name": ""},
    "a character of N-Quads alone": {"name": "x\x7f"},
    "characters that XML has not": {"name": "x\ufffe", "description": "\uffff"},
    "a text that makes statements": {"name": 'x" .\n<urn:a:b> <urn:c:d> "'},
    "true": {"name": True},
    "a whole number": {"name": 7},
    "a whole number with a point": {"name": 7.0},
    "minus nothing": {"name": -0.0},
    "a fraction": {"name": 1e-7},
    "a large number": {"name": 1e21},
    "several kinds of node": {"evidence": [{"type": "Evidence"}, {"id": "urn:a:b"}]},
    "an address in capitals": {"id": "HTTPS://A.EXAMPLE/%C3%A9"},
    "an address beyond ASCII": {"id": "https://a.example/é"},
    "an address of version 6": {"id": "https://[::1]:8000/"},
    "a nested subject": {"credentialSubject": {"achievement": {**ACHIEVEMENT}}},
    "a subject with a type": {
        "credentialSubject": {"type": "AchievementSubject", "achievement": {**ACHIEVEMENT}}
    },
    "one node in two places": {
        "evidence": {"id": "urn:a:b", "type": "Evidence", "name": "x"},
        "issuer": {"id": "urn:a:b", "type": "Profile", "name": "x"},
    },
    "values with an order": {
        "credentialSubject": {
            "type": "AchievementSubject",
            "achievement": {
                **ACHIEVEMENT,
                "resultDescription": {
                    "id": "urn:r:1",
                    "type": "ResultDescription",
                    "name": "R",
                    "allowedValue": ["b", "a", "b"],
                },
            },
        }
    },
}


@pytest.mark.parametrize("over", ODD.values(), ids=ODD)
def test_what_is_odd_but_plain_is_written_in_the_same_way(over: Json) -> None:
    agree({**SMALL, **over})
    assert short({**SMALL, **over}) is not None or general({**SMALL, **over}) is None


def test_limits_are_those_of_the_general_way() -> None:
    many = {**SMALL, "evidence": [{"type": "Evidence", "name": str(n)} for n in range(30)]}
    assert agree(many)
    for limits in (Limits(values=50), Limits(blank_nodes=29), Limits(quads=30), Limits(contexts=1)):
        assert short(many, limits=limits) is None
        with pytest.raises(CanonicalizationRefused):
            canonical(many, limits=limits)


def test_values_are_counted_alike() -> None:
    values = Size.of(sample_credential()).values
    assert short(sample_credential(), limits=Limits(values=values)) is not None
    assert short(sample_credential(), limits=Limits(values=values - 1)) is None


def test_a_node_inside_a_node_inside_a_node_comes_to_an_end() -> None:
    deep: dict[str, Any] = {"type": "Evidence", "name": "x"}
    for _ in range(500):
        deep = {"type": "Profile", "parentOrg": deep}
    assert short({**SMALL, "issuer": deep}) is None
    with pytest.raises((CanonicalizationRefused, MeaningLost)):
        canonical({**SMALL, "issuer": deep})


def made_of(choose: random.Random, number: int) -> Json:
    """A document of many nodes, each with types that nobody else has together."""
    kinds = ["Achievement", "Address", "Alignment", "Evidence", "Image", "Profile", "Related"]
    return {
        **SMALL,
        "evidence": [
            {"id": f"urn:a:{place}", "type": choose.sample(kinds, choose.randint(1, 2))}
            for place in range(number)
        ],
    }


def tables_kept() -> list[tables.Table]:
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, tables.Table)]


def test_strangers_cannot_fill_the_memory_with_contexts() -> None:
    """Whoever sends documents chooses contexts, in any order."""
    for others in itertools.islice(itertools.permutations(sorted(CONTEXTS), 3), 300):
        short({**SMALL, "@context": [VC_V2, *others]})
    assert len(tables_kept()) <= tables.MOST_TABLES + tables.LARGEST_FAMILY
    assert agree(sample_credential())


def test_strangers_cannot_fill_the_memory_with_types() -> None:
    """Types may stand in any order, of which there are more than could be counted."""
    choose = random.Random(7)  # noqa: S311 - no secret
    for _ in range(30):
        short(made_of(choose, 60))
    kept = tables_kept()
    assert max(Counter(each.family for each in kept).values()) <= tables.LARGEST_FAMILY
    assert max(len(each.typed) for each in kept) <= tables.MOST_TYPES
    assert agree(sample_credential())


def test_one_document_cannot_ask_for_more_tables_than_one_family_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "LARGEST_FAMILY", 4)
    tables._ROOTS.forget()
    many = made_of(random.Random(7), 60)  # noqa: S311 - no secret
    assert short(many) is None
    monkeypatch.undo()
    assert agree(sample_credential())


def test_threads_share_tables_and_none_is_told_wrongly() -> None:
    choose = random.Random(7)  # noqa: S311 - no secret
    views = [document(choose) for _ in range(60)] + [sample_credential()] * 20
    alone = [short(view) for view in views]
    tables._ROOTS.forget()
    with ThreadPoolExecutor(8) as pool:
        for together in pool.map(lambda _: [short(view) for view in views], range(8)):
            assert together == alone


PLANES: Final = range(0x11)


@pytest.mark.parametrize("plane", PLANES)
def test_every_character_is_written_in_the_same_way(plane: int) -> None:
    """Those that N-Quads escape are found out by looking at the document as a whole."""
    characters = map(chr, range(plane << 16, (plane + 1) << 16))
    texts = [each for each in characters if not "\ud800" <= each <= "\udfff"]
    careless = [each for each in texts if not walk._needs_care({"name": each})]
    assert str(Literal("".join(careless))) == f'"{"".join(careless)}"'
    assert len(careless) > len(texts) - 200


@given(st.text() | st.from_regex(addresses._ALL_PLAIN.__self__))
def test_an_address_that_is_taken_for_plain_can_be_held_by_rdf(text: str) -> None:
    try:
        addresses.check_addresses([text], frozenset(), abbreviates_everyday=False)
    except compiled.NotCovered:
        return
    assert str(NamedNode(text)) == f"<{text}>"
