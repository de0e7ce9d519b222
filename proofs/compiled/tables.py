"""What does each term mean in each place?  PyLD's answers, kept.

JSON-LD 1.1 Processing Algorithms and API, sections 4 (Context Processing) and 5.1 (Expansion).
The active contexts are PyLD's own, made by the calls of its expansion in the same order; here
they only get a place in which what was asked of them is remembered.
"""

import contextlib
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from pyld.jsonld import JsonLdProcessor
from pyoxigraph import Literal, NamedNode

from proofs.compiled.not_covered import NotCovered
from proofs.errors import ProofError
from proofs.faithful import NATIVE
from proofs.rdf import processor, vocabulary_of
from schemas.contexts import document_loader
from schemas.errors import UnknownContext
from schemas.one_or_many import listed

Active = Mapping[str, Any]
"""PyLD's active context; it never changes."""

MOST_TABLES: Final = 512
"""Active contexts kept.  Strangers choose which ones are asked for, so all are forgotten when there
are more; a table costs some 30 kB."""

MOST_TYPES: Final = 64
"""Lists of types that one table remembers beside those that matter."""

MOST_CONTEXTS: Final = 8
"""Contexts of one document."""

CONTAINERS: Final = frozenset({"@set", "@list"})
IDENTIFIER: Final = "id"

SAFE_IRI: Final = re.compile(
    r"(?:https?://[a-z0-9][a-z0-9.-]*+(?::[0-9]{1,4})?+(?=[/?#]|\Z)|urn:|did:[a-z0-9]+:|mailto:)"
    r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]++|%[0-9A-F]{2})*+"
    r"(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-F]{2})*+)?+"
    r"(?:\#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-F]{2})*+)?+"
).fullmatch
"""The addresses that are met every day; all of them RDF holds as they stand."""


class Kind(IntEnum):
    """What the values of a term are."""

    TEXT = 0
    ADDRESS = 1
    WORD = 2
    IDENTIFIER = 3
    TYPE = 4


KEYWORDS: Final = {"id": ("@id", Kind.IDENTIFIER), "type": ("@type", Kind.TYPE)}
"""Term → the keyword that it stands for; in every context that we read, and no other term does."""


class Words(dict[str, str]):
    """Terms of one active context → their addresses, as N-Quads write them; asked for once."""

    def __init__(self, active: Active) -> None:
        super().__init__()
        self._active = active

    def __missing__(self, name: str) -> str:
        """What stands for the address of a term.

        Raises:
            NotCovered: it is not a term of this context.
        """
        meaning = self._active["mappings"].get(name)
        if not meaning or ":" in name:
            raise NotCovered
        found = self[name] = _written(meaning["@id"])
        return found


@dataclass(slots=True)
class Term:
    """One term in one active context.

    Attributes:
        kind: what its values are.
        below: the table of the nodes that are its values.
        words: what its values mean where they are words of a context.
        predicate: its address as N-Quads write it, a space on either side.
        ending: what follows a text, from the quotation mark to the end of the line.
        datatype: of numbers, true and false; `None` where each has its own.
        is_list: its values keep their order.
        is_shared: another term stands for the same address; JSON-LD puts their values together.
        is_native: JSON writes its values without quotation marks.
        is_plain: most of its values are texts that only need quotation marks.
        takes_nodes: a node may be its value.
        may_refer: a node with an `id` and nothing else is a mere reference here.
    """

    kind: Kind
    below: "Table"
    words: Words
    predicate: str = ""
    ending: str = ""
    datatype: str | None = None
    is_list: bool = False
    is_shared: bool = False
    is_native: bool = False
    is_plain: bool = False
    takes_nodes: bool = False
    may_refer: bool = False


