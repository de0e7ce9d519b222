"""The traps listed in the design under "JSON-LD and canonicalization: what goes wrong"."""

import itertools
import json
import math
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    serialize,
)
from world.credentials import NOON, sample_credential, sample_signer
from world.processor import SECOND

from evidence.documents import document_bytes
from evidence.errors import UnwritableDocument
from proofs import jcs, rdf
from proofs.canonical import canonical, canonical_quads
from proofs.digests import Algorithm
from proofs.errors import (
    CanonicalizationRefused,
    InlineContext,
    InvalidJsonLd,
    MeaningLost,
    NotCompacted,
    ProofError,
    UndefinedTerm,
    UnsafeIdentifier,
    UnsignedMember,
)
from proofs.faithful import OPAQUE
from proofs.limits import Limits
from proofs.secure import secure
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import (
    CONTEXTS,
    OB_V3,
    OB_V3_EXTENSIONS,
    VC_V2,
    context,
    document_loader,
)
from schemas.document import Document, write
from schemas.errors import UnknownContext

SMALL: dict[str, Any] = {
    "@context": [VC_V2, OB_V3],
    "id": "https://issuer.example/c/1",
    "type": ["VerifiableCredential"],
    "name": "A small credential",
}
P = NamedNode("https://example.org/p")


def nodes(count: int, name: str = "n") -> list[BlankNode]:
    return [BlankNode(f"{name}{number}") for number in range(count)]


def clique(size: int, name: str = "n") -> list[Quad]:
    return [Quad(a, P, b) for a, b in itertools.permutations(nodes(size, name), 2)]


# ---------------------------------------------------------------- 1


@pytest.mark.parametrize(
    ("written", "escaped"),
    [
        ("\x07", b"\\u0007"),
        ("\x7f", b"\\u007F"),
        ("\x00", b"\\u0000"),
        ("\x0b", b"\\u000B"),
        ("\b\t\n\f\r", b"\\b\\t\\n\\f\\r"),
        ('"\\', b'\\"\\\\'),
        ("\x85\u2028é", "\x85\u2028é".encode()),
    ],
)
def test_trap_1_control_characters_are_escaped_as_rdfc_says(written: str, escaped: bytes) -> None:
    found = canonical(SMALL | {"name": f"<{written}>"})
    assert b'"<' + escaped + b'>"' in found


def test_trap_1_a_credential_with_a_bell_in_it_verifies() -> None:
    signed = write(secure(SMALL | {"name": "a\x07b"}, sample_signer(), NOON))
    document = Document.read(signed)
    verify_proof(document, read_proofs(document)[0], sample_signer().public_key)


def test_trap_1_sha384_is_the_real_one_and_gives_other_labels() -> None:
    quads = [Quad(a, P, b) for a, b in itertools.pairwise(nodes(5))]
    assert canonical_quads(quads, Algorithm.SHA384) != canonical_quads(quads, Algorithm.SHA256)


# ---------------------------------------------------------------- 2


def test_trap_2_an_undefined_term_is_an_error_when_signing_and_when_verifying() -> None:
    with pytest.raises(UndefinedTerm, match="holderHeight"):
        secure(SMALL | {"holderHeight": 190}, sample_signer(), NOON)
    honest = secure(SMALL, sample_signer(), NOON)
    document = Document.read(write(honest | {"holderHeight": 190}))
    with pytest.raises(UndefinedTerm, match="holderHeight"):
        verify_proof(document, read_proofs(document)[0], sample_signer().public_key)


def test_trap_2_an_undefined_type_is_an_error() -> None:
    with pytest.raises(UndefinedTerm, match="MasterOfEverything"):
        canonical(SMALL | {"type": ["VerifiableCredential", "MasterOfEverything"]})


