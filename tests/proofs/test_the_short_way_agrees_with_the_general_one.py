"""`proofs.compiled` answers with the bytes of the general way, or not at all."""

import copy
import gc
import itertools
import random
from collections.abc import Mapping
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world.credentials import NOON, sample_credential, sample_signer, sample_status_list
from world.generated_credentials import disputed, generated
from world.json_ld_documents import document

from proofs import compiled
from proofs.canonical import canonical, canonical_quads
from proofs.compiled import tables
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


def test_strangers_cannot_fill_the_memory_with_tables() -> None:
    """Whoever sends documents chooses contexts and types, in any order."""
    for addresses in itertools.islice(itertools.permutations(sorted(CONTEXTS), 3), 300):
        short({**SMALL, "@context": [VC_V2, *addresses]})
    gc.collect()
    kept = [each for each in gc.get_objects() if isinstance(each, tables.Table)]
    assert len(kept) <= tables.MOST_TABLES + 1
    assert agree(sample_credential())
