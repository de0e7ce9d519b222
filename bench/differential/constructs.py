"""Which constructs of JSON-LD does a document have?  To see that the comparison leaves none out."""

from collections.abc import Iterator
from typing import Any, Final

from schemas.contexts import CONTEXTS
from schemas.one_or_many import listed

KEYWORDS: Final = frozenset(
    f"@{name}"
    for name in (
        *("base", "container", "context", "direction", "graph", "id", "import", "included"),
        *("index", "json", "language", "list", "nest", "none", "prefix", "propagate", "protected"),
        *("reverse", "set", "type", "value", "version", "vocab"),
    )
)
KINDS: Final = {
    type(None): "null",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a point",
    str: "a text",
    list: "a list in a list",
}
GRAPHS: Final = frozenset({"proof", "verifiableCredential"})


def constructs(document: dict[str, Any]) -> set[str]:
    """Their names."""
    contexts = document.get("@context")
    several = contexts if isinstance(contexts, list) else [contexts]
    found = {"a context of its own" for each in several if not isinstance(each, str)}
    found |= {f"context {each}" for each in several if isinstance(each, str) and each in CONTEXTS}
    for each in several:
        if isinstance(each, dict):
            found |= {f"in its context: {name}" for name in _keywords(each)}
    identifiers = []
    for name, value in _members(document):
        if name.startswith("@"):
            found.add(f"member {name}" if name in KEYWORDS else "member like a keyword")
        found |= set(_of_value(name, value))
        if name == "id" and isinstance(value, str):
            identifiers.append(value)
    if len(set(identifiers)) < len(identifiers):
        found.add("one node in several places")
    return found


def _keywords(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            if name in KEYWORDS:
                is_container = name == "@container"
                yield from (f"{name} {one}" for one in listed(member)) if is_container else (name,)
            yield from _keywords(member)
            if member in ("@id", "@type", "@value", "@graph", "@nest"):
                yield f"a name for {member}"


def _members(value: object) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, member in value.items():
            if name != "@context":
                yield name, member
                yield from _members(member)
    elif isinstance(value, list):
        for item in value:
            yield from _members(item)


def _of_value(name: str, value: object) -> Iterator[str]:
    if name in GRAPHS:
        yield "a graph"
    if name == "type" and isinstance(value, list) and len(value) > 1:
        yield "several types"
    for one in value if isinstance(value, list) else [value]:
        yield _kind(one)
        if isinstance(one, str):
            yield from _of_text(one)
    if isinstance(value, list) and name != "type":
        yield "no value" if not value else "one value in brackets" if len(value) == 1 else "a set"


def _kind(value: object) -> str:
    if isinstance(value, dict):
        named = "id" in value or "@id" in value
        return ("a reference" if len(value) == 1 else "a node") if named else "a blank node"
    return KINDS[type(value)]


def _of_text(text: str) -> Iterator[str]:
    if not text:
        yield "an empty text"
    if not text.isascii():
        yield "a text beyond ASCII"
    if any(mark in text for mark in '"\\'):
        yield "marks"
    if any(each < " " or each == "\x7f" for each in text):
        yield "control characters"
    if any("\ud800" <= each <= "\udfff" for each in text):
        yield "half a surrogate pair"