IDENTIFIERS = {
    "with a space": "https://issuer.example/c/1 2",
    "with a line end": "https://issuer.example/c/1\n",
    "with a tab": "https://issuer.example/\tc",
    "with angle brackets": "https://issuer.example/<c>",
    "relative": "c/1",
    "a word": "somebody",
    "empty": "",
    "a blank node's name": "_:b0",
    "with a control character": "https://issuer.example/\x07",
    "with braces": "urn:x:{y}",
}


@pytest.mark.parametrize("identifier", IDENTIFIERS.values(), ids=IDENTIFIERS)
@pytest.mark.parametrize("member", ["id", "issuer", "evidence"])
def test_trap_2_an_identifier_that_rdf_cannot_hold_is_an_error(
    member: str, identifier: str
) -> None:
    with pytest.raises((UnsafeIdentifier, UnsignedMember)):
        canonical(SMALL | {member: identifier})


@pytest.mark.parametrize(
    "value", [None, [], [None], ["https://a.example/", []], [["https://a.example/"]]], ids=repr
)
def test_trap_2_what_expansion_forgets_is_an_error(value: object) -> None:
    with pytest.raises(UnsignedMember):
        canonical(SMALL | {"evidence": value})


KEYWORDS: dict[str, object] = {
    "@index": "unsigned words",
    "@included": [{"id": "https://a.example/", "name": "x"}],
    "@graph": [],
    "@reverse": {"name": {"id": "https://a.example/"}},
    "@direction": "rtl",
    "@nest": {"description": "x"},
    "@unheard": "of",
}


@pytest.mark.parametrize(("keyword", "value"), KEYWORDS.items(), ids=KEYWORDS)
def test_trap_2_keywords_that_carry_nothing_are_an_error(keyword: str, value: object) -> None:
    with pytest.raises(UnsignedMember):
        canonical(SMALL | {keyword: value})


@pytest.mark.parametrize(
    "value",
    [
        {"@value": "x", "@language": "ar", "@direction": "up"},
        {"@value": "x", "@language": "ar", "@direction": None},
        {"@value": "x", "@language": "ar", "@direction": "rtl", "@index": "y"},
        {"@value": "x", "@language": "no tag", "@direction": "rtl"},
        {"@value": "x", "@direction": ["rtl"]},
        {"@value": "x"},
        {"@value": None, "@language": "en"},
        {"@value": ["x"], "@language": "en"},
        {"@language": "en"},
        {"@value": "x", "@index": "y"},
        {"@list": ["x"]},
        {"@set": ["x"]},
        {"@value": "x", "@type": "http://www.w3.org/2001/XMLSchema#string"},
    ],
    ids=repr,
)
def test_trap_2_a_text_has_a_language_a_direction_and_nothing_else(value: object) -> None:
    with pytest.raises((MeaningLost, InvalidJsonLd)):
        canonical(SMALL | {"name": value})


def test_trap_2_a_text_with_a_language_is_signed_with_it() -> None:
    found = canonical(SMALL | {"name": {"@value": "Guten Tag", "@language": "de-CH"}})
    assert b'"Guten Tag"@de-ch' in found


DIRECTED: list[tuple[dict[str, str], bytes]] = [
    ({"@value": "x", "@language": "ar-EG", "@direction": "rtl"}, b'"x"^^<I18N#ar-eg_rtl>'),
    ({"@value": "x", "@language": "en", "@direction": "ltr"}, b'"x"^^<I18N#en_ltr>'),
    ({"@value": "x", "@direction": "rtl"}, b'"x"^^<I18N#_rtl>'),
    ({"@value": "", "@direction": "ltr"}, b'""^^<I18N#_ltr>'),
]


