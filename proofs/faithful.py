"""Does the JSON say anything that its RDF does not?

The signature covers the RDF of a document, readers look at its JSON.  Whatever can
be added to, taken from or renamed in the JSON without changing the RDF would be
unsigned, so it is refused here, before and after JSON-LD expansion.  The reasons:

- `null` and empty arrays vanish;
- a value repeated in a set counts once;
- keywords such as `@index` have no place in RDF;
- `https://schema.org/name` and `name` are the same to RDF, but a reader who looks for
  `validUntil` does not find it under its address;
- relative identifiers, identifiers with spaces and undefined terms are dropped;
- the name of a blank node can be chosen freely.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from pyoxigraph import NamedNode

from proofs.errors import (
    CanonicalizationRefused,
    InlineContext,
    InvalidJsonLd,
    NotCompacted,
    UndefinedTerm,
    UnsafeIdentifier,
    UnsignedMember,
)
from schemas.one_or_many import listed

DEPTH: Final = 64
"""Levels of nesting; the processor recurses once or more for each."""

OPAQUE: Final = frozenset({"_sd", "jsonSchema", "jwk"})
"""Members that hold JSON as such (`@type: @json`); what is inside is signed as it stands."""

NATIVE: Final = frozenset({"boolean", "integer", "decimal", "double", "float"})
"""Datatypes whose values JSON writes without quotation marks."""

INLINE_KEYWORDS: Final[Mapping[str, tuple[object, ...]]] = {
    "@version": (1.1,),
    "@protected": (True, False),
}
INLINE_DEFINITION: Final = frozenset({"@id", "@type", "@container", "@protected"})
INLINE_TYPES: Final = ("@id", "@vocab")
INLINE_CONTAINERS: Final = ("@set", "@list")
_TERM: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*", re.ASCII)

TEXT: Final = frozenset({"@value", "@language", "@direction"})


def check_written(value: object, vocabulary: "Vocabulary", pointer: str = "") -> None:
    """Check a document as it was written, before expansion.

    Raises:
        UnsignedMember: something that RDF would forget.
        NotCompacted: a term written as an address.
        UnsafeIdentifier: an identifier that abbreviates another.
    """
    if value is None:
        raise UnsignedMember(pointer, "null is the same as absent; leave the member out")
    if isinstance(value, Mapping):
        _check_members(value, vocabulary, pointer)
    elif isinstance(value, (list, tuple)):
        if not value:
            raise UnsignedMember(pointer, "an empty array is the same as absent; leave it out")
        for position, item in enumerate(value):
            if isinstance(item, (list, tuple)):
                raise UnsignedMember(f"{pointer}/{position}", "arrays inside arrays are flattened")
            check_written(item, vocabulary, f"{pointer}/{position}")


def _check_members(node: Mapping[str, Any], vocabulary: "Vocabulary", pointer: str) -> None:
    if {"@value"} < node.keys() <= TEXT and all(isinstance(part, str) for part in node.values()):
        return
    for name, value in node.items():
        where = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        if name == "@context":
            continue
        if name in {"@id", "@type"} or ":" in name:
            raise NotCompacted(pointer, name)
        if name.startswith("@"):
            raise UnsignedMember(where, "keywords carry nothing into RDF here")
        if name not in OPAQUE:
            if name in {"id", "type"}:
                vocabulary.check_not_abbreviated(name, value, where)
            check_written(value, vocabulary, where)


def context_addresses(value: object, pointer: str = "", depth: int = 0) -> Iterator[str]:
    """Every context address that a document names, at whatever depth.

    Raises:
        InlineContext: no context at all, or one below the root that is not an address.
        CanonicalizationRefused: nested too deeply.
    """
    if depth > DEPTH:
        raise CanonicalizationRefused("levels", depth, DEPTH)
    if isinstance(value, Mapping):
        for name, member in value.items():
            if name == "@context":
                yield from _addresses(member, f"{pointer}/@context")
            elif name not in OPAQUE:
                yield from context_addresses(member, f"{pointer}/{name}", depth + 1)
    elif isinstance(value, (list, tuple)):
        for position, item in enumerate(value):
            yield from context_addresses(item, f"{pointer}/{position}", depth + 1)


def _addresses(context: object, pointer: str) -> Iterator[str]:
    contexts = listed(context)
    if not contexts:
        raise InlineContext(pointer)
    for one in contexts:
        if isinstance(one, str):
            yield one
        elif not (isinstance(one, Mapping) and pointer == "/@context"):
            raise InlineContext(pointer)


def inline_contexts(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The contexts that a document brings along at its root (VCDM 2.0, section 4.3)."""
    return [one for one in listed(view.get("@context")) if isinstance(one, Mapping)]