class Table:
    """One active context, and what was asked of it so far.

    `plain` has what stands before and after a text, of members that are asked for all the time;
    `prefixes` are the words that would abbreviate an address, were they to stand before its colon.
    """

    __slots__ = ("_family", "_scoped", "_typed", "active", "plain", "prefixes", "terms", "words")

    def __init__(self, active: Active, family: "_Family") -> None:
        self.active = active
        self.terms: dict[str, Term] = {}
        self.plain: dict[str, tuple[str, str]] = {}
        self.words = Words(active)
        self._family = family
        self.prefixes = family.prefixes
        self._typed: dict[tuple[str, ...], Table] = {}
        self._scoped = frozenset(
            term
            for term, meaning in active["mappings"].items()
            if meaning and "@context" in meaning
        )

    def term(self, name: str) -> Term:
        """What a member means here.

        Raises:
            NotCovered: nothing, or something rare.
        """
        found = self.terms[name] = _term(self, name, self._family)
        if found.is_plain and not found.is_shared:
            self.plain[name] = (f'{found.predicate}"', found.ending)
        return found

    def for_types(self, types: tuple[str, ...]) -> "Table":
        """The table inside a node of these types."""
        found = self._typed.get(types)
        if found is not None:
            return found
        scoped = tuple(sorted(self._scoped.intersection(types)))
        found = self._typed.get(scoped) if scoped else self
        if found is None:
            active = self.active
            with _asking() as (pyld, options):
                for one in scoped:
                    context = self.active["mappings"][one]["@context"]
                    active = pyld.process(active, context, options, propagate=False)
            found = self._typed[scoped] = self._family.table(active)
        if len(self._typed) < MOST_TYPES:
            self._typed[types] = found
        return found


class _Family:
    """The tables of one list of contexts."""

    def __init__(self, prefixes: frozenset[str]) -> None:
        self.prefixes = prefixes
        self._tables: dict[int, Table] = {}

    def table(self, active: Active) -> Table:
        """The table of an active context; a table keeps its context, whose place is its name.

        Raises:
            NotCovered: it gives keywords other names than usual.
        """
        found = self._tables.get(id(active))
        if found is None:
            _refuse_unusual_keywords(active)
            found = self._tables[id(active)] = Table(active, self)
            _ROOTS.count_one()
        return found