@pytest.mark.parametrize(("value", "written"), DIRECTED, ids=repr)
def test_trap_2_a_text_with_a_direction_is_signed_with_it(
    value: dict[str, str], written: bytes
) -> None:
    """JSON-LD 1.1 API, section 8.2, step 13, as `i18n-datatype`; else it could be turned around."""
    assert written.replace(b"I18N", b"https://www.w3.org/ns/i18n") in canonical(
        SMALL | {"name": value}
    )
    signed = secure(SMALL | {"name": value}, sample_signer(), NOON)
    other = {"ltr": "rtl", "rtl": "ltr"}[value["@direction"]]
    without = {name: part for name, part in value.items() if name != "@direction"}
    for change in (value | {"@direction": other}, without, value["@value"]):
        document = Document.read(write(signed | {"name": change}))
        with pytest.raises(ProofError):
            verify_proof(document, read_proofs(document)[0], sample_signer().public_key)


def test_trap_2_a_repeated_value_is_an_error_because_sets_forget_it() -> None:
    for member, value in {
        "type": ["VerifiableCredential", "VerifiableCredential"],
        "evidence": [{"id": "https://a.example/", "name": "x"}, {"id": "https://a.example/"}],
        "description": ["x", "x"],
    }.items():
        with pytest.raises(UnsignedMember):
            canonical(SMALL | {member: value})


ADDRESSES = {
    "https://www.w3.org/2018/credentials#validUntil": "2020-01-01T00:00:00Z",
    "https://www.w3.org/2018/credentials#credentialStatus": {"id": "https://a.example/#1"},
    "@id": "https://issuer.example/c/1",
    "@type": "VerifiableCredential",
}


@pytest.mark.parametrize(("name", "value"), ADDRESSES.items(), ids=ADDRESSES)
def test_trap_2_a_term_may_not_hide_behind_its_address(name: str, value: object) -> None:
    with pytest.raises(NotCompacted):
        canonical(SMALL | {name: value})


def test_trap_2_a_type_may_not_hide_behind_its_address() -> None:
    hidden = "https://www.w3.org/2018/credentials#VerifiableCredential"
    with pytest.raises(NotCompacted):
        canonical(SMALL | {"type": [hidden]})
    canonical(SMALL | {"type": ["VerifiableCredential", "https://types.example/#Reference"]})


def test_trap_2_an_identifier_may_not_be_abbreviated_with_a_term() -> None:
    with pytest.raises(UnsafeIdentifier):
        canonical(SMALL | {"id": "name:1"})


def test_trap_2_a_document_that_says_nothing_is_an_error() -> None:
    with pytest.raises(MeaningLost):
        canonical({"@context": [VC_V2]})
    with pytest.raises(MeaningLost):
        canonical({"@context": [VC_V2], "id": "https://issuer.example/c/1"})


# ---------------------------------------------------------------- 3

INJECTION = 'en . <https://evil.example/> <https://evil.example/p> "x" .\n<a:b> <c:d> "e"@en'


def test_trap_3_a_crafted_language_injects_no_statement() -> None:
    with pytest.raises(InvalidJsonLd):
        canonical(SMALL | {"name": {"@value": "x", "@language": INJECTION}})


def test_trap_3_a_crafted_identifier_injects_no_statement() -> None:
    crafted = 'https://a.example/> <https://a.example/p> "x" .\n<https://a.example/'
    with pytest.raises(UnsafeIdentifier):
        canonical(SMALL | {"id": crafted})


def test_trap_3_a_crafted_text_stays_one_text() -> None:
    crafted = 'x" .\n<https://evil.example/> <https://evil.example/p> "y'
    found = canonical(SMALL | {"name": crafted})
    assert found.count(b"\n") == canonical(SMALL).count(b"\n")


# ---------------------------------------------------------------- 4


def test_trap_4_look_alike_nodes_are_refused_before_the_work_begins() -> None:
    begun = time.monotonic()
    with pytest.raises(CanonicalizationRefused, match="look-alike"):
        canonical_quads(clique(12))
    assert time.monotonic() - begun < 1


def test_trap_4_the_worst_that_is_allowed_is_quick() -> None:
    begun = time.monotonic()
    canonical_quads(clique(Limits().look_alike_nodes))
    assert time.monotonic() - begun < 2


