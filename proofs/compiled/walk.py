"""Which statements does a document make?  Written down on one walk over its members.

JSON-LD 1.1 Processing Algorithms and API, sections 5.1 (Expansion) and 8.1 (Deserialize JSON-LD to
RDF), for the constructs of everyday, together with the checks of `proofs.faithful`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from proofs.compiled.not_covered import NotCovered
from proofs.compiled.tables import SAFE_IRI, Kind, Table, Term
from proofs.limits import Limits
from proofs.rdf import plain_number
from proofs.to_rdf import FIRST, NIL, REST, TYPE, lexical
from schemas.one_or_many import listed

DEEPEST: Final = 24
"""Levels of nodes inside nodes."""

WITH_CARE: Final = re.compile(r"[^ !#-\[\]-~\xa0-\ud7ff]").search
"""Characters that may have to be written in another way."""

A: Final = f" {TYPE} "
BEGIN: Final = f" {FIRST} "
GO_ON: Final = f" {REST} "
END: Final = f" {REST} {NIL} .\n"


@dataclass(slots=True)
class Statements:
    """The statements of a document, of which some wait for the names of blank nodes.

    Attributes:
        complete: lines of N-Quads about nodes that have an address.
        of_blank: for each blank node, lines about it that lack nothing but the subject.
        links: a statement about a blank node: its subject (the number of a blank node, or `None`
            where it is written already), the line up to the object, and the number of the object.
        values: how many members and items were read.
    """

    complete: list[str] = field(default_factory=list)
    of_blank: list[list[str]] = field(default_factory=list)
    links: list[tuple[int | None, str, int]] = field(default_factory=list)
    values: int = 0

    def blank(self, lines: list[str]) -> int:
        """The number of one more blank node."""
        self.of_blank.append(lines)
        return len(self.of_blank) - 1


_About = tuple[str, int | None, list[str]]
"""The node that is written about: its address, or else its number; and where."""


def written(view: Mapping[str, Any], table: Table, limits: Limits) -> Statements:
    """Everything that a document says.

    Args:
        view: the document; it is not changed.
        table: that of its contexts.
        limits: how much is read.

    Raises:
        NotCovered: something rare, odd or wrong, or more than the limits.
    """
    into = Statements()
    contexts = listed(view["@context"])
    _node({name: view[name] for name in view if name != "@context"}, table, into, 0)
    into.values += 1 + (len(contexts) if type(view["@context"]) is not str else 0)
    if (
        into.values > limits.values
        or len(contexts) > limits.contexts
        or not (into.complete or into.links or any(into.of_blank))
    ):
        raise NotCovered
    return into


def _node(node: dict[str, Any], table: Table, into: Statements, depth: int) -> _About:
    """Write what is said of a node."""
    if not node or depth > DEEPEST:
        raise NotCovered
    into.values += len(node)
    types = _types(node["type"], table, into) if "type" in node else ()
    inside = table.for_types(types) if types else table
    about = known, _, lines = _about(node, table, into)
    terms, plain, shared = inside.terms, inside.plain, 0
    for name, value in node.items():
        if type(value) is str and name in plain and not WITH_CARE(value):
            before, after = plain[name]
            lines.append(f"{known}{before}{value}{after}")
            continue
        term = terms.get(name) or inside.term(name)
        shared += term.is_shared
        if term.takes_nodes and type(value) is dict:
            _link(_value(value, term, into, depth), term, about, into)
        elif term.kind is Kind.TYPE:
            lines.extend([f"{known}{A}{table.words[each]} .\n" for each in types])
        elif term.kind is not Kind.IDENTIFIER:
            _member(value, term, about, into, depth)
    if shared > 1:
        _refuse_put_together([terms[name] for name in node])
    return about


def _types(value: object, table: Table, into: Statements) -> tuple[str, ...]:
    """The types of a node, which stand for different addresses."""
    if (table.terms.get("type") or table.term("type")).kind is not Kind.TYPE:
        raise NotCovered
    if type(value) is str:
        return (value,)
    if type(value) is not list or not value:
        raise NotCovered
    into.values += len(value)
    for each in value:
        if type(each) is not str:
            raise NotCovered
    if len(value) > 1 and len({table.words[each] for each in value}) < len(value):
        raise NotCovered
    return tuple(value)


def _about(node: dict[str, Any], table: Table, into: Statements) -> _About:
    if "id" in node:
        return _address(node["id"], table), None, into.complete
    lines: list[str] = []
    return "", into.blank(lines), lines


def _member(value: object, term: Term, about: _About, into: Statements, depth: int) -> None:
    """Write the values of a member."""
    items: list[Any] = [value]
    if type(value) is list:
        items = value
        into.values += len(items)
    if not items:
        raise NotCovered
    if term.is_list:
        _list(items, term, about, into)
        return
    if len(items) > 1:
        _refuse_repeated(items)
    for item in items:
        if type(item) is dict:
            _link(_value(item, term, into, depth), term, about, into)
        else:
            known, _, lines = about
            lines.append(f"{known}{term.predicate}{_scalar(item, term)}")


def _value(node: dict[str, Any], term: Term, into: Statements, depth: int) -> _About:
    """A node that is the value of a term, or a mere reference to one."""
    if len(node) == 1 and "id" in node:
        if not term.may_refer:
            raise NotCovered
        into.values += 1
        return _about(node, term.below, into)
    return _node(node, term.below, into, depth + 1)


def _link(target: _About, term: Term, about: _About, into: Statements) -> None:
    known, number, lines = about
    address, other, _ = target
    if other is None:
        lines.append(f"{known}{term.predicate}{address} .\n")
    else:
        into.links.append((number, f"{known}{term.predicate}", other))


def _list(items: list[Any], term: Term, about: _About, into: Statements) -> None:
    """Write values that keep their order; section 8.3 (List to RDF)."""
    known, owner, cell = about
    link = f"{known}{term.predicate}"
    for item in items:
        if type(item) is not str or term.kind is not Kind.TEXT:
            raise NotCovered
        cell = [f"{BEGIN}{_scalar(item, term)}"]
        number = into.blank(cell)
        into.links.append((owner, link, number))
        owner, link = number, GO_ON
    cell.append(END)


def _scalar(value: object, term: Term) -> str:
    """Everything in a line after the predicate, for a value that is no node."""
    match term.kind, value:
        case Kind.TEXT, str() if type(value) is str:
            return _text(value, term)
        case Kind.ADDRESS, str():
            return f"{_address(value, term.below)} .\n"
        case Kind.WORD, str():
            return f"{term.words[value]} .\n"
        case Kind.TEXT, bool() | int() | float():
            return f"{_number(value, term)} .\n"
        case _:
            raise NotCovered


def _text(value: str, term: Term) -> str:
    """A text, from its first quotation mark to the end of the line."""
    if term.is_native:
        raise NotCovered
    try:
        return f"{str(Literal(value))[:-1]}{term.ending}"
    except ValueError:
        raise NotCovered from None


def _number(value: float, term: Term) -> str:
    """A number, true or false."""
    try:
        text, datatype = lexical(plain_number(value), term.datatype)
        return str(Literal(text, datatype=NamedNode(datatype)))
    except (ValueError, OverflowError):
        raise NotCovered from None


def _address(value: object, table: Table) -> str:
    """An address, as N-Quads write it; which abbreviates nothing in any table of these contexts."""
    if type(value) is not str or value.partition(":")[0] in table.prefixes:
        raise NotCovered
    if not SAFE_IRI(value):
        try:
            NamedNode(value)
        except ValueError:
            raise NotCovered from None
    return f"<{value}>"


def _refuse_repeated(items: list[Any]) -> None:
    """A set forgets how often a value was given; of mixed values the general way knows."""
    kinds = {type(item) for item in items}
    if kinds == {dict}:
        given = [item["id"] for item in items if "id" in item]
        if not all(type(each) is str for each in given):
            raise NotCovered
    elif len(kinds) == 1 and kinds <= {str, int, bool}:
        given = items
    else:
        raise NotCovered
    if len(set(given)) < len(given):
        raise NotCovered


def _refuse_put_together(terms: list[Term]) -> None:
    """JSON-LD puts the values of two members together that stand for one address."""
    predicates = [term.predicate for term in terms if term.is_shared]
    if len(set(predicates)) < len(predicates):
        raise NotCovered
