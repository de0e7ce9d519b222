"""Nothing before, behind or beside a code is overlooked, and only its own letters count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import looks_like_code, parse_code
from schemas.errors import MalformedCode

CODE = "4Q8RT-M2XZ9-3"


@pytest.mark.parametrize("text", [CODE + " " * 40 + "x", CODE + " " * 27 + "x", f"{CODE} {CODE}"])
def test_what_follows_a_code_is_not_cut_off(text: str) -> None:
    with pytest.raises(MalformedCode):
        parse_code(text)


def test_white_space_from_pasting_does_not_matter() -> None:
    for typed in (f"\t{CODE}\r\n", "4Q8RT\u00a0M2XZ9 3 ", "4Q8RT\u2013M2XZ9\u20103"):
        assert parse_code(typed) == CODE


@pytest.mark.parametrize("text", ["4Q8RT-M2XZ9-\uff13", "\u017fQ8RT-M2XZ9-3", "4Q8RT-M2XZ9-\u0131"])
def test_letters_of_other_alphabets_are_not_folded_into_ours(text: str) -> None:
    with pytest.raises(MalformedCode):
        parse_code(text)


def test_the_code_in_the_advice_is_a_good_one() -> None:
    with pytest.raises(MalformedCode) as caught:
        parse_code("x")
    assert parse_code(str(caught.value).rsplit(maxsplit=1)[-1]) == CODE


@given(st.text(max_size=45) | st.text(alphabet="0OIL1AZ- ", max_size=45))
def test_any_text_is_a_code_or_malformed_and_a_code_looks_like_one(text: str) -> None:
    try:
        code = parse_code(text)
    except MalformedCode:
        return
    assert parse_code(code) == code
    assert looks_like_code(text)