def test_trap_4_look_alikes_can_be_written_in_a_presentation_and_are_refused() -> None:
    held = SMALL | {"evidence": [{"type": "Evidence"} for _ in range(8)]}
    twice = {"@context": [VC_V2], "type": "VerifiablePresentation"}
    with pytest.raises(CanonicalizationRefused, match="hang together"):
        canonical(twice | {"verifiableCredential": [held, held]})


def test_trap_4_look_alikes_that_touch_nothing_are_no_danger() -> None:
    empty: list[dict[str, object]] = [{"type": "Evidence"} for _ in range(50)]
    begun = time.process_time()
    assert canonical(SMALL | {"evidence": empty})
    assert time.process_time() - begun < SECOND


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_trap_4_many_small_groups_together_are_bounded_too(size: int) -> None:
    most = Limits().look_alike_orders // math.factorial(size)
    groups = [clique(size, f"g{number}n") for number in range(most + 1)]
    begun = time.process_time()
    if size * most <= Limits().blank_nodes:
        canonical_quads(itertools.chain.from_iterable(groups[:most]))
        assert time.process_time() - begun < SECOND
    with pytest.raises(CanonicalizationRefused):
        canonical_quads(itertools.chain.from_iterable(groups))


def test_trap_4_other_limits_hold_too() -> None:
    many = [Quad(a, P, NamedNode(f"https://a.example/{n}")) for n, a in enumerate(nodes(20))]
    with pytest.raises(CanonicalizationRefused, match="statements"):
        canonical_quads(many, limits=Limits(quads=19))
    with pytest.raises(CanonicalizationRefused, match="blank nodes"):
        canonical_quads(many, limits=Limits(blank_nodes=19))
    with pytest.raises(CanonicalizationRefused, match="statements"):
        canonical(SMALL, limits=Limits(quads=1))


def test_trap_4_deep_documents_are_refused_before_anything_recurses() -> None:
    deep: dict[str, Any] = {"name": "x"}
    for _ in range(1_000):
        deep = {"evidence": deep}
    with pytest.raises(CanonicalizationRefused, match="levels"):
        canonical(SMALL | deep)


def test_trap_4_different_nodes_are_no_look_alikes() -> None:
    evidence = [{"type": "Evidence", "name": f"Number {number}"} for number in range(50)]
    assert canonical(SMALL | {"evidence": evidence}).count(b"Number") == 50


# ---------------------------------------------------------------- 5


def test_trap_5_contexts_are_marked_static_and_resolved_once() -> None:
    assert document_loader(VC_V2)["tag"] == "static"
    canonical(SMALL)
    cache = rdf._BUNDLED.take()
    first = dict(cache)[VC_V2]
    rdf._BUNDLED.give_back(cache)
    canonical(SMALL)
    assert dict(rdf._BUNDLED.take())[VC_V2] is first


# ---------------------------------------------------------------- 6


@given(
    statements=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 1), st.integers(0, 6), st.integers(0, 2)),
        min_size=1,
        max_size=9,
        unique=True,
    )
)
def test_trap_6_in_one_graph_our_names_for_blank_nodes_are_those_of_pyoxigraph(
    statements: list[tuple[int, int, int, int]],
) -> None:
    places = [*(BlankNode(f"n{i}") for i in range(5)), NamedNode("urn:x"), NamedNode("urn:y")]
    graphs = [DefaultGraph(), BlankNode("n0"), NamedNode("urn:g")]
    quads = [
        Quad(places[s], NamedNode(f"urn:p{p}"), places[o], graphs[g]) for s, p, o, g in statements
    ]
    theirs = Dataset(quads)
    theirs.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    written = serialize(theirs, format=RdfFormat.N_QUADS) or b""
    assert canonical_quads(quads) == b"".join(sorted(written.splitlines(keepends=True)))


# ---------------------------------------------------------------- 7

