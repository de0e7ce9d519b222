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
    "urn:a:b\nurn:c:d",
    "https://a.example/> <urn:b> <urn:c> .\n<urn:d:e",
    "https://a.example/\u2028\ufffe",
    "https://a.example/\x7f",
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
    {"@direction": "rtl"},
    {"@propagate": False},
    {"@protected": True},
    {"@version": 1.1, "own": "https://a.example/own"},
    {"@import": VC_V2},
    {"own": "https://a.example/own"},
    {"own": {"@id": "https://a.example/own", "@type": "@id"}},
    {"own": {"@id": "https://a.example/own", "@type": "@vocab"}},
    {"own": {"@id": "https://a.example/own", "@type": "@json"}},
    *(
        {"own": {"@id": "https://a.example/own", "@container": container}}
        for container in (
            "@list",
            "@set",
            "@language",
            "@index",
            "@id",
            "@type",
            "@graph",
            ["@graph", "@id"],
            ["@graph", "@index"],
            ["@index", "@set"],
        )
    ),
    {"own": {"@id": "https://a.example/own", "@context": {"other": "https://a.example/o"}}},
    {"own": {"@id": "https://a.example/own", "@language": "en", "@direction": "ltr"}},
    {"own": {"@reverse": "https://a.example/own"}},
    {"own": "@nest", "other": {"@id": "https://a.example/other", "@nest": "own"}},
    {"own": {"@id": "https://a.example/own", "@index": "https://a.example/i"}},
    {"own": {"@id": "https://a.example/own#", "@prefix": True}},
    {"name": "https://a.example/name"},
    {"name": None},
    {"type": "@type"},
    {"other": "@id"},
    {"other": "@value"},
    {"own": "@graph"},
    "https://a.example/context",
)
NATIVE: Final = frozenset({"boolean", "integer", "decimal", "double", "float"})


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
    """One document; two of three have nothing odd in them on purpose."""
    addresses = tuple(choose.sample(sorted(CONTEXTS), choose.choice([0, 0, 1, 1, 2, 3])))
    first = choose.choice([VC_V2, VC_V2, VC_V2, VC_V1])
    addresses = (first, *(each for each in addresses if each != first))
    grammar = _Grammar(choose, addresses, odd=choose.random() < 0.3)
    made = grammar.node(_root(addresses), 0)
    contexts: list[Json] = [*addresses]
    if grammar.odd and choose.random() < 0.15:
        contexts.append(choose.choice(INLINE))
        made["own"] = grammar.value(None, 1)
    made["@context"] = contexts if choose.random() < 0.95 else addresses[0]
    return made


def _root(addresses: tuple[str, ...]) -> Table | None:
    try:
        return table_for(list(addresses))
    except NotCovered:
        return None


def _inside(table: Table | None, types: Json) -> Table | None:
    """Where the members of a node of these types are found, if that is known."""
    names = types if isinstance(types, list) else [types]
    if table is None or not all(isinstance(name, str) for name in names):
        return None
    try:
        return table.of_types(tuple(names)).table if names else table
    except NotCovered:
        return None


def _below(table: Table | None, name: str) -> Table | None:
    try:
        return table and table.term(name).below
    except NotCovered:
        return None


