import time
from typing import Any

import pytest
from world.processor import SECOND

from schemas.errors import UnsafeSchema
from schemas.validate import MOST_VIOLATIONS, profile_schema, violations

HARMFUL: dict[str, dict[str, Any]] = {
    "another document": {"$ref": "https://evil.example/schema"},
    "a file of this machine": {"properties": {"a": {"$ref": "file:///etc/passwd"}}},
    "a dynamic reference outside": {"items": [{"$dynamicRef": "other#x"}]},
    "a reference that is no text": {"$ref": 5},
    "another dialect": {"$schema": "http://json-schema.org/draft-07/schema#"},
    "a dialect that is no text": {"$schema": 7},
    "too large": {"description": "x" * 300_000},
    "too many members": {"properties": {f"p{n}": {} for n in range(6_000)}},
    "a type that does not exist": {"type": "credential"},
    "a pattern that cannot be read": {"properties": {"a": {"pattern": "("}}},
    "a reference into nowhere": {"$ref": "#/$defs/absent"},
}


@pytest.mark.parametrize("schema", HARMFUL.values(), ids=HARMFUL)
def test_it_is_refused_and_nothing_is_fetched(schema: dict[str, Any]) -> None:
    with pytest.raises(UnsafeSchema):
        violations({"a": "x"}, schema)


def test_a_pattern_that_backtracks_elsewhere_takes_no_time_here() -> None:
    schema = {"properties": {"a": {"pattern": "^(a+)+$"}}}
    began = time.process_time()
    assert violations({"a": "a" * 50_000 + "!"}, schema)
    assert time.process_time() - began < SECOND


def test_a_schema_that_refers_to_itself_ends() -> None:
    assert violations({"a": {"a": {}}}, {"$ref": "#"}) == []


def test_references_inside_are_followed_and_formats_checked() -> None:
    schema = {"properties": {"a": {"$ref": "#/$defs/u"}}, "$defs": {"u": {"format": "uri"}}}
    assert violations({"a": "https://x.example/"}, schema) == []
    (found,) = violations({"a": "not a uri"}, schema)
    assert found.pointer == "/a"


def test_pointers_are_escaped() -> None:
    (found,) = violations({"a/b~c": 1}, {"properties": {"a/b~c": {"type": "string"}}})
    assert found.pointer == "/a~1b~0c"


def test_a_flood_of_violations_is_cut() -> None:
    schema = {"additionalProperties": {"type": "string"}}
    assert len(violations({f"m{n}": n for n in range(500)}, schema)) == MOST_VIOLATIONS


def test_the_profile_is_served_as_it_is_in_the_package() -> None:
    assert profile_schema().startswith(b"{")