INLINE = {
    "a known name": [VC_V2, {"name": "https://evil.example/name"}],
    "another name for a known thing": [
        VC_V2,
        {"until": "https://www.w3.org/2018/credentials#validUntil"},
    ],
    "the same in full": [
        VC_V2,
        {"until": {"@id": "https://www.w3.org/2018/credentials#validUntil"}},
    ],
    "every other word": [VC_V2, {"@vocab": "https://evil.example/"}],
    "a base": [VC_V2, {"@base": "https://evil.example/"}],
    "another language": [VC_V2, {"@language": "la"}],
    "an import": [VC_V2, {"@import": "https://evil.example/context"}],
    "no propagation": [VC_V2, {"@propagate": False}],
    "an alias of a keyword": [VC_V2, {"sort": "@type"}],
    "an alias of the identifier": [VC_V2, {"name2": {"@id": "@id"}}],
    "an abbreviation": [VC_V2, {"ex": "https://e.example/", "until": "ex:until"}],
    "a reversed property": [VC_V2, {"of": {"@reverse": "https://e.example/has"}}],
    "a context inside": [VC_V2, {"of": {"@id": "https://e.example/of", "@context": {}}}],
    "an index": [VC_V2, {"of": {"@id": "https://e.example/of", "@container": "@index"}}],
    "nesting": [VC_V2, {"of": "@nest"}],
    "literal JSON": [VC_V2, {"of": {"@id": "https://e.example/of", "@type": "@json"}}],
    "a term taken away": [VC_V2, {"name": None}],
    "instead of the list": {"@vocab": "https://evil.example/"},
    "nothing": None,
    "nothing in the list": [VC_V2, None],
    "an empty list": [],
    "a number": 7,
}


def test_trap_7_an_inline_context_may_name_new_things() -> None:
    own = {"hours": {"@id": "https://e.example/hours"}, "@version": 1.1, "@protected": True}
    view = SMALL | {"@context": [VC_V2, OB_V3, own], "hours": "many"}
    assert b'<https://e.example/hours> "many"' in canonical(view)
    with pytest.raises(UndefinedTerm):
        canonical(SMALL | {"hours": "many"})


@pytest.mark.parametrize("context", INLINE.values(), ids=INLINE)
def test_trap_7_inline_contexts_that_do_more_are_refused(context: object) -> None:
    with pytest.raises(InlineContext):
        canonical(SMALL | {"@context": context})
    with pytest.raises(InlineContext):
        canonical(SMALL | {"evidence": {"@context": context, "id": "https://a.example/"}})


def test_trap_7_nothing_is_kept_of_what_a_stranger_sends() -> None:
    before = len(jsonld._resolved_context_cache), len(jsonld._inverse_context_cache)
    canonical(SMALL)
    for number in range(20):
        canonical(
            SMALL
            | {
                "@context": [VC_V2, OB_V3, {f"t{number}": f"https://e.example/{number}"}],
                f"t{number}": "x",
            }
        )
        with pytest.raises(UnknownContext):
            canonical(SMALL | {"@context": [VC_V2, f"https://e.example/{number}"]})
        canonical(SMALL | {"name": f"number {number}"})
    assert (len(jsonld._resolved_context_cache), len(jsonld._inverse_context_cache)) == before
    cache = rdf._BUNDLED.take()
    assert len(cache) <= rdf.CACHED_CONTEXTS
    assert {key for key in cache if not key.startswith("{")} <= CONTEXTS.keys()


def test_trap_7_another_loader_does_not_reach_the_next_caller() -> None:
    honest = canonical(SMALL)

    def forged(url: str, _options: object = None) -> dict[str, Any]:
        return document_loader(url) | {
            "document": {"@context": {"@vocab": "https://evil.example/", "id": "@id"}}
        }

    assert b"evil.example" in canonical(SMALL, loader=forged)
    assert canonical(SMALL) == honest


