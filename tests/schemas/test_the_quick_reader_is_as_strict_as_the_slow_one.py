"""Most documents are read by orjson; what it reads is what the standard library would read."""

import json
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import document
from schemas.document import Document, write
from schemas.errors import MalformedDocument
from schemas.limits import JsonLimits
from schemas.structure import is_deeper

LIMITS: Final = JsonLimits()
TEXTS: Final = st.text(max_size=6) | st.sampled_from(
    ["id", "a", '"', "\\", ":", "{}", "1e5", "\ud83d"]
)
NUMBERS: Final = st.sampled_from(
    [
        *("0", "-0", "-0.0", "1.0", "1E5", "1e400", "01", "-", "+1", ".5", "0x1"),
        *("9007199254740991", "9007199254740993", "123456789012345", "1" * 40),
        *("NaN", "Infinity", "-Infinity"),
    ]
)


def texts_of_json(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """JSON as it may be written, names twice and all."""
    space = st.sampled_from(["", "", " ", "\n", "\t"])
    member = st.tuples(TEXTS.map(json.dumps), space, inner).map(lambda m: f"{m[0]}:{m[1]}{m[2]}")
    return st.lists(member, max_size=4).map(lambda each: "{" + ",".join(each) + "}") | st.lists(
        inner, max_size=3
    ).map(lambda each: "[" + ", ".join(each) + "]")


WRITTEN: Final = st.recursive(
    TEXTS.map(json.dumps) | NUMBERS | st.sampled_from(["true", "false", "null", "nul", ""]),
    texts_of_json,
    max_leaves=12,
)


def quick(raw: bytes) -> str:
    try:
        return repr(document._parse(raw, document._measured(raw, LIMITS), LIMITS))
    except MalformedDocument as error:
        return str(error)


def slow(raw: bytes) -> str:
    try:
        document._measured(raw, LIMITS)
        return repr(document._parse_text(raw.decode(), LIMITS))
    except MalformedDocument as error:
        return str(error)


@settings(max_examples=1_000)
@given(WRITTEN)
def test_they_read_the_same_or_refuse_for_the_same_reason(text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    try:
        raw.decode()
    except UnicodeDecodeError:
        assert "is not UTF-8" in quick(raw)
    else:
        assert quick(raw) == slow(raw)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a":{"b":[{"c":1,"c":2}]}}',
        '{"a":1,"\\u0061":1}',
        '{"a:":1,"b":":","a:":1}',
        '{"a":"\\"","a":1}',
        '{ "" : 1 , "" : 1 }',
    ],
)
def test_a_member_twice_is_noticed_wherever_it_is(text: str) -> None:
    with pytest.raises(MalformedDocument, match="appears twice"):
        Document.read(text.encode())


@given(st.text("{}", max_size=60), st.integers(1, 6))
def test_depth_is_what_counting_finds(braces: str, most: int) -> None:
    depth = deepest = 0
    for each in braces:
        depth += 1 if each == "{" else -1
        deepest = max(deepest, depth)
    assert is_deeper(braces.encode(), most) == (deepest > most)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {1, 2}])
def test_what_json_cannot_hold_is_not_written(value: Any) -> None:  # noqa: ANN401 - anything
    with pytest.raises(MalformedDocument):
        write({"a": [value]})


@given(st.dictionaries(TEXTS, st.none() | st.integers() | st.floats(allow_nan=False) | TEXTS))
def test_what_is_written_is_read_again(view: dict[str, Any]) -> None:
    try:
        raw = write(view)
    except MalformedDocument:
        return
    assert json.loads(raw) == view
