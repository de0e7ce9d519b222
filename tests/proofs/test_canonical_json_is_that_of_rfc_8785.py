"""Two libraries write it; both must write what the standard says."""

from typing import Final

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from proofs import jcs
from proofs.errors import CanonicalizationRefused, NotCanonicalizable

TEXTS: Final = st.text() | st.sampled_from(
    ["\ud800", "\u2028", "\x7f", '\x00\x1f\b"\\/', "🙂", "\ue000"]
)
VALUES: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**55), 2**55)
    | st.floats()
    | st.sampled_from([4.0, 1e-6, 1e21, 1e-7, -0.0, 2**53 - 1, 2**53, 10**30])
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_json_is_written_as_rfc8785_writes_it_or_refused_as_it_refuses(value: object) -> None:
    try:
        expected = rfc8785.dumps(value)  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        with pytest.raises(NotCanonicalizable):
            jcs.canonical(value)
    else:
        assert jcs.canonical(value) == expected


WRITTEN: Final = {
    "names in the order of UTF-16": (
        {"\ue000": 1, "🙂": 2, "a": 3},
        '{"a":3,"🙂":2,"\ue000":1}',
    ),
    "a number that looks whole": ([4.0, 1e-6, 1e21], "[4,0.000001,1e+21]"),
    "minus nothing": (-0.0, "0"),
    "marks that need a backslash": (
        '"\\\b\f\n\r\t\x0b/\x7f',
        '"\\"\\\\\\b\\f\\n\\r\\t\\u000b/\x7f"',
    ),
    "words": ([None, True, False], "[null,true,false]"),
    "the largest whole numbers": ([2**53 - 1, 1 - 2**53], "[9007199254740991,-9007199254740991]"),
}


@pytest.mark.parametrize(("value", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_the_standard_says_how_it_is_written(value: object, expected: str) -> None:
    assert jcs.canonical(value).decode() == expected


@pytest.mark.parametrize("value", [2**53, float("nan"), float("inf"), "\ud800", {"\udfff": 1}])
def test_what_readers_do_not_agree_on_is_refused(value: object) -> None:
    with pytest.raises(NotCanonicalizable):
        jcs.canonical([value])


def test_what_is_nested_too_deeply_is_refused() -> None:
    deep: object = "x"
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(CanonicalizationRefused):
        jcs.canonical(deep)