class _Roots:
    """Where every family begins; forgotten all at once, since what hangs together goes together."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, ...], Table] = {}
        self._made = 0

    def count_one(self) -> None:
        self._made += 1
        if self._made > MOST_TABLES:
            self.kept, self._made = {}, 0


_ROOTS: Final = _Roots()


def table_for(contexts: object) -> Table:
    """The table at the root of a document.

    Raises:
        NotCovered: it has not one to eight contexts, all of them bundled.
    """
    named = listed(contexts)
    addresses = tuple(each for each in named if isinstance(each, str))
    if not 0 < len(named) <= MOST_CONTEXTS or len(addresses) < len(named):
        raise NotCovered
    found = _ROOTS.kept.get(addresses)
    return _root(addresses) if found is None else found


def _root(addresses: tuple[str, ...]) -> Table:
    try:
        vocabularies = [vocabulary_of(document_loader, address) for address in addresses]
    except UnknownContext:
        raise NotCovered from None
    family = _Family(frozenset(term for each in vocabularies for term in each.terms))
    with _asking() as (pyld, options):
        start = pyld.start(options)
        active = pyld.process(start, list(addresses), options)
    found = _ROOTS.kept[addresses] = family.table(active)
    return found


class _Pyld(JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
    """PyLD's way with contexts.

    It has no public name for these; the version of PyLD is pinned, and the differential tests are
    against its public functions.
    """

    def start(self, options: dict[str, Any]) -> Active:
        """The active context before any context."""
        found: Active = self._get_initial_context(options)
        return found

    def process(
        self, active: Active, context: object, options: dict[str, Any], **rules: bool
    ) -> Active:
        """An active context with one more; `rules` are `propagate` and `override_protected`."""
        found: Active = self._process_context(active, context, options, **rules)
        return found


@contextlib.contextmanager
def _asking() -> Iterator[tuple[_Pyld, dict[str, Any]]]:
    """PyLD, with the options of the general way."""
    try:
        with processor(document_loader) as options:
            yield _Pyld(), options
    except ProofError:
        raise NotCovered from None


def _term(table: Table, name: str, family: _Family) -> Term:
    """What a member means: as `JsonLdProcessor._expand_object` and `_expand` find it out."""
    active = table.active
    meaning = active["mappings"].get(name)
    if not meaning or ":" in name:
        raise NotCovered
    address = meaning["@id"]
    if name in KEYWORDS:
        return Term(KEYWORDS[name][1], table, table.words)
    with _asking() as (pyld, options):
        inner = _within(pyld, active, active, name, options)
        again = inner["mappings"].get(name)
        if not again or again["@id"] != address:
            raise NotCovered
        _refuse_rare(active, name)
        _refuse_rare(inner, name)
        before = inner.get("previousContext") or inner
        below = _within(pyld, inner, before, name, options)
        referring = _within(pyld, inner, inner, name, options)
        for each in (inner, referring):
            _refuse_unusual_keywords(each)
    coerced = again.get("@type") or "@none"
    container = listed(meaning.get("@container") or ())
    is_native = coerced.rpartition("#")[2] in NATIVE
    return Term(
        _kind(coerced),
        family.table(below),
        Words(inner),
        predicate=f" {_written(address)} ",
        ending=_ending(coerced),
        datatype=None if coerced.startswith("@") else coerced,
        is_list="@list" in container,
        is_plain=coerced not in {"@id", "@vocab"} and "@list" not in container and not is_native,
        takes_nodes="@list" not in container,
        is_shared=_is_shared(active, address),
        is_native=is_native,
        may_refer=IDENTIFIER in inner["mappings"] and IDENTIFIER in referring["mappings"],
    )


def _within(
    pyld: _Pyld,
    defining: Active,
    active: Active,
    name: str,
    options: dict[str, Any],
) -> Active:
    """An active context, with the one that a term brings along for its values."""
    context = JsonLdProcessor.get_context_value(defining, name, "@context")
    if context is None:
        return active
    return pyld.process(active, context, options, override_protected=True)


def _refuse_unusual_keywords(active: Active) -> None:
    for name, meaning in active["mappings"].items():
        address = meaning["@id"] if meaning else None
        usual = KEYWORDS[name][0] if name in KEYWORDS else None
        if address != usual and (usual is not None or str(address).startswith("@")):
            raise NotCovered


def _refuse_rare(active: Active, name: str) -> None:
    """Leave all constructs but the everyday ones to the general way."""
    meaning = active["mappings"][name]
    value = functools.partial(JsonLdProcessor.get_context_value, active, name)
    containers = frozenset(listed(meaning.get("@container") or ()))
    if (
        meaning.get("reverse")
        or not containers <= CONTAINERS
        or value("@language") is not None
        or value("@direction") is not None
        or any(keyword in meaning for keyword in ("@nest", "@index"))
    ):
        raise NotCovered


def _is_shared(active: Active, address: str) -> bool:
    """Whether several terms stand for one address, whose values JSON-LD puts together."""
    found = [other for other in active["mappings"].values() if other and other["@id"] == address]
    return len(found) > 1


def _kind(coerced: str) -> Kind:
    match coerced:
        case "@id":
            return Kind.ADDRESS
        case "@vocab":
            return Kind.WORD
        case "@none":
            return Kind.TEXT
        case _ if coerced.startswith("@"):
            raise NotCovered
        case _:
            return Kind.TEXT


def _ending(coerced: str) -> str:
    """What follows a text of this datatype."""
    try:
        datatype = None if coerced.startswith("@") else NamedNode(coerced)
        literal = str(Literal("", datatype=datatype))
    except ValueError:
        raise NotCovered from None
    return f"{literal[1:]} .\n"


def _written(address: str) -> str:
    try:
        return str(NamedNode(address))
    except ValueError:
        raise NotCovered from None
