"""Documents over the bundled contexts: what JSON-LD 1.1 allows, and what nobody should write.

A grammar in the hands of chance.  Members are the terms that the contexts really define, with
values of the kind that they ask for, mostly; now and then there is a keyword, a container, a
context, a name or a value from the far corners of the specification, or plain nonsense.
"""

import random
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from proofs.compiled.not_covered import NotCovered
from proofs.compiled.tables import Table, table_for
from schemas.contexts import CONTEXTS, VC_V1, VC_V2, context

Json = Any

DEEPEST: Final = 5
TEXTS: Final = (
    "plain",
    "",
    'a "quoted" \\ word',
    "bell \x07, delete \x7f, next line \x85, feed\n\r\t\f\b",
    "\x00",
    "\ud800",
    "e\u0301 \u202e \ufffe \uffff \ufdd0 \U0001f642 \U0010ffff",
    "true",
    "1",
    "id",
    "@id",
    "_:b0",
    "https://a.example/",
)
ADDRESSES: Final = (
    "https://a.example/",
    "https://a.example/b?c=d#e",
    "https://a.example/a b",
    "https://a.example/%2f%zz",
    "https://[::1]/",
    "https://a.example:99999/",
    "HTTPS://A.EXAMPLE/\u00e9",
    "urn:uuid:4f5c3a1e-0000-4000-8000-000000000001",
    "did:web:a.example",
    "did:key:z6MkA#z6MkA",
    "mailto:a@a.example",
    "tag:a.example,2026:x",
    "type:x",
    "data:text/plain,x",
    "name",
    "/relative",
    "",
    "#x",
    "_:b1",
    "@none",
)
NUMBERS: Final = (0, 1, -1, 1.0, -0.0, 2.5, 1e-7, 1e21, 2**53, 10**25, True, False, float("inf"))
KEYWORDS: Final = (
    "@id",
    "@type",
    "@value",
    "@language",
    "@direction",
    "@list",
    "@set",
    "@graph",
    "@included",
    "@reverse",
    "@index",
    "@nest",
    "@none",
    "@json",
    "@context",
    "@base",
    "@vocab",
    "@unknown",
)
OUT_OF_PLACE: Final = (*KEYWORDS, "own", "other", "undefined", "a:b", "https://a.example/p", "")
INLINE: Final[tuple[Json, ...]] = (
    {},
    None,
    {"@vocab": "https://a.example/"},
    {"@base": "https://a.example/"},
    {"@language": "en"},
    {"@propagate": False},
    {"@protected": True},
    {"own": "https://a.example/own"},
    {"own": {"@id": "https://a.example/own", "@type": "@id"}},
    {"own": {"@id": "https://a.example/own", "@container": "@list"}},
    {"own": {"@id": "https://a.example/own", "@container": "@language"}},
    {"own": {"@reverse": "https://a.example/own"}},
    {"name": "https://a.example/name"},
    {"type": "@type"},
    {"other": "@id"},
    "https://a.example/context",
)


