import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import ALPHABET, looks_like_code, new_code, parse_code
from schemas.errors import MalformedCode


def code_of(values: list[int]) -> str:
    left = iter(values)
    return new_code(lambda below: next(left) % below)


codes = st.lists(st.integers(0, 31), min_size=10, max_size=10).map(code_of)


@given(codes)
def test_what_is_made_can_be_read(code: str) -> None:
    assert parse_code(code) == code
    assert looks_like_code(code)


@given(codes)
def test_case_and_separators_do_not_matter(code: str) -> None:
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", " "), f" {code}\u2011"):
        assert parse_code(typed) == code


@given(codes)
def test_look_alikes_are_read_as_what_they_look_like(code: str) -> None:
    assert parse_code(code.replace("0", "O").replace("1", "l")) == code
    assert parse_code(code.replace("1", "I")) == code


@given(codes, st.integers(0, 10), st.sampled_from(ALPHABET))
def test_every_single_mistyped_symbol_is_noticed(code: str, place: int, symbol: str) -> None:
    plain = code.replace("-", "")
    if plain[place] != symbol:
        with pytest.raises(MalformedCode):
            parse_code(plain[:place] + symbol + plain[place + 1 :])


@given(codes, st.integers(0, 9))
def test_neighbours_that_changed_places_are_noticed_but_for_0_and_z(code: str, place: int) -> None:
    plain = code.replace("-", "")
    first, second = plain[place], plain[place + 1]
    swapped = plain[:place] + second + first + plain[place + 2 :]
    if first != second and {first, second} != {"0", "Z"}:
        with pytest.raises(MalformedCode):
            parse_code(swapped)


@pytest.mark.parametrize(
    "text",
    ["", "ABC", "4Q8RT-M2XZ9", "4Q8RT-M2XZ9-33", "4Q8RT-M2XZ9-U", "4Q8RT-M2XZ9-é", "0" * 5_000],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(MalformedCode):
        parse_code(text)


@pytest.mark.parametrize("text", ["https://x.example/", "{", "", "hello", "a" * 60, "did:web:x"])
def test_other_things_do_not_look_like_a_code(text: str) -> None:
    assert not looks_like_code(text)


def test_codes_of_the_machine_are_different() -> None:
    assert len({new_code(secrets.randbelow) for _ in range(100)}) == 100