def check_inline(context: Mapping[str, Any], vocabulary: "Vocabulary") -> None:
    """Check a context that a document brings along: it may name new things, and nothing else.

    Were it allowed to give a known thing another name, anybody could hide a signed member from
    those who read JSON: `validUntil` under any other word means the same to RDF.

    Raises:
        InlineContext: it does more than to name things that no other context names.
    """
    for term, definition in context.items():
        where = f"/@context/{term}"
        if term in INLINE_KEYWORDS and definition in INLINE_KEYWORDS[term]:
            continue
        if not _TERM.fullmatch(term) or term in vocabulary.terms:
            raise InlineContext(where)
        if isinstance(definition, Mapping):
            if not definition.keys() <= INLINE_DEFINITION:
                raise InlineContext(where)
            coerced, container = (
                definition.get("@type", "@id"),
                definition.get("@container", "@set"),
            )
            if not (_names_something(coerced) or coerced in INLINE_TYPES):
                raise InlineContext(where)
            if container not in INLINE_CONTAINERS:
                raise InlineContext(where)
            definition = definition.get("@id")  # noqa: PLW2901 - what the term stands for
        if not _names_something(definition) or definition in vocabulary.addresses:
            raise InlineContext(where)


def _names_something(address: object) -> bool:
    """Whether this is an absolute IRI; an abbreviated one looks like an unknown scheme."""
    if not isinstance(address, str) or not address.startswith(("https://", "http://", "urn:")):
        return False
    try:
        NamedNode(address)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms that contexts define, and the addresses these stand for."""

    terms: frozenset[str]
    addresses: frozenset[str]

    @classmethod
    def of(cls, context: object) -> Self:
        """Collect them from a context document, scoped contexts included."""
        found = list(_definitions(context))
        return cls(frozenset(term for term, _ in found), frozenset(to for _, to in found))

    def __or__(self, other: "Vocabulary") -> "Vocabulary":
        return Vocabulary(self.terms | other.terms, self.addresses | other.addresses)

    def check_not_abbreviated(self, name: str, value: object, where: str) -> None:
        """Refuse `prefix:rest`, and types written as the address of a term."""
        for text in listed(value):
            if not isinstance(text, str) or ":" not in text:
                continue
            if text.partition(":")[0] in self.terms:
                raise UnsafeIdentifier(text, where)
            if name == "type" and text in self.addresses:
                raise NotCompacted(where, text)


def _definitions(context: object) -> Iterator[tuple[str, str]]:
    if isinstance(context, Mapping):
        for term, definition in context.items():
            address = definition.get("@id") if isinstance(definition, Mapping) else definition
            if not term.startswith("@") and isinstance(address, str):
                yield term, address
            yield from _definitions(definition)
    elif isinstance(context, (list, tuple)):
        for item in context:
            yield from _definitions(item)


def check_expanded(value: object) -> None:
    """Check a document after expansion, when every name is an address.

    Raises:
        UndefinedTerm: a type that no context defines.
        UnsafeIdentifier: an identifier that RDF cannot hold or may rename.
        UnsignedMember: a repeated value, or a keyword that RDF forgets.
    """
    if isinstance(value, list):
        for item in value:
            check_expanded(item)
    elif isinstance(value, Mapping):
        if "@value" in value:
            _check_literal(value)
            return
        for name, member in value.items():
            _check_expanded_member(name, member)


def _check_literal(literal: Mapping[str, Any]) -> None:
    """RDF has text only: `true` and `"true"`, 3 and `"3"` are the same there, in JSON not."""
    datatype = str(literal.get("@type", "")).rpartition("#")[2]
    if datatype in NATIVE and isinstance(literal["@value"], str):
        raise UnsignedMember(datatype, "a number, true or false must not be written as text")


def _check_expanded_member(name: str, member: object) -> None:
    match name:
        case "@id":
            check_identifier(member)
        case "@type":
            _check_types(_as_list(member))
        case "@list" | "@graph":
            check_expanded(member)
        case _ if name.startswith("@"):
            raise UnsignedMember(name, "this keyword carries nothing into RDF")
        case _:
            check_identifier(name)
            _check_set(name, _as_list(member))
            check_expanded(member)


def _check_types(types: list[object]) -> None:
    for kind in types:
        if isinstance(kind, str) and ":" not in kind:
            raise UndefinedTerm(kind)
        check_identifier(kind)
    _check_set("@type", types)


def _check_set(name: str, values: list[object]) -> None:
    """A set forgets how often a value was given, and merges what has the same identifier."""
    seen: set[str] = set()
    for value in values:
        key = _sameness(value)
        if key in seen:
            raise UnsignedMember(name, "the same value is given twice")
        if key is not None:
            seen.add(key)


def _sameness(value: object) -> str | None:
    """What makes a value the same as another; a node without identifier is always another."""
    if not isinstance(value, Mapping):
        return str(value)
    if "@value" in value:
        return json.dumps(value, sort_keys=True)
    identifier = value.get("@id")
    return None if identifier is None else str(identifier)


def _as_list(member: object) -> list[object]:
    return member if isinstance(member, list) else [member]


def check_identifier(text: object) -> None:
    """Refuse what RDF cannot hold as it stands.

    Raises:
        UnsafeIdentifier: relative, with spaces or control characters, or a blank node's name.
    """
    if not isinstance(text, str):
        raise InvalidJsonLd("an identifier that is not a string")
    if text.startswith("_:"):
        raise UnsafeIdentifier(text)
    try:
        NamedNode(text)
    except ValueError:
        raise UnsafeIdentifier(text) from None
