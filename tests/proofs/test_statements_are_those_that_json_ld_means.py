"""JSON-LD 1.1 Processing Algorithms and API, section 8: what an expanded document says in RDF."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from world.credentials import sample_credential
from world.generated_credentials import generated
from world.processor import SECOND

from proofs import rdf
from proofs.canonical import canonical_quads
from proofs.errors import CanonicalizationRefused, InvalidJsonLd, UnsafeIdentifier, UnsignedMember
from proofs.to_rdf import NIL, quads
from schemas.contexts import VC_V2

Json = dict[str, Any]
P, Q = "https://e.example/p", "https://e.example/q"
XSD = "http://www.w3.org/2001/XMLSchema#"


def of_pyld(expanded: list[Any]) -> Iterator[Quad]:
    """The same as PyLD makes it."""

    def resource(text: str) -> NamedNode | BlankNode:
        return BlankNode(text[2:]) if text.startswith("_:") else NamedNode(text)

    options = {"base": None, "rdfDirection": "i18n-datatype"}
    for name, triples in jsonld.to_rdf(expanded, options).items():
        graph = DefaultGraph() if name == "@default" else resource(name)
        for triple in triples:
            found = triple["object"]
            if found["type"] != "literal":
                term: Any = resource(found["value"])
            elif "language" in found:
                term = Literal(found["value"], language=found["language"])
            else:
                term = Literal(found["value"], datatype=NamedNode(found["datatype"]))
            predicate = NamedNode(triple["predicate"]["value"])
            yield Quad(resource(triple["subject"]["value"]), predicate, term, graph)


def node(*values: Any, **members: Any) -> list[Any]:  # noqa: ANN401 - any JSON-LD value
    return [{"@id": "https://e.example/s", P: list(values), **members}]


def objects(*values: Any) -> list[Any]:  # noqa: ANN401 - any JSON-LD value
    return [quad.object for quad in quads(node(*values)) if quad.predicate == NamedNode(P)]


@pytest.mark.parametrize("view", generated(40), ids=lambda view: str(view["id"])[-12:])
def test_generated_credentials_say_what_another_processor_says(view: Json) -> None:
    expanded = rdf.expanded({k: v for k, v in view.items() if k != "proof"})
    assert canonical_quads(quads(expanded)) == canonical_quads(of_pyld(expanded))


def test_a_presentation_says_what_another_processor_says() -> None:
    held = [sample_credential(id=f"urn:x:{number}") for number in range(3)]
    view = {"@context": [VC_V2], "type": "VerifiablePresentation", "verifiableCredential": held}
    expanded = rdf.expanded(view)
    assert canonical_quads(quads(expanded)) == canonical_quads(of_pyld(expanded))


def literal(value: object, datatype: str | None) -> Json:
    return {"@value": value} | ({"@type": datatype} if datatype else {})


VALUES = st.recursive(
    st.builds(
        literal,
        st.booleans()
        | st.integers(-(10**22), 10**22)
        | st.floats(allow_nan=False, allow_infinity=False).filter(lambda f: not f.is_integer()),
        st.sampled_from([None, f"{XSD}double", f"{XSD}integer", "https://e.example/t"]),
    )
    | st.builds(
        literal,
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        st.sampled_from([None, f"{XSD}date", "https://e.example/t"]),
    )
    | st.builds(lambda tag: {"@value": "x", "@language": tag}, st.sampled_from(["en", "de-CH"]))
    | st.builds(lambda name: {"@id": name}, st.sampled_from(["urn:a", "urn:b"])),
    lambda inner: (
        st.builds(
            lambda name, kind, p, q: {"@id": name, "@type": [kind], P: p, Q: q},
            st.sampled_from(["urn:a", "urn:b", "urn:c"]),
            st.sampled_from(["urn:t", "urn:u"]),
            st.lists(inner, min_size=1, max_size=3),
            st.lists(inner, min_size=1, max_size=3),
        )
        | st.builds(lambda items: {"@list": items}, st.lists(inner, max_size=3))
    ),
    max_leaves=8,
)


@given(st.lists(VALUES, min_size=1, max_size=3))
def test_any_document_says_what_another_processor_says(values: list[Any]) -> None:
    expanded = node(*values)
    try:
        ours, theirs = canonical_quads(quads(expanded)), canonical_quads(of_pyld(expanded))
    except CanonicalizationRefused:  # so many nodes look alike that nobody waits for their names
        reject()
    assert ours == theirs


NUMBERS: list[tuple[Any, str, str]] = [
    (True, "true", "boolean"),
    (False, "false", "boolean"),
    (0, "0", "integer"),
    (-7, "-7", "integer"),
    (10**20, "100000000000000000000", "integer"),
    (10**21, "1.0E21", "double"),
    (5.5, "5.5E0", "double"),
    (-0.001, "-1.0E-3", "double"),
    (1e300, "1.0E300", "double"),
    (0.1 + 0.2, "3.0E-1", "double"),
    (1 / 3, "3.333333333333333E-1", "double"),
    (2 / 3, "6.666666666666666E-1", "double"),
]


@pytest.mark.parametrize(("value", "text", "datatype"), NUMBERS, ids=repr)
def test_section_8_2_numbers_have_one_spelling(value: object, text: str, datatype: str) -> None:
    assert objects({"@value": value}) == [Literal(text, datatype=NamedNode(f"{XSD}{datatype}"))]


def test_section_8_2_a_whole_number_that_is_called_double_is_written_as_one() -> None:
    double = f"{XSD}double"
    expected = Literal("4.0E0", datatype=NamedNode(double))
    assert objects({"@value": 4, "@type": double}) == [expected]


def test_section_8_2_a_text_that_is_called_double_stays_as_it_is() -> None:
    """Only numbers are rewritten; PyLD rewrites texts too, which change what was signed."""
    double = f"{XSD}double"
    expected = Literal("04", datatype=NamedNode(double))
    assert objects({"@value": "04", "@type": double}) == [expected]


def test_section_8_2_json_is_one_text_in_its_canonical_form() -> None:
    json = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON")
    found = objects({"@value": {"b": [1.0, None], "a": "\u20ac"}, "@type": "@json"})
    assert found == [Literal('{"a":"€","b":[1,null]}', datatype=json)]


def test_section_8_3_a_list_is_a_chain_that_ends_in_nil() -> None:
    assert objects({"@list": []}) == [NIL]
    found = list(quads(node({"@list": [{"@value": "x"}, {"@value": "x"}]})))
    assert [quad.object for quad in found].count(Literal("x")) == 2
    assert [quad.object for quad in found].count(NIL) == 1


def test_a_value_that_is_said_in_two_places_is_one_statement() -> None:
    again = {"@id": "https://e.example/s", P: [{"@value": "x"}]}
    assert len(list(quads([*node({"@value": "x"}), again]))) == 1


@pytest.mark.parametrize("bare", [{}, {"@id": "https://e.example/s"}], ids=str)
def test_a_node_of_which_nothing_is_said_is_refused_and_not_forgotten(bare: Json) -> None:
    with pytest.raises(UnsignedMember):
        list(quads([bare]))
    with pytest.raises(UnsignedMember):
        list(quads(node({"@graph": [bare]})))


def test_what_rdf_cannot_hold_is_refused_and_not_left_out() -> None:
    for identifier in ("relative", "https://e.example/a b", "urn:x:<y>"):
        with pytest.raises(UnsafeIdentifier):
            list(quads(node({"@id": identifier})))
    with pytest.raises(InvalidJsonLd):
        list(quads(node({"@value": "x", "@language": "not a tag"})))


def test_a_set_of_many_values_costs_no_more_than_its_values() -> None:
    values = [{"@value": f"number {number}"} for number in range(15_000)]
    begun = time.process_time()
    assert len(list(quads(node(*values)))) == 15_000
    assert time.process_time() - begun < SECOND
