"""Which statements does a document make?  Written down on one walk over its members.

JSON-LD 1.1 Processing Algorithms and API, sections 5.1 (Expansion) and 8.1 (Deserialize JSON-LD to
RDF), for the constructs of everyday, together with the checks of `proofs.faithful`.
"""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from pyoxigraph import Literal, NamedNode

from proofs.compiled.addresses import check_addresses
from proofs.compiled.not_covered import NotCovered
from proofs.compiled.repeated import PARTS, Key, Part, key_of
from proofs.compiled.tables import Table, Term, Typed
from proofs.compiled.terms import KEYWORDS, Kind
from proofs.limits import Limits
from proofs.rdf import plain_number
from proofs.to_rdf import FIRST, NIL, REST, lexical
from schemas.one_or_many import listed

DEEPEST: Final = 24
"""Levels of nodes inside nodes."""

BEGIN: Final = f" {FIRST} "
GO_ON: Final = f" {REST} "
END: Final = f" {REST} {NIL} .\n"

About = tuple[str, int | None, list[str]]
"""The node that is written about: its address, or else its number; and where."""


def written(view: Mapping[str, Any], table: Table, limits: Limits) -> "Statements":
    """Everything that a document says.

    Args:
        view: the document; it is not changed.
        table: that of its contexts.
        limits: how much is read.

    Raises:
        NotCovered: something rare, odd or wrong, or more than the limits.
    """
    into = Statements(with_care=_needs_care(view), is_made=limits.only_at_once)
    contexts = listed(view["@context"])
    into.node({name: view[name] for name in view if name != "@context"}, table, 0)
    into.values += 1 + (len(contexts) if type(view["@context"]) is not str else 0)
    if (
        into.values > limits.values
        or len(contexts) > limits.contexts
        or not (into.complete or into.links or any(into.of_blank))
    ):
        raise NotCovered
    check_addresses(
        into.addresses,
        table.family.prefixes,
        abbreviates_everyday=table.family.abbreviates_everyday,
    )
    for key, part in into.parts:
        PARTS.keep(key, part)
    return into


def _needs_care(view: Mapping[str, Any]) -> bool:
    """Whether N-Quads may write a text of the document in another way than as it stands.

    They do so for marks and control characters, as JSON does, and beyond these for U+007F, U+FFFE
    and U+FFFF, of which the last two begin in UTF-8 like all characters from U+FFC0.
    """
    try:
        text = orjson.dumps(view)
    except orjson.JSONEncodeError:
        return True
    if b"\\" in text or b"\x7f" in text:
        return True
    return not text.isascii() and b"\xef\xbf" in text