class _Grammar:
    """How the parts of one document are made.

    Attributes:
        odd: whether now and then something is out of place.
    """

    def __init__(self, choose: random.Random, addresses: tuple[str, ...], *, odd: bool) -> None:
        self._choose = choose
        self._addresses = addresses
        self.odd = odd

    def node(self, table: Table | None, depth: int) -> dict[str, Json]:
        """Mostly of members that are defined where it stands."""
        choose = self._choose
        members, _ = words(self._addresses)
        made: dict[str, Json] = {}
        if choose.random() < 0.7:
            made["type"] = self._types(table)
        if choose.random() < 0.6:
            made["id"] = self._address()
        inside = _inside(table, made.get("type", []))
        if inside is not None and not (self.odd and choose.random() < 0.1):
            members = tuple(each for each in inside.active["mappings"] if not each[:1].isupper())
        for _ in range(choose.randint(0 if made else 1, 4)):
            name = choose.choice(members)
            if self.odd and choose.random() < 0.02:
                name = choose.choice(OUT_OF_PLACE)
            made[name] = self._member(inside, name, depth)
        return made

    def _types(self, table: Table | None) -> Json:
        choose = self._choose
        _, types = words(self._addresses)
        if table is not None and not (self.odd and choose.random() < 0.1):
            types = tuple(each for each in table.active["mappings"] if each[:1].isupper()) or types
        if self.odd and choose.random() < 0.03:
            return choose.choice(
                ["Undefined", "https://a.example/T", "name", [], [[]], 7, None, "", "id"]
            )
        if choose.random() < 0.5:
            return choose.choice(types)
        return [choose.choice(types) for _ in range(choose.choice([1, 1, 1, 2, 3]))]

    def _address(self) -> Json:
        choose = self._choose
        if not (self.odd and choose.random() < 0.06):
            return f"{choose.choice(ADDRESSES[:2])}{choose.randint(0, 99)}"
        return choose.choice([*ADDRESSES, 7, None, ["https://a.example/"], {}])

    def _text(self) -> str:
        choose = self._choose
        return choose.choice(TEXTS) if choose.random() < 0.1 else f"text {choose.randint(0, 99)}"

    def _member(self, inside: Table | None, name: str, depth: int) -> Json:
        choose = self._choose
        if name == "@context":
            return choose.choice([*INLINE, *self._addresses])
        if name in {"id", "type"}:
            return self._address() if name == "id" else self._types(inside)
        count = choose.choice([1, 1, 1, 1, 2, 2, 3])
        if self.odd and choose.random() < 0.02:
            count = 0
        below = _below(inside, name)
        meaning = (inside.active["mappings"].get(name) if inside is not None else None) or {}
        values = [self._fitting(meaning.get("@type"), below, depth) for _ in range(count)]
        return values[0] if count == 1 and choose.random() < 0.8 else values

    def _fitting(self, datatype: str | None, below: Table | None, depth: int) -> Json:
        """A value of the kind that a term asks for, mostly."""
        choose = self._choose
        if self.odd and choose.random() < 0.1:
            return self.value(below, depth)
        if datatype in {"@id", None} and depth < DEEPEST and choose.random() < 0.5:
            return self.node(below, depth + 1)
        if datatype == "@id":
            return self._address() if choose.random() < 0.9 else {"id": self._address()}
        words_here = sorted(below.active["mappings"]) if below else ["name"]
        native = NUMBERS[:-1] if str(datatype).rpartition("#")[2] in NATIVE else [self._text()]
        fitting = {"@vocab": words_here, "@json": [1.0, {"a": [1, {"b": None}]}, "x"]}
        return choose.choice(fitting.get(datatype or "", native))

    def value(self, below: Table | None, depth: int) -> Json:
        """Anything."""
        choose = self._choose
        chance = choose.random()
        if chance < 0.2:
            return self._text()
        if chance < 0.4:
            return self._address()
        if chance < 0.55:
            return choose.choice(NUMBERS)
        if chance < 0.6:
            return choose.choice(words(self._addresses)[1])
        if chance < 0.75:
            return _odd(choose)
        return self.node(below, depth + 1) if depth < DEEPEST else {"id": self._address()}


def _odd(choose: random.Random) -> Json:
    return choose.choice(
        [
            None,
            [],
            {},
            [["x"]],
            [["x", ["y"]], ["z"]],
            {"@value": "x"},
            {"@value": "x", "@language": "en"},
            {"@value": "x", "@language": "en", "@direction": "rtl"},
            {"@value": "x", "@language": "EN-gb"},
            {"@value": "x", "@language": "e n"},
            {"@value": 5, "@type": "https://a.example/T"},
            {"@value": None},
            {"@list": ["x", "x"]},
            {"@list": [["x"], []]},
            {"@set": ["x"]},
            {"@set": []},
            {"@id": "https://a.example/"},
            {"@graph": [{"name": "x"}]},
            {"@included": [{"name": "x"}]},
            {"@reverse": {"name": {"id": "https://a.example/"}}},
            {"@nest": {"name": "x"}},
            {"@json": {"x": [1, 2.0]}},
            {"en": "x", "de": ["y"]},
            {"https://a.example/": {"name": "x"}, "@none": {"name": "y"}},
            {"type": "@json", "@value": {"x": 1}},
            {"id": "https://a.example/", "@index": "x"},
            {"id": "https://a.example/", "@context": {"name": "https://a.example/n"}, "name": "x"},
        ]
    )
