"""RDFC-1.0, section 5, and its appendix A (A Canonical form of N-Quads)."""

import itertools
import sys
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from proofs.canonical import canonical_quads

S: Final = NamedNode("https://e.example/s")
P: Final = NamedNode("https://e.example/p")
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

SHORT: Final = {
    0x08: "\\b",
    0x09: "\\t",
    0x0A: "\\n",
    0x0C: "\\f",
    0x0D: "\\r",
    0x22: '\\"',
    0x5C: "\\\\",
}
"""Code points that have an escape of one letter."""

LONG: Final = {point: f"\\u{point:04X}" for point in (*range(0x20), 0x7F) if point not in SHORT}
"""Code points that are written as a number: the other controls of ASCII, and delete."""

NO_CHARACTERS: Final = {point: f"\\u{point:04X}" for point in (0xFFFE, 0xFFFF)}
"""What is no `Char` of XML 1.1, besides NUL and surrogates; escaped as in RDF 1.2 N-Quads,
section 4.  Early drafts of RDFC-1.0 left these two as they are, and some libraries still do."""

NATIVE: Final = sorted(
    (set(range(0x300)) - SHORT.keys() - LONG.keys())
    | {0x0300, 0x2028, 0x2029, 0xFEFF, 0xFFFC, 0xFFFD, 0xFDD0, 0xD7FF, 0xE000}
    | {0x10000, 0x1F600, 0x1FFFF, sys.maxunicode}
)
"""Every other one stands as it is: above ASCII nothing is escaped, not even C1 controls."""


ESCAPES: Final = SHORT | LONG | NO_CHARACTERS


def text_of(literal: Literal) -> str:
    """What is between the outermost quotation marks."""
    line = canonical_quads([Quad(S, P, literal)]).decode()
    assert line.startswith(f"<{S.value}> <{P.value}> ")
    assert line.count("\n") == 1
    return line.removeprefix(f"<{S.value}> <{P.value}> ").removesuffix(" .\n")


@pytest.mark.parametrize(("point", "escape"), SHORT.items(), ids=repr)
def test_seven_characters_have_an_escape_of_one_letter(point: int, escape: str) -> None:
    assert text_of(Literal(f"a{chr(point)}b")) == f'"a{escape}b"'


@pytest.mark.parametrize(("point", "escape"), (LONG | NO_CHARACTERS).items(), ids=repr)
def test_other_controls_and_delete_are_written_as_four_capital_digits(
    point: int, escape: str
) -> None:
    assert text_of(Literal(f"a{chr(point)}b")) == f'"a{escape}b"'


def test_every_other_character_stands_as_it_is() -> None:
    for point in NATIVE:
        assert text_of(Literal(f"a{chr(point)}b")) == f'"a{chr(point)}b"'


def test_each_ascii_character_is_in_exactly_one_of_the_three_rules() -> None:
    rules = [SHORT.keys(), LONG.keys(), set(NATIVE)]
    for point in range(0x80):
        assert sum(point in rule for rule in rules) == 1


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_escaped_by_these_rules_and_read_back(text: str) -> None:
    expected = "".join(ESCAPES.get(ord(c), c) for c in text)
    assert text_of(Literal(text)) == f'"{expected}"'
    (back,) = parse(canonical_quads([Quad(S, P, Literal(text))]), RdfFormat.N_QUADS)
    assert back.object == Literal(text)


def test_escapes_do_not_melt_into_each_other() -> None:
    assert text_of(Literal("\\n")) == '"\\\\n"'
    assert text_of(Literal("\\\n")) == '"\\\\\\n"'
    assert text_of(Literal("\\u0007")) == '"\\\\u0007"'
    assert text_of(Literal('"""')) == '"\\"\\"\\""'


def test_a_plain_text_has_no_datatype_and_every_other_literal_has() -> None:
    assert text_of(Literal("x", datatype=NamedNode(f"{XSD}string"))) == '"x"'
    assert text_of(Literal("1", datatype=NamedNode(f"{XSD}integer"))) == f'"1"^^<{XSD}integer>'
    assert text_of(Literal("01", datatype=NamedNode(f"{XSD}integer"))) == f'"01"^^<{XSD}integer>'
    assert text_of(Literal("x", language="en")) == '"x"@en'


def test_addresses_stand_as_they_are_and_take_no_escape() -> None:
    for address in ("https://e.example/é", "urn:ex:∞", "urn:ex:🌃", "urn:ex:%20", "urn:ex:a'b"):
        assert canonical_quads([Quad(S, P, NamedNode(address))]).decode() == (
            f"<{S.value}> <{P.value}> <{address}> .\n"
        )
    for address in ("urn:ex: ", "urn:ex:<", "urn:ex:>", "urn:ex:\n", 'urn:ex:"', "urn:ex:\\"):
        with pytest.raises(ValueError, match=r"IRI"):
            NamedNode(address)


def test_one_space_between_terms_one_line_feed_at_the_end_and_the_graph_last() -> None:
    quads = [Quad(S, P, S, NamedNode("urn:g")), Quad(S, P, S, DefaultGraph())]
    one = f"<{S.value}> <{P.value}> <{S.value}>"
    assert canonical_quads(quads).decode() == f"{one} .\n{one} <urn:g> .\n"


def test_lines_come_in_the_order_of_code_points_and_each_once() -> None:
    texts = ["b", "a", "B", "\U0001f600", "\ufb33", "é", "a", "b"]
    found = canonical_quads([Quad(S, P, Literal(text)) for text in texts]).decode()
    assert [line.split('"')[1] for line in found.splitlines()] == sorted(set(texts))


def test_names_of_blank_nodes_do_not_depend_on_those_that_they_had() -> None:
    forms = set()
    for names in itertools.permutations(["x", "y1", "Z-9"]):
        first, second, third = map(BlankNode, names)
        quads = [Quad(S, P, first), Quad(first, P, second), Quad(second, P, third)]
        forms |= {canonical_quads(quads), canonical_quads(quads[::-1])}
    (form,) = forms
    assert {f"c14n{number}" for number in range(3)} <= set(form.decode().replace("_:", "").split())