@lru_cache(maxsize=64)
def words(addresses: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The members that contexts define at whatever depth, and the types."""
    found: dict[str, Json] = {}
    for address in addresses:
        _collect(context(address), found)
    types = [name for name in found if name[:1].isupper()]
    return tuple(name for name in found if not name.startswith("@")), tuple(types) or ("Thing",)


def _collect(value: Json, found: dict[str, Json]) -> None:
    if isinstance(value, Mapping):
        for name, member in value.items():
            found.setdefault(name, member)
            _collect(member, found)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, found)


def document(choose: random.Random) -> dict[str, Json]:
    """One document."""
    addresses = tuple(choose.sample(sorted(CONTEXTS), choose.randint(0, 2)))
    first = choose.choice([VC_V2, VC_V2, VC_V2, VC_V1])
    addresses = (first, *(each for each in addresses if each != first))
    contexts: list[Json] = [*addresses]
    if choose.random() < 0.05:
        contexts.append(choose.choice(INLINE))
    made = _node(choose, addresses, _root(addresses), 0)
    made["@context"] = contexts if choose.random() < 0.9 else addresses[0]
    return made


def _root(addresses: tuple[str, ...]) -> Table | None:
    try:
        return table_for(list(addresses))
    except NotCovered:
        return None


def _here(table: Table | None, types: Json) -> Table | None:
    """Where the members of a node of these types are found, if that is known."""
    names = types if isinstance(types, list) else [types]
    if table is None or not all(isinstance(name, str) for name in names):
        return None
    try:
        return table.for_types(tuple(names))
    except NotCovered:
        return None


def _below(table: Table | None, name: str) -> Table | None:
    try:
        return table and table.term(name).below
    except NotCovered:
        return None


def _node(
    choose: random.Random, addresses: tuple[str, ...], table: Table | None, depth: int
) -> dict[str, Json]:
    """Mostly of members that are defined where it stands."""
    members, types = words(addresses)
    made: dict[str, Json] = {}
    if choose.random() < 0.7:
        made["type"] = _types(choose, types)
    if choose.random() < 0.6:
        made["id"] = _address(choose)
    inside = _here(table, made.get("type", []))
    if inside is not None and choose.random() < 0.95:
        members = sorted(name for name in inside.active["mappings"] if not name[:1].isupper())
    for _ in range(choose.randint(0, 4)):
        name = choose.choice(members)
        if choose.random() < 0.01:
            name = choose.choice(OUT_OF_PLACE)
        made[name] = _member(choose, addresses, _below(inside, name), depth, name)
    return made


def _types(choose: random.Random, types: tuple[str, ...]) -> Json:
    if choose.random() < 0.03:
        return choose.choice(
            ["Undefined", "https://a.example/T", "name", [], [[]], 7, None, "", "id"]
        )
    if choose.random() < 0.5:
        return choose.choice(types)
    return [choose.choice(types) for _ in range(choose.randint(1, 3))]


def _address(choose: random.Random) -> Json:
    if choose.random() < 0.97:
        return f"{choose.choice(ADDRESSES[:2])}{choose.randint(0, 99)}"
    return choose.choice([*ADDRESSES, 7, None, ["https://a.example/"], {}])


def _member(
    choose: random.Random, addresses: tuple[str, ...], below: Table | None, depth: int, name: str
) -> Json:
    if name == "@context":
        return choose.choice([*INLINE, *addresses])
    if name in {"id", "type"}:
        return _address(choose) if name == "id" else _types(choose, words(addresses)[1])
    count = choose.choice([1, 1, 2, 2, 3]) if choose.random() < 0.95 else 0
    if count == 1 and choose.random() < 0.8:
        return _value(choose, addresses, below, depth)
    return [_value(choose, addresses, below, depth) for _ in range(count)]


def _value(
    choose: random.Random, addresses: tuple[str, ...], below: Table | None, depth: int
) -> Json:
    chance = choose.random()
    if chance < 0.3:
        return choose.choice(TEXTS) if choose.random() < 0.3 else f"text {choose.randint(0, 99)}"
    if chance < 0.6:
        return _address(choose)
    if chance < 0.66:
        return choose.choice(NUMBERS)
    if chance < 0.705:
        return choose.choice(words(addresses)[1]) if chance < 0.69 else _odd(choose)
    if depth < DEEPEST:
        return _node(choose, addresses, below, depth + 1)
    return {"id": _address(choose)}


def _odd(choose: random.Random) -> Json:
    return choose.choice(
        [
            None,
            [],
            {},
            [["x"]],
            {"@value": "x"},
            {"@value": "x", "@language": "en"},
            {"@value": "x", "@language": "en", "@direction": "rtl"},
            {"@value": 5, "@type": "https://a.example/T"},
            {"@list": ["x", "x"]},
            {"@set": ["x"]},
            {"@id": "https://a.example/"},
            {"@graph": [{"name": "x"}]},
            {"@json": {"x": [1, 2.0]}},
            {"en": "x", "de": ["y"]},
            {"type": "@json", "@value": {"x": 1}},
            {"id": "https://a.example/", "@index": "x"},
        ]
    )
