"""How much work would a stranger's schema make?

JSON Schema 2020-12, sections 10 and 11.  A schema of a few lines can apply itself twice at
every level, and then a small document costs more than a day.  So we bound, before anything is
compiled, how many subschemas can ever look at one and the same value.

What looks at a value: the subschemas applied in place (`allOf`, `$ref` …), and those that a
parent's schemas apply to their children; an object's and an array's are counted apart, since
no value is both.  The bound is never too low; it may be too high.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final
from urllib.parse import unquote

from schemas.errors import UnsafeSchema
from schemas.limits import JsonLimits

MOST_LOOKS: Final = 500  # subschemas that look at one value; a document has 20 000 values
_IN_PLACE: Final = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else")
_IN_PLACE_BY_NAME: Final = ("dependentSchemas", "dependencies")
_REFERENCES: Final = ("$ref", "$dynamicRef")
_ANCHORS: Final = ("$anchor", "$dynamicAnchor")
_MEMBERS: Final = ("additionalProperties", "unevaluatedProperties", "propertyNames")
_ITEMS: Final = ("items", "unevaluatedItems", "contains")
_LOOK_AGAIN: Final = frozenset({"unevaluatedProperties", "unevaluatedItems"})

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The subschemas of one schema, as numbers, by the value that they look at."""

    in_place: list[int]
    members: list[int]  # all of these may look at the same member
    named: list[int]  # one of these looks at a member
    items: list[int]  # all of these may look at the same item
    placed: list[int]  # one of these looks at an item
    looks_again: bool


@dataclass(frozen=True, slots=True)
class _Looks:
    """How many subschemas look at a value some levels down, inside an object or an array."""

    in_object: int
    in_array: int

    @property
    def most(self) -> int:
        return max(self.in_object, self.in_array)


def check_work(schema: Schema) -> None:
    """Refuse a schema that can look at one value more than `MOST_LOOKS` times.

    Raises:
        UnsafeSchema: it can, or it applies itself to the same value without end.
    """
    graph = _parts_by_number(schema)
    try:
        within = {number: set(parts.in_place) for number, parts in enumerate(graph)}
        order = tuple(TopologicalSorter(within).static_order())
    except CycleError as error:
        raise UnsafeSchema("the schema applies itself to the same value without end") from error
    here: dict[int, _Looks] = {}
    for number in order:
        count = _capped(1 + sum(here[part].most for part in graph[number].in_place))
        here[number] = _Looks(count, count)
    again = {n: here[n].most if parts.looks_again else 1 for n, parts in enumerate(graph)}
    levels_above = here
    for _ in range(JsonLimits().depth):
        if levels_above[0].most > MOST_LOOKS:
            raise UnsafeSchema(f"the schema can look at one value more than {MOST_LOOKS} times")
        levels_above = _one_level_down(graph, order, again, levels_above)


def _one_level_down(
    graph: list[_Parts], order: Iterable[int], again: Mapping[int, int], above: Mapping[int, _Looks]
) -> dict[int, _Looks]:
    looks: dict[int, _Looks] = {}
    for number in order:
        parts = graph[number]
        in_object = sum(above[part].most for part in parts.members)
        in_object += max((above[part].most for part in parts.named), default=0)
        in_array = sum(above[part].most for part in parts.items)
        in_array += max((above[part].most for part in parts.placed), default=0)
        in_object += again[number] * sum(looks[part].in_object for part in parts.in_place)
        in_array += again[number] * sum(looks[part].in_array for part in parts.in_place)
        looks[number] = _Looks(_capped(in_object), _capped(in_array))
    return looks


def _capped(count: int) -> int:
    return min(count, MOST_LOOKS + 1)


def _parts_by_number(root: Schema) -> list[_Parts]:
    """Every schema that can be reached from the root, which has number 0."""
    anchors = _anchors(root)
    found: list[Schema] = [root]
    numbers: dict[int, int] = {id(root): 0}

    def numbered(schemas: Iterable[object]) -> list[int]:
        known = []
        for schema in schemas:
            if isinstance(schema, Mapping):
                number = numbers.setdefault(id(schema), len(found))
                if number == len(found):
                    found.append(schema)
                known.append(number)
        return known

    graph: list[_Parts] = []
    while len(graph) < len(found):  # to look at one may find others
        schema = found[len(graph)]
        referred = (_target(root, anchors, schema[name]) for name in _REFERENCES if name in schema)
        in_place = [*_listed(schema, _IN_PLACE), *_named(schema, *_IN_PLACE_BY_NAME), *referred]
        parts = _Parts(
            # A schema that only refers to itself says nothing, and is looked at once.
            [number for number in numbered(in_place) if number != len(graph)],
            numbered([*_listed(schema, _MEMBERS), *_named(schema, "patternProperties")]),
            numbered(_named(schema, "properties")),
            numbered(_listed(schema, _ITEMS)),
            numbered(_listed(schema, ("prefixItems",))),
            not _LOOK_AGAIN.isdisjoint(schema),
        )
        graph.append(parts)
    return graph


def _listed(schema: Schema, keywords: Iterable[str]) -> Iterator[object]:
    for value in (schema.get(name) for name in keywords):
        if isinstance(value, list):
            yield from value
        else:
            yield value


def _named(schema: Schema, *keywords: str) -> Iterator[object]:
    for value in (schema.get(name) for name in keywords):
        if isinstance(value, Mapping):
            yield from value.values()


def _target(root: Schema, anchors: Mapping[str, object], reference: object) -> object:
    """What a reference within the schema refers to: `#`, `#/pointer` or `#anchor`."""
    fragment = unquote(str(reference).removeprefix("#"))
    if fragment and not fragment.startswith("/"):
        return anchors.get(fragment)
    target: object = root
    for step in fragment.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(target, Mapping):
            target = target.get(name)
        elif isinstance(target, list):
            target = target[int(name)] if name.isdecimal() and int(name) < len(target) else None
    return target


def _anchors(root: Schema) -> dict[str, object]:
    found: dict[str, object] = {}
    waiting: list[object] = [root]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Mapping):
            found |= {str(current[name]): current for name in _ANCHORS if name in current}
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
    return found
