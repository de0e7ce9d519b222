import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world.processor import SECOND

from schemas.document import Document, write
from schemas.errors import MalformedDocument
from schemas.limits import JsonLimits

text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=20,
)


def test_the_bytes_survive_whatever_we_understand_of_them() -> None:
    raw = b'{ "level": 3, "x-future": {"a": 1.0} }\n'
    assert Document.read(raw).raw == raw


@given(st.dictionaries(text, values, max_size=5))
def test_what_is_written_can_be_read_back(view: dict[str, object]) -> None:
    assert Document.read(write(view)).view == view


def test_a_copy_may_be_changed_and_the_document_stays() -> None:
    document = Document.read(b'{"a":{"b":[1]}}')
    document.copy()["a"]["b"].append(2)
    assert document.view["a"] == {"b": [1]}


REFUSED = {
    "a member twice": b'{"level":3,"level":5}',
    "a member twice, deep": b'{"a":[{"b":1,"b":1}]}',
    "a member twice, once escaped": b'{"a":1,"\\u0061":2}',
    "an array": b"[]",
    "a text": b'"x"',
    "nothing": b"",
    "not UTF-8": b'{"a":"\xff"}',
    "an overlong spelling": b'{"a":"\xc0\xaf"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "cut short": b'{"a":',
    "something after it": b"{} {}",
    "NaN": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "a number that becomes infinity": b'{"a":1e999}',
    "an integer that readers round": b'{"a":9007199254740993}',
    "a number with many digits": b'{"a":' + b"1" * 5_000 + b"}",
    "a fraction with many digits": b'{"a":0.' + b"1" * 5_000 + b"}",
    "half a surrogate pair": b'{"a":"\\ud800"}',
    "half a surrogate pair in a name": b'{"\\udfff":1}',
    "half a surrogate pair in a list": b'{"a":["\\ud800x"]}',
    "a control character": b'{"a":"\x00"}',
    "a comment": b"{/* */}",
    "single quotes": b"{'a':1}",
    "a hundred thousand deep": b'{"a":' + b"[" * 100_000,
    "deep in objects": b'{"a":' * 40 + b"1" + b"}" * 40,
    "too many values": b'{"a":[' + b"1," * 30_000 + b"1]}",
    "too large": b'{"a":"' + b"x" * 600_000 + b'"}',
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_what_can_be_read_two_ways_or_costs_too_much_is_refused_fast(raw: bytes) -> None:
    began = time.process_time()
    with pytest.raises(MalformedDocument):
        Document.read(raw)
    assert time.process_time() - began < SECOND


def test_brackets_inside_texts_do_not_count() -> None:
    nested = json.dumps({"a": '[[[["' * 100 + "{,,,,"})
    assert Document.read(nested.encode()).view


def test_the_limits_are_the_callers() -> None:
    with pytest.raises(MalformedDocument, match="at most 3"):
        Document.read(b'{"a":1}', JsonLimits(document_bytes=3))
    with pytest.raises(MalformedDocument, match="deeper than 1"):
        Document.read(b'{"a":[]}', JsonLimits(depth=1))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_malformed(raw: bytes) -> None:
    with contextlib.suppress(MalformedDocument):
        assert isinstance(Document.read(raw).view, dict)


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, "\ud800"])
def test_what_json_cannot_hold_is_not_written(value: object) -> None:
    with pytest.raises(MalformedDocument):
        write({"a": value})


def test_a_document_shows_no_content_in_its_repr() -> None:
    assert "secret" not in repr(Document.read(b'{"a":"secret"}'))
