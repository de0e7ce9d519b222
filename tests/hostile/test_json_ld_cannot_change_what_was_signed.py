"""A signed credential that is rewritten with the means of JSON-LD 1.1, before the verifier itself.

Each attack tries to say something else to readers of JSON than to RDF, which was signed.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from world.attacks import (
    Surface,
    assert_a_clear_no,
    assert_refused_everywhere,
    did_of,
    empty_proof,
    stranger,
)
from world.credentials import ISSUER_DID, NOON, sample_credential, sample_signer

from proofs.errors import ProofError
from proofs.secure import secure
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import CONTEXTS, OB_V3, VC_V2, context
from schemas.document import Document, write
from schemas.errors import SchemaError

Json = dict[str, Any]
SIGNED: Final = secure(sample_credential(), sample_signer(), NOON)
CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"
EVIL: Final = "https://evil.example/"


def with_context(*contexts: object, **over: object) -> Json:
    return SIGNED | {"@context": [*SIGNED["@context"], *contexts]} | over


def without(*names: str) -> Json:
    return {name: value for name, value in SIGNED.items() if name not in names}


def inside(**over: object) -> Json:
    """More in the subject than was signed."""
    return SIGNED | {"credentialSubject": SIGNED["credentialSubject"] | over}


def verify(document: Json) -> None:
    received = Document.read(write(document))
    for proof in read_proofs(received):
        verify_proof(received, proof, sample_signer().public_key)


CONTEXT_ATTACKS: dict[str, Json] = {
    "a remote context": with_context("https://evil.example/context"),
    "a remote context first": SIGNED | {"@context": ["https://evil.example/c", VC_V2, OB_V3]},
    "a remote context instead": SIGNED | {"@context": "https://evil.example/context"},
    "a context on this machine": with_context("http://127.0.0.1:8000/context"),
    "a context in a file": with_context("file:///etc/passwd"),
    "a context in the address": with_context('data:application/ld+json,{"@context":{}}'),
    "a relative context": with_context("context.jsonld"),
    "a remote context inside": inside(**{"@context": "https://evil.example/context"}),
    "a protected term defined anew": with_context({"name": f"{EVIL}name"}),
    "a protected term taken away": with_context({"validUntil": None}),
    "all terms taken away": SIGNED | {"@context": [VC_V2, OB_V3, None]},
    "all terms taken away inside": inside(**{"@context": None}),
    "protection switched off": with_context({"@protected": False, "name": f"{EVIL}name"}),
    "a term with the same meaning": with_context({"until": f"{CREDENTIALS}validUntil"}),
    "every word is an address": with_context({"@vocab": EVIL}, level="master"),
    "every word is an address of the standard": with_context({"@vocab": CREDENTIALS}, level="x"),
    "every word is an address, inside": inside(**{"@context": {"@vocab": EVIL}, "level": "x"}),
    "an empty vocabulary": with_context({"@vocab": ""}, level="master"),
    "no propagation": with_context({"@propagate": False, "x": f"{EVIL}x"}),
    "no propagation inside": inside(**{"@context": {"@propagate": False, "name": f"{EVIL}n"}}),
    "an import": with_context({"@import": "https://evil.example/context"}),
    "an import of a known context": with_context({"@import": VC_V2, "name": f"{EVIL}name"}),
    "a base": with_context({"@base": EVIL}, id="c/1"),
    "a base in the subject": inside(**{"@context": {"@base": EVIL}, "id": "somebody"}),
    "a language for all texts": with_context({"@language": "la"}),
    "a direction for all texts": with_context({"@direction": "rtl"}),
    "an older edition": with_context({"@version": 1.0}),
    "another name for the identifier": with_context({"self": "@id"}),
    "another name for the type": with_context({"sort": "@type"}),
    "another name for graphs": with_context({"more": "@graph"}),
    "another name for inclusion": with_context({"more": "@included"}),
    "nesting": with_context({"more": "@nest"}, more={"name": "Another"}),
    "a reversed property": with_context({"of": {"@reverse": f"{CREDENTIALS}evidence"}}),
    "an abbreviation": with_context({"cred": CREDENTIALS}, **{"cred:validUntil": "2099-01-01"}),
    "texts as JSON": with_context({"x": {"@id": f"{EVIL}x", "@type": "@json"}}, x={"a": None}),
}

PROOF: Final = SIGNED["proof"]
ALIASES_OF_PROOF: dict[str, Json] = {
    "under its address": without("proof") | {"https://w3id.org/security#proof": PROOF},
    "under its abbreviation": without("proof") | {"sec:proof": PROOF},
    "under a name of one's own": without("proof")
    | {
        "@context": [*SIGNED["@context"], {"sealed": "https://w3id.org/security#proof"}],
        "sealed": PROOF,
    },
    "beside another under its address": SIGNED | {"https://w3id.org/security#proof": PROOF},
    "as a member of the subject": without("proof")
    | {"credentialSubject": SIGNED["credentialSubject"] | {"proof": PROOF}},
    "in a list within a list": SIGNED | {"proof": [[PROOF]]},
    "as a graph": SIGNED | {"proof": {"@graph": [PROOF]}},
    "as a set": SIGNED | {"proof": {"@set": [PROOF]}},
    "with a context of its own": SIGNED | {"proof": PROOF | {"@context": {"@vocab": EVIL}}},
    "with more said in it": SIGNED | {"proof": PROOF | {"name": "Master"}},
    "with its type as an address": SIGNED
    | {"proof": PROOF | {"type": "https://w3id.org/security#DataIntegrityProof"}},
    "with @type": SIGNED | {"proof": PROOF | {"@type": "DataIntegrityProof"}},
}

KEYWORD_ATTACKS: dict[str, Json] = {
    "all of it as a graph": {"@context": SIGNED["@context"], "@graph": [without("@context")]},
    "a graph beside it": SIGNED | {"@graph": [{"id": EVIL, "name": "Another"}]},
    "an empty graph beside it": SIGNED | {"@graph": []},
    "a graph in the subject": inside(**{"@graph": [{"id": EVIL, "name": "Another"}]}),
    "more included": SIGNED | {"@included": [{"id": EVIL, "name": "Another"}]},
    "more included in the subject": inside(**{"@included": {"id": EVIL, "name": "Another"}}),
    "said backwards": SIGNED | {"@reverse": {"evidence": {"id": EVIL}}},
    "said backwards in the subject": inside(**{"@reverse": {"credentialSubject": {"id": EVIL}}}),
    "an index": SIGNED | {"@index": "master"},
    "an unknown keyword": SIGNED | {"@master": "yes"},
    "nested": SIGNED | {"@nest": {"description": "master"}},
    "a second identifier": SIGNED | {"@id": EVIL},
    "a second type": SIGNED | {"@type": "VerifiableCredential"},
    "an issuer as a value": SIGNED | {"issuer": {"@value": ISSUER_DID}},
    "an issuer in a set": SIGNED | {"issuer": {"@set": [SIGNED["issuer"]]}},
    "an issuer in a list": SIGNED | {"issuer": {"@list": [SIGNED["issuer"]]}},
    "a term in full": SIGNED | {f"{CREDENTIALS}validUntil": "2099-01-01T00:00:00Z"},
}

RELATIVE: dict[str, Json] = {
    "the id of the credential": SIGNED | {"id": "c/4Q8RT-M2XZ9-3"},
    "the id of the credential, empty": SIGNED | {"id": ""},
    "the id of the credential, by host": SIGNED | {"id": "//issuer.example/c/4Q8RT-M2XZ9-3"},
    "the issuer": SIGNED | {"issuer": "issuer"},
    "the subject": inside(id="#me"),
    "the verification method": SIGNED | {"proof": PROOF | {"verificationMethod": "#key-2026"}},
    "the id of the proof": SIGNED | {"proof": PROOF | {"id": "proof-1"}},
    "a blank node as the id": SIGNED | {"id": "_:b0"},
    "a blank node as the subject": inside(id="_:c14n0"),
    "a blank node as a member": SIGNED | {"_:b0": "x"},
    "a type": SIGNED | {"type": [*SIGNED["type"], "Master"]},
}

EVERY: Final = CONTEXT_ATTACKS | ALIASES_OF_PROOF | KEYWORD_ATTACKS | RELATIVE


def test_the_honest_twin_is_confirmed(verifier: Surface) -> None:
    assert verifier.judge(SIGNED).verdict == "confirmed"
    assert verifier.judge(with_context()).verdict == "confirmed"


@pytest.mark.parametrize("attack", EVERY.values(), ids=EVERY)
def test_a_signed_credential_cannot_be_rewritten(verifier: Surface, attack: Json) -> None:
    for answer in (verifier.judge(attack), verifier.verify(attack)):
        assert_a_clear_no(answer)
        assert answer.outcomes["format"] == "failed" or answer.outcomes["proof"] != "passed"


@pytest.mark.parametrize("attack", CONTEXT_ATTACKS.values(), ids=CONTEXT_ATTACKS)
def test_no_context_is_ever_fetched(verifier: Surface, attack: Json) -> None:
    verifier.judge(attack)
    assert not [url for url in verifier.shelf.asked if "did.json" not in url]


@pytest.mark.parametrize("attack", EVERY.values(), ids=EVERY)
def test_what_cannot_be_signed_faithfully_is_not_signed_either(attack: Json) -> None:
    """The issuer refuses the same documents, or what it signs is byte for byte what it read."""
    unsigned = {name: value for name, value in attack.items() if name != "proof"}
    if unsigned == {name: value for name, value in SIGNED.items() if name != "proof"}:
        return
    try:
        signed = secure(unsigned, sample_signer(), NOON)
    except (ProofError, SchemaError):
        return
    verify(signed)


def typed_terms(found: object) -> Iterator[str]:
    """Every term of a context that brings a context of its own."""
    if isinstance(found, dict):
        for term, definition in found.items():
            if isinstance(definition, dict) and "@context" in definition:
                yield term
            yield from typed_terms(definition)
    elif isinstance(found, list):
        for item in found:
            yield from typed_terms(item)


SCOPED: Final = sorted({term for url in CONTEXTS for term in typed_terms(dict(context(url)))})
PLACES: Final[dict[str, Callable[[Json], Json]]] = {
    "the credential": lambda document: document,
    "the subject": lambda document: document["credentialSubject"],
    "the achievement": lambda document: document["credentialSubject"]["achievement"],
    "the issuer": lambda document: document["issuer"],
    "the proof": lambda document: document["proof"],
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_type_that_brings_a_context_is_noticed_wherever_it_is_added(
    place: Callable[[Json], Json],
) -> None:
    assert len(SCOPED) > 20
    for term in SCOPED:
        attack = copy.deepcopy(SIGNED)
        node = place(attack)
        types = node["type"] if isinstance(node["type"], list) else [node["type"]]
        if term in types:
            continue
        node["type"] = [*types, term]
        with pytest.raises((ProofError, SchemaError)):
            verify(attack)


def test_the_same_types_in_another_order_bring_the_same_contexts(verifier: Surface) -> None:
    """Type-scoped contexts come in the order of their names, not of their writing."""
    turned = SIGNED | {"type": SIGNED["type"][::-1]}
    assert verifier.judge(turned).outcomes["proof"] == "passed"


# ---------------------------------------------------------------- nodes that look alike


def test_a_presentation_of_look_alikes_is_refused_and_says_why(verifier: Surface) -> None:
    """Nodes in graphs that look alike hang together; there is no end to their orders."""
    holder = stranger()
    held = {"@context": [VC_V2, OB_V3], "type": ["VerifiableCredential"]}
    held |= {"evidence": [{"type": "Evidence"} for _ in range(200)]}
    attack = {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "holder": did_of(holder),
        "verifiableCredential": [held] * 4,
        "proof": empty_proof(holder, purpose="authentication"),
    }
    answer = verifier.present(attack)
    assert answer.status == 400
    assert_a_clear_no(answer, "look-alike blank nodes that hang together; at most")


@pytest.mark.parametrize("count", [10, 1_000, 3_000])
def test_a_credential_of_look_alikes_is_answered_in_time(verifier: Surface, count: int) -> None:
    author = stranger()
    alike = [{"type": "Evidence"} for _ in range(count)]
    document = sample_credential(issuer=did_of(author), evidence=alike)
    assert_refused_everywhere(verifier, document | {"proof": empty_proof(author)})