def test_trap_7_an_unknown_context_is_named_and_never_fetched() -> None:
    with pytest.raises(UnknownContext, match=r"https://evil\.example/v1"):
        canonical(SMALL | {"@context": [VC_V2, "https://evil.example/v1"]})


def test_trap_7_many_callers_at_once_get_what_one_caller_gets() -> None:
    expected = canonical(sample_credential())
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda _: canonical(sample_credential()), range(36)))
    assert set(found) == {expected}


def json_terms(context: object) -> Iterator[tuple[str, bool]]:
    """Every term of a context, and whether its values are JSON as such."""
    if isinstance(context, dict):
        for term, definition in context.items():
            yield term, isinstance(definition, dict) and definition.get("@type") == "@json"
            yield from json_terms(definition)
    elif isinstance(context, list):
        for item in context:
            yield from json_terms(item)


def test_trap_2_what_is_not_looked_into_is_signed_as_it_stands() -> None:
    found = [term for url in CONTEXTS for term in json_terms(dict(context(url)))]
    for name in OPAQUE:
        assert (name, True) in found
        assert (name, False) not in found
    assert canonical(SMALL | {"_sd": [None, []]}) != canonical(SMALL | {"_sd": [None]})


# ---------------------------------------------------------------- 8


JCS = {
    "4.0": b"4",
    "-0.0": b"0",
    "1e-6": b"0.000001",
    "1e-7": b"1e-7",
    "1e20": b"100000000000000000000",
    "1e21": b"1e+21",
    '{"\\ufb33": 1, "\\ud83d\\ude00": 2}': '{"\U0001f600":2,"\ufb33":1}'.encode(),
    '"\\u0007\\u007f\\u2028"': '"\\u0007\x7f\u2028"'.encode(),
}


@pytest.mark.parametrize("text", JCS)
def test_trap_8_jcs_is_that_of_rfc_8785(text: str) -> None:
    assert jcs.canonical(json.loads(text)) == JCS[text]


def test_trap_8_documents_of_ours_are_sorted_by_utf_16_and_have_no_fractions() -> None:
    beyond, within = "\U0001f600", "\ufb33"  # UTF-16: D83D… before FB33; code points: after
    assert document_bytes({within: 1, beyond: 2}) == f'{{"{beyond}":2,"{within}":1}}'.encode()
    for number in (4.0, 1e-6, 1e20, float("nan"), 2**53):
        with pytest.raises(UnwritableDocument):
            document_bytes({"number": number})


@pytest.mark.parametrize(
    ("number", "literal"),
    [
        (4.0, b'"4"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (-0.0, b'"0"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (1.5, b'"1.5E0"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (1e-6, b'"1.0E-6"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (1e20, b'"100000000000000000000"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (1e21, b'"1.0E21"^^<http://www.w3.org/2001/XMLSchema#double>'),
    ],
)
def test_trap_8_numbers_are_written_as_javascript_writes_them(
    number: float, literal: bytes
) -> None:
    assert literal in canonical(SMALL | {"description": number})


# ---------------------------------------------------------------- 9

OLD_SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}


def test_trap_9_the_1edtech_schema_type_needs_the_context_that_defines_it() -> None:
    with pytest.raises(UndefinedTerm, match="1EdTechJsonSchemaValidator2019"):
        canonical(SMALL | {"credentialSchema": OLD_SCHEMA})
    extended = [VC_V2, OB_V3, OB_V3_EXTENSIONS]
    found = canonical(SMALL | {"@context": extended, "credentialSchema": OLD_SCHEMA})
    assert b"1EdTechJsonSchemaValidator2019> ." in found


# ---------------------------------------------------------------- and the honest twin


def test_the_full_sample_loses_nothing() -> None:
    found = canonical(sample_credential()).decode()
    for text in ("Does not cover", "M. Okafor", "Confident", "revocation", "AI-use statement"):
        assert text in found
