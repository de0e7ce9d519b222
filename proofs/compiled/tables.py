"""What does every term mean in every place?  Asked once, and kept.

A table is one active context with what was asked of it so far: its terms, and the tables of what
stands below them or inside nodes of a type.  Documents come from strangers, so whatever they can
make us keep is counted; when there is too much of it, all is forgotten and asked for anew.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from proofs.compiled.addresses import EVERYDAY_SCHEMES
from proofs.compiled.not_covered import NotCovered
from proofs.compiled.pyld_contexts import Active, Contexts
from proofs.compiled.terms import Kind, Meaning, Words, meaning, refuse_unusual_keywords
from proofs.rdf import vocabulary_of
from proofs.to_rdf import TYPE
from schemas.contexts import document_loader
from schemas.errors import UnknownContext
from schemas.one_or_many import listed

MOST_TABLES: Final = 512
"""Tables kept in all; each costs some 50 kB."""

LARGEST_FAMILY: Final = 128
"""Tables of one list of contexts; an honest document needs twenty, and a new one takes up to a
millisecond.  Who writes lists of types by chance is sent the general way."""

MOST_TYPES: Final = 64
"""Lists of types that one table remembers."""

MOST_CONTEXTS: Final = 8
"""Contexts of one document."""

REPEATED: Final = frozenset({"issuer", "achievement"})
"""Members under which many credentials say the same, word for word."""


class Term:
    """A term of a table: what it means, and the table of the nodes that are its values."""

    __slots__ = (
        "below",
        "datatype",
        "ending",
        "is_address",
        "is_list",
        "is_native",
        "is_repeated",
        "is_shared",
        "kind",
        "may_refer",
        "predicate",
        "words",
    )

    def __init__(self, name: str, found: Meaning, below: "Table") -> None:
        self.below = below
        self.is_repeated = name in REPEATED
        self.kind, self.words, self.datatype = found.kind, found.words, found.datatype
        self.predicate, self.ending = found.predicate, found.ending
        self.is_address = found.kind is Kind.ADDRESS and not found.is_list
        self.is_list, self.is_shared = found.is_list, found.is_shared
        self.is_native, self.may_refer = found.is_native, found.may_refer


@dataclass(frozen=True, slots=True)
class Typed:
    """Inside a node of some types: its table, and how its types end a line of N-Quads."""

    table: "Table"
    lines: tuple[str, ...]


class Table:
    """One active context, and what was asked of it so far.

    Attributes:
        active: the context.
        family: the tables over the same contexts.
        number: no other table ever has it.
        terms: members that were asked for.
        plain: what stands before and after a text, of members that are asked for all the time.
        typed: inside a node of these types, for those that were asked for.
        untyped: inside a node of no type.
        has_id: whether `id` is known here.
    """

    __slots__ = (
        "_inside",
        "_scoped",
        "_words",
        "active",
        "family",
        "has_id",
        "number",
        "plain",
        "terms",
        "typed",
        "untyped",
    )

    def __init__(self, active: Active, family: "Family") -> None:
        self.active = active
        self.family = family
        self.number = next(_NUMBERS)
        self.terms: dict[str, Term] = {}
        self.plain: dict[str, tuple[str, str]] = {}
        self.typed: dict[object, Typed] = {}
        self.untyped = Typed(self, ())
        self.has_id = "id" in active["mappings"]
        self._words = Words(active)
        self._inside: dict[tuple[str, ...], Table] = {}
        self._scoped = frozenset(
            term
            for term, defined in active["mappings"].items()
            if defined and defined.get("@context") is not None
        )

    def term(self, name: str) -> Term:
        """What a member means here.

        Raises:
            NotCovered: nothing, or something rare.
        """
        found = meaning(self.active, name)
        term = self.terms[name] = Term(name, found, self.family.table(found.below))
        if found.is_plain:
            self.plain[name] = (f'{found.predicate}"', found.ending)
        return term

    def of_types(self, key: str | tuple[object, ...]) -> Typed:
        """What is found inside a node of these types; `key` is one, or all in their order.

        Raises:
            NotCovered: it is not some terms that stand for different things.
        """
        types = (key,) if isinstance(key, str) else key
        names = [each for each in types if isinstance(each, str)]
        if not names or len(names) < len(types) or "type" not in self.active["mappings"]:
            raise NotCovered
        lines = tuple(f" {TYPE} {self._words[name]} .\n" for name in names)
        if len(set(lines)) < len(lines):
            raise NotCovered
        found = Typed(self._for(tuple(sorted(self._scoped.intersection(names)))), lines)
        if "type" not in found.table.active["mappings"]:
            raise NotCovered
        if len(self.typed) >= MOST_TYPES:
            self.typed.clear()
        self.typed[key] = found
        return found

    def _for(self, scoped: tuple[str, ...]) -> "Table":
        """The table inside a node of these types, which bring contexts along."""
        if not scoped:
            return self
        found = self._inside.get(scoped)
        if found is None:
            active = self.active
            with Contexts.open() as contexts:
                for name in scoped:
                    context = self.active["mappings"][name]["@context"]
                    active = contexts.with_type(active, context)
            found = self._inside[scoped] = self.family.table(active)
        return found


_NUMBERS: Final[Iterator[int]] = itertools.count()


class Family:
    """The tables over one list of contexts.

    Attributes:
        prefixes: words that would abbreviate an address, were they to stand before its colon.
        abbreviates_everyday: whether one of them is a scheme that is met every day.
    """

    def __init__(self, prefixes: frozenset[str]) -> None:
        self.prefixes = prefixes
        self.abbreviates_everyday = not prefixes.isdisjoint(EVERYDAY_SCHEMES)
        self._tables: dict[int, Table] = {}

    def table(self, active: Active) -> Table:
        """The table of an active context; a table keeps its context, whose place is its name.

        Raises:
            NotCovered: it gives keywords other names than usual, or there are too many tables.
        """
        found = self._tables.get(id(active))
        if found is None:
            refuse_unusual_keywords(active)
            if len(self._tables) >= LARGEST_FAMILY:
                _ROOTS.forget_family(self, len(self._tables))
                raise NotCovered
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
            self.forget()

    def forget(self) -> None:
        self.kept, self._made = {}, 0

    def forget_family(self, family: Family, tables: int) -> None:
        """Forget what one list of contexts was blown up to; all others stay known."""
        others = {key: root for key, root in self.kept.items() if root.family is not family}
        if len(others) < len(self.kept):
            self.kept, self._made = others, max(0, self._made - tables)


_ROOTS: Final = _Roots()


def table_for(contexts: object, *, is_made: bool = False) -> Table:
    """The table at the root of a document.

    Args:
        contexts: those of the document.
        is_made: only if it was made before; to make one takes some milliseconds.

    Raises:
        NotCovered: it has not one to eight contexts, all of them bundled; or is still to be made.
    """
    named = listed(contexts)
    addresses = tuple(each for each in named if isinstance(each, str))
    if not 0 < len(named) <= MOST_CONTEXTS or len(addresses) < len(named):
        raise NotCovered
    found = _ROOTS.kept.get(addresses)
    if found is None and is_made:
        raise NotCovered
    return _root(addresses) if found is None else found


def _root(addresses: tuple[str, ...]) -> Table:
    try:
        vocabularies = [vocabulary_of(document_loader, address) for address in addresses]
    except UnknownContext:
        raise NotCovered from None
    family = Family(frozenset(term for each in vocabularies for term in each.terms))
    with Contexts.open() as contexts:
        active = contexts.root(addresses)
    found = _ROOTS.kept[addresses] = family.table(active)
    return found
