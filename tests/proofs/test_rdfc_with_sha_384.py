"""RDFC-1.0, section 4.2: another hash function gives other names, and so another form.

P-384 keys are used with it; what is named by one function and hashed by the other verifies nowhere.
"""

import itertools
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse
from world.credentials import NOON, sample_credential

from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from proofs.blank_nodes import canonical_names
from proofs.canonical import canonical, canonical_quads
from proofs.digests import Algorithm
from proofs.errors import CanonicalizationRefused
from proofs.secure import secure
from proofs.suites.hash_and_sign import HASHES, hashing, proof_configuration, without_value
from proofs.suites.suite import How

PUBLISHED: Final = Path(__file__).parents[1] / "vectors/rdfc_1_0/test075-rdfc10.nq"
TEST: Final = NamedNode("http://example.org/vocab#test")
A: Final = NamedNode("http://example.org/vocab#A")
B: Final = NamedNode("http://example.org/vocab#B")
NEXT: Final = NamedNode("http://example.org/vocab#next")


def renamed(quads: list[Quad], order: list[int]) -> list[Quad]:
    """The same statements under other names, in another order."""
    names: dict[BlankNode, BlankNode] = {}

    def term(found: NamedNode | BlankNode) -> NamedNode | BlankNode:
        if isinstance(found, NamedNode):
            return found
        return names.setdefault(found, BlankNode(f"x{len(names)}"))

    quads = [quads[position] for position in order]
    return [Quad(term(q.subject), q.predicate, term(q.object)) for q in quads]  # type: ignore[arg-type]


@given(st.permutations(range(36)))
def test_the_published_form_comes_out_whatever_the_names_were(order: list[int]) -> None:
    raw = PUBLISHED.read_bytes()
    quads = renamed(list(parse(raw, RdfFormat.N_QUADS)), order)
    expected = b"".join(sorted(raw.splitlines(keepends=True)))
    assert canonical_quads(quads, Algorithm.SHA384) == expected


def test_the_published_form_is_not_that_of_sha_256() -> None:
    raw = PUBLISHED.read_bytes()
    quads = list(parse(raw, RdfFormat.N_QUADS))
    assert canonical_quads(quads) != canonical_quads(quads, Algorithm.SHA384)


def test_the_diamond_of_the_test_suite() -> None:
    """Test 075 of the suite in its later form."""
    for e0, e1, e2 in itertools.permutations([BlankNode("x"), BlankNode("y"), BlankNode("z")]):
        quads = [Quad(TEST, A, e0), Quad(TEST, B, e1), Quad(e0, NEXT, e2), Quad(e1, NEXT, e2)]
        names = canonical_names(quads, algorithm=Algorithm.SHA384)
        assert (names[e0], names[e1], names[e2]) == ("c14n0", "c14n2", "c14n1")
        assert canonical_quads(quads, Algorithm.SHA384).decode().splitlines()[-1] == (
            "_:c14n2 <http://example.org/vocab#next> _:c14n1 ."
        )


def test_p_384_signs_what_sha_384_names_and_hashes() -> None:
    signer = MemorySigner("did:web:issuer.example#key-2026", generate(KeyType.P384))
    document = sample_credential()
    proof = secure(document, signer, NOON, cryptosuite="ecdsa-rdfc-2019")["proof"]
    algorithm = HASHES[KeyType.P384]
    assert algorithm is Algorithm.SHA384
    configured = proof_configuration(document, without_value(proof), algorithm, How())
    data = hashing(canonical(document, algorithm), configured, algorithm)
    assert len(data) == 96
    assert canonical(document, Algorithm.SHA256) != canonical(document, algorithm)


def test_the_same_is_refused_with_either_function() -> None:
    nodes = [BlankNode(f"n{number}") for number in range(10)]
    clique = [Quad(one, NEXT, other) for one, other in itertools.permutations(nodes, 2)]
    for algorithm in (Algorithm.SHA256, Algorithm.SHA384):
        with pytest.raises(CanonicalizationRefused):
            canonical_quads(clique, algorithm)
