"""What a stranger hands in may not cost more than its size, nor make us fetch anything."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world.processor import SECOND

from schemas.document import Document
from schemas.errors import MalformedDocument, UnsafeSchema
from schemas.schema_work import MOST_LOOKS, check_work
from schemas.validate import MOST_PATTERNS, JsonSchema, check_safe, profile_schema, violations
from service.json_shape import JsonShapeLimits, JsonTooComplex, check_shape

SLOW = {
    "a text of escapes that never ends": b'{"a":"' + b'\\"' * 250_000,
    "the same, ending in half an escape": b'{"a":"' + b'\\"' * 250_000 + b"\\",
    "quotation marks only": b'{"a":' + b'"' * 500_001,
    "backslashes outside of any text": b'{"a":' + b"\\" * 500_000,
    "the last of many members twice": (
        b"{" + b",".join(b'"k%05d":0' % n for n in (*range(19_000), 18_999)) + b"}"
    ),
}


@pytest.mark.parametrize("raw", SLOW.values(), ids=SLOW)
def test_a_hostile_document_is_refused_within_a_second(raw: bytes) -> None:
    began = time.process_time()
    with pytest.raises(MalformedDocument):
        Document.read(raw)
    assert time.process_time() - began < SECOND


@given(st.lists(st.sampled_from(['"', "\\", "[", "{", "a", ":", ",", "]", "}", " "])).map("".join))
def test_any_order_of_marks_is_a_document_or_malformed(text: str) -> None:
    try:
        document = Document.read(text.encode())
    except MalformedDocument:
        return
    assert document.view == json.loads(text)


def test_the_member_that_appears_twice_is_named() -> None:
    with pytest.raises(MalformedDocument, match="'b' appears twice"):
        Document.read(b'{"a":1,"b":1,"c":1,"b":2}')


@pytest.fixture
def tempting() -> Iterator[tuple[str, list[str]]]:
    """A server that is only ever asked if somebody fetches, and what it was asked for."""
    asked: list[str] = []

    class Tempting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

    with ThreadingHTTPServer(("127.0.0.1", 0), Tempting) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


TEMPTATIONS: dict[str, Callable[[str], dict[str, Any]]] = {
    "a dialect below the root": lambda base: {"$schema": f"{base}/dialect", "type": "string"},
    "an address below the root": lambda base: {"$id": f"{base}/inner", "type": "string"},
    "both": lambda base: {"$id": f"{base}/inner", "$schema": f"{base}/dialect", "type": "string"},
    "a reference": lambda base: {"$ref": f"{base}/other"},
}


@pytest.mark.parametrize("temptation", TEMPTATIONS.values(), ids=TEMPTATIONS)
def test_a_schema_never_makes_us_fetch(
    temptation: Callable[[str], dict[str, Any]], tempting: tuple[str, list[str]]
) -> None:
    base, asked = tempting
    schema = {"$defs": {"x": temptation(base)}, "properties": {"a": {"$ref": "#/$defs/x"}}}
    with pytest.raises(UnsafeSchema):
        violations({"a": 1}, schema)
    assert asked == []


TWICE: dict[str, dict[str, Any]] = {
    "doubling in place": {
        "$ref": "#/$defs/d0",
        "$defs": {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(40)}
        | {"d40": {"type": "object"}},
    },
    "doubling in every member": {
        "properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}},
    },
    "by a pattern and by name": {
        "properties": {"a": {"$ref": "#"}},
        "patternProperties": {"^a": {"$ref": "#"}},
    },
    "in every item": {"items": {"$ref": "#"}, "contains": {"$ref": "#"}},
    "in the first item": {"prefixItems": [{"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}]},
    "by anchor": {
        "$anchor": "top",
        "properties": {"a": {"allOf": [{"$ref": "#top"}, {"$dynamicRef": "#top"}]}},
    },
    "by an escaped pointer into a list": {
        "allOf": [{"properties": {"a": {"$ref": "#/$defs/x~1y~0z%20"}}}],
        "$defs": {"x/y~z ": {"oneOf": [{"$ref": "#/allOf/0"}, {"$ref": "#/allOf/0"}]}},
    },
    "by looking again at what was looked at": {
        "allOf": [{"properties": {"a": {"$ref": "#"}}}],
        "unevaluatedProperties": False,
    },
    "by what depends on a member": {
        "dependentSchemas": {"a": {"properties": {"a": {"$ref": "#"}}}},
        "additionalProperties": {"$ref": "#"},
    },
    "around in a circle in place": {"allOf": [{"$ref": "#/allOf/1"}, {"$ref": "#/allOf/0"}]},
}


@pytest.mark.parametrize("schema", TWICE.values(), ids=TWICE)
def test_a_schema_that_multiplies_its_work_is_refused_at_once(schema: dict[str, Any]) -> None:
    view: dict[str, Any] = {}
    for _ in range(30):
        view = {"a": view}
    began = time.process_time()
    with pytest.raises(UnsafeSchema):
        violations(view, schema)
    assert time.process_time() - began < SECOND


HONEST: dict[str, dict[str, Any]] = {
    "the profile of our own": json.loads(profile_schema()),
    "a tree": {"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}},
    "one or many, each with one or many of its own": {
        "$ref": "#/$defs/profile",
        "$defs": {
            "profile": {"properties": {"parent": {"$ref": "#/$defs/oneOrMany"}, "n": True}},
            "oneOrMany": {
                "anyOf": [
                    {"$ref": "#/$defs/profile"},
                    {"type": "array", "items": {"$ref": "#/$defs/profile"}},
                ]
            },
        },
    },
    "nothing but itself": {"$ref": "#"},
    "members that look like keywords": {"properties": {"$id": {"type": "string"}, "$schema": True}},
    "a list that ends": {"prefixItems": [{"type": "string"}, True], "items": False},
}


@pytest.mark.parametrize("schema", HONEST.values(), ids=HONEST)
def test_an_honest_schema_is_used_however_deep(schema: dict[str, Any]) -> None:
    check_safe(schema)


def test_the_bound_is_on_one_value_not_on_the_whole_schema() -> None:
    wide = {"properties": {f"m{n}": {"type": "string"} for n in range(2 * MOST_LOOKS)}}
    check_work(wide)
    with pytest.raises(UnsafeSchema):
        check_work({"allOf": [{"type": "object"} for _ in range(MOST_LOOKS)]})


@pytest.mark.parametrize("reference", ["#nowhere", "#/a/b", "#/allOf/x", "#/allOf/7", "#/title/0"])
def test_a_reference_into_nowhere_is_refused_when_it_is_compiled(reference: str) -> None:
    with pytest.raises(UnsafeSchema):
        violations({}, {"title": "t", "allOf": [{"$ref": reference}]})


SHAPES = {
    "a number without end, again and again": b"[" + b",".join([b"1" * 1_000] * 999) + b"]",
    "closing brackets only": b"]" * 1_000_000,
    "brackets the wrong way round": b"][" * 19_000 + b"]" * 900_000,
    "quotation marks only": b'"' * 1_000_000,
    "nested as deeply as it goes": b"[" * 1_000_000,
}


@pytest.mark.parametrize("raw", SHAPES.values(), ids=SHAPES)
def test_to_look_at_the_shape_of_a_body_takes_a_moment(raw: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(JsonTooComplex):
        check_shape(raw, JsonShapeLimits())
    assert time.process_time() - began < SECOND / 10


LARGE_PATTERNS = [r"^\p{L}{100}$", r"(a{200}){200}"]


@pytest.mark.parametrize("pattern", LARGE_PATTERNS)
def test_a_pattern_that_is_short_to_write_and_large_to_keep_is_refused(pattern: str) -> None:
    with pytest.raises(UnsafeSchema):
        JsonSchema.read({"properties": {"a": {"pattern": pattern}}})


def test_so_are_very_many_patterns() -> None:
    def with_patterns(count: int) -> dict[str, Any]:
        return {"patternProperties": {f"^a{n}$": {"type": "string"} for n in range(count)}}

    assert JsonSchema.read(with_patterns(MOST_PATTERNS)).weight < 20_000_000
    with pytest.raises(UnsafeSchema, match="patterns"):
        JsonSchema.read(with_patterns(MOST_PATTERNS + 1))


@pytest.mark.parametrize(
    "pattern", [r"^.{1,100}$", r"^https?://[a-z0-9.-]{1,200}(/.*)?$", r"^\d{4}$"]
)
def test_usual_patterns_are_used(pattern: str) -> None:
    found = JsonSchema.read({"properties": {"a": {"type": "string", "pattern": pattern}}})
    assert found.violations({"a": ""})
    assert not found.is_ours


def test_what_comes_with_the_package_is_known_as_ours() -> None:
    assert JsonSchema.read(json.loads(profile_schema())).is_ours
    assert not JsonSchema.read(json.loads(profile_schema()) | {"title": "another"}).is_ours
