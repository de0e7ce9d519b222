import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.public.ranges import RangeNotSatisfiable, part_of

ASKED = {
    "the beginning": ("bytes=0-3", (0, 3)),
    "the end": ("bytes=-4", (6, 9)),
    "from somewhere": ("bytes=7-", (7, 9)),
    "past the end": ("bytes=8-99", (8, 9)),
    "more than there is": ("bytes=-99", (0, 9)),
}
WHOLE = ["", None, "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b"]


@pytest.mark.parametrize(("header", "expected"), ASKED.values(), ids=ASKED)
def test_one_part(header: str, expected: tuple[int, int]) -> None:
    part = part_of(header, 10)
    assert part is not None
    assert (part.first, part.last) == expected


@pytest.mark.parametrize("header", WHOLE)
def test_anything_else_is_the_whole(header: str | None) -> None:
    assert part_of(header, 10) is None


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=0-", 0), ("bytes=-0", 10)])
def test_what_is_not_there_is_refused(header: str, size: int) -> None:
    with pytest.raises(RangeNotSatisfiable):
        part_of(header, size)


@given(st.text(), st.integers(0, 50))
def test_no_header_reaches_outside_the_file(header: str, size: int) -> None:
    for asked in (header, f"bytes={header}"):
        try:
            part = part_of(asked, size)
        except RangeNotSatisfiable:
            continue
        assert part is None or 0 <= part.first <= part.last < size
