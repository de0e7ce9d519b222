"""A presentation of two credentials that say the same, each in a graph of its own."""

import copy
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from world.credentials import NOON, sample_credential, sample_signer

from proofs.canonical import canonical, canonical_quads
from proofs.digests import Algorithm
from proofs.secure import Wish, add_proof
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import VC_V2, document_loader
from schemas.document import Document, write

P = NamedNode("urn:p")


def presentation(*numbers: int) -> dict[str, Any]:
    """Of credentials that differ in their own address only, in this order."""
    return {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [sample_credential(id=f"urn:c:{number}") for number in numbers],
    }


def test_pyld_names_them_alike() -> None:
    document = presentation(1, 2)
    options = {"algorithm": "URDNA2015", "documentLoader": document_loader}
    theirs = jsonld.normalize(copy.deepcopy(document), {**options, "format": "application/n-quads"})
    assert canonical(document).decode() == theirs


@pytest.mark.parametrize("algorithm", [Algorithm.SHA256, Algorithm.SHA384])
def test_the_order_of_the_credentials_says_nothing(algorithm: Algorithm) -> None:
    assert canonical(presentation(1, 2), algorithm) == canonical(presentation(2, 1), algorithm)


def test_the_names_that_they_had_say_nothing() -> None:
    def written(a: str, b: str, one: str, other: str) -> bytes:
        first, second = BlankNode(a), BlankNode(b)
        graph, another = BlankNode(one), BlankNode(other)
        return canonical_quads(
            [
                Quad(first, P, Literal("same"), graph),
                Quad(second, P, Literal("same"), another),
                Quad(NamedNode("urn:1"), P, graph),
                Quad(NamedNode("urn:2"), P, another),
            ]
        )

    first = written("a", "b", "c", "d")
    assert first == written("d", "c", "b", "a") == written("b", "d", "a", "c")


def test_a_presentation_of_both_verifies_in_either_order() -> None:
    signer = sample_signer()
    signed = add_proof(presentation(1, 2), signer, NOON, Wish(purpose="authentication"))
    signed["verifiableCredential"].reverse()
    document = Document.read(write(signed))
    (proof,) = read_proofs(document)
    verify_proof(document, proof, signer.public_key, purpose="authentication")