class Statements:
    """The statements of a document, of which some wait for the names of blank nodes.

    Attributes:
        complete: lines of N-Quads about nodes that have an address.
        of_blank: for each blank node, lines about it that lack nothing but the subject.
        links: a statement about a blank node: its subject (the number of a blank node, or `None`
            where it is written already), the line up to the object, and the number of the object.
        values: how many members and items were read.
        addresses: what was taken for an address, to be checked when all is read.
        parts: what may be met again, to be remembered when all is checked.
    """

    __slots__ = (
        "_is_made",
        "_with_care",
        "addresses",
        "complete",
        "links",
        "of_blank",
        "parts",
        "values",
    )

    def __init__(self, *, with_care: bool, is_made: bool) -> None:
        self.complete: list[str] = []
        self.of_blank: list[list[str]] = []
        self.links: list[tuple[int | None, str, int]] = []
        self.values = 0
        self.addresses: list[str] = []
        self.parts: list[tuple[Key, Part]] = []
        self._with_care = with_care
        self._is_made = is_made

    def node(self, node: dict[str, Any], table: Table, depth: int) -> About:
        """Write what is said of a node.

        Raises:
            NotCovered: something rare, odd or wrong.
        """
        if not node or depth > DEEPEST:
            raise NotCovered
        self.values += len(node)
        typed = self._typed(node["type"], table) if "type" in node else table.untyped
        about = known, _, lines = self._about(node, typed.table)
        for line in typed.lines:
            lines.append(f"{known}{line}")
        self._members(node, typed.table, about, depth)
        return about

    def _typed(self, types: object, table: Table) -> Typed:
        key: str | tuple[object, ...]
        if type(types) is str:
            key = types
        elif type(types) is list:
            self.values += len(types)
            key = tuple(types)
        else:
            raise NotCovered
        try:
            return table.typed.get(key) or self._asked(table).of_types(key)
        except TypeError:  # a list or an object among them
            raise NotCovered from None

    def _asked(self, table: Table) -> Table:
        """The table, if it may be asked for what it was not asked for yet."""
        if self._is_made:
            raise NotCovered
        return table

    def _about(self, node: dict[str, Any], table: Table) -> About:
        if "id" in node:
            if not table.has_id:
                raise NotCovered
            return self._address(node["id"]), None, self.complete
        lines: list[str] = []
        self.of_blank.append(lines)
        return "", len(self.of_blank) - 1, lines

    def _members(self, node: dict[str, Any], table: Table, about: About, depth: int) -> None:
        known, _, lines = about
        terms, plain, shared = table.terms, {} if self._with_care else table.plain, []
        for name, value in node.items():
            if type(value) is str and name in plain:
                before, after = plain[name]
                lines.append(f"{known}{before}{value}{after}")
            elif name not in KEYWORDS:
                term = terms.get(name) or self._asked(table).term(name)
                if term.is_shared:
                    shared.append(term.predicate)
                if type(value) is str and term.is_address:
                    self.addresses.append(value)
                    lines.append(f"{known}{term.predicate}<{value}> .\n")
                else:
                    self._values(value, term, about, depth)
        if shared and len(set(shared)) < len(shared):
            raise NotCovered  # JSON-LD puts the values of these members together

    def _address(self, given: object) -> str:
        if type(given) is not str:
            raise NotCovered
        self.addresses.append(given)
        return f"<{given}>"

    def _values(self, value: object, term: Term, about: About, depth: int) -> None:
        """Write the values of a member."""
        items: list[Any] = [value]
        if type(value) is list:
            items = value
            self.values += len(items)
        if term.is_list or not items:
            self._list(items, term, about)
            return
        if len(items) > 1:
            _refuse_repeated(items, term)
        known, number, lines = about
        link = f"{known}{term.predicate}"
        for item in items:
            if type(item) is not dict:
                lines.append(f"{link}{self._scalar(item, term)}")
                continue
            address, other, _ = self._value(item, term, depth)
            if other is None:
                lines.append(f"{link}{address} .\n")
            else:
                self.links.append((number, link, other))

    def _value(self, node: dict[str, Any], term: Term, depth: int) -> About:
        """A node that is the value of a term, or a mere reference to one."""
        if "id" not in node:
            return self.node(node, term.below, depth + 1)
        if len(node) == 1:
            if not term.may_refer:
                raise NotCovered
            self.values += 1
            return self._address(node["id"]), None, self.complete
        key = key_of(node, term.below.number, depth) if term.is_repeated else None
        if key is None:
            return self.node(node, term.below, depth + 1)
        part = PARTS.find(key)
        if part is not None:
            self._add(part)
            return f"<{node['id']}>", None, self.complete
        if PARTS.was_met(key):
            return self._remembered(key, node, term.below, depth)
        return self.node(node, term.below, depth + 1)

    def _add(self, part: Part) -> None:
        """Write down again what was read before."""
        first = len(self.of_blank)
        self.complete += part.complete
        self.of_blank += part.of_blank
        for subject, line, target in part.links:
            self.links.append((None if subject is None else subject + first, line, target + first))
        self.values += part.values

    def _remembered(self, key: Key, node: dict[str, Any], table: Table, depth: int) -> About:
        """Read a node, and remember what was read."""
        values, first = self.values, len(self.of_blank)
        complete, links = len(self.complete), len(self.links)
        about = self.node(node, table, depth + 1)
        found = [
            (None if subject is None else subject - first, line, target - first)
            for subject, line, target in self.links[links:]
        ]
        part = Part(self.complete[complete:], self.of_blank[first:], found, self.values - values)
        self.parts.append((key, part))
        return about

    def _list(self, items: list[Any], term: Term, about: About) -> None:
        """Write values that keep their order; section 8.3 (List to RDF)."""
        if not items:
            raise NotCovered
        known, owner, cell = about
        link = f"{known}{term.predicate}"
        for item in items:
            if type(item) is not str or term.kind is not Kind.TEXT:
                raise NotCovered
            cell = [f"{BEGIN}{_text(item, term)}"]
            number = len(self.of_blank)
            self.of_blank.append(cell)
            self.links.append((owner, link, number))
            owner, link = number, GO_ON
        cell.append(END)

    def _scalar(self, value: object, term: Term) -> str:
        """Everything in a line after the predicate, for a value that is no node."""
        if term.kind is Kind.ADDRESS:
            return f"{self._address(value)} .\n"
        if type(value) is str:
            return _text(value, term) if term.kind is Kind.TEXT else f"{term.words[value]} .\n"
        if term.kind is Kind.TEXT and type(value) in (bool, int, float):
            return f"{_number(value, term)} .\n"
        raise NotCovered


def _text(value: str, term: Term) -> str:
    """A text, from its first quotation mark to the end of the line."""
    if term.is_native:
        raise NotCovered
    try:
        return f"{str(Literal(value))[:-1]}{term.ending}"
    except ValueError:
        raise NotCovered from None


def _number(value: Any, term: Term) -> str:  # noqa: ANN401 - a number, true or false
    try:
        text, datatype = lexical(plain_number(value), term.datatype)
        return str(Literal(text, datatype=NamedNode(datatype)))
    except (ValueError, OverflowError):
        raise NotCovered from None


def _refuse_repeated(items: list[Any], term: Term) -> None:
    """A set forgets how often a value was given; of mixed values the general way knows."""
    kinds = {type(item) for item in items}
    if kinds == {dict}:
        given = [item["id"] for item in items if "id" in item]
        if not all(type(each) is str for each in given):
            raise NotCovered
    elif len(kinds) == 1 and kinds <= {str, int, bool}:
        # Two words may stand for one address.
        given = items if term.kind is not Kind.WORD else [term.words[each] for each in items]
    else:
        raise NotCovered
    if len(set(given)) < len(given):
        raise NotCovered
