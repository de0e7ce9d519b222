"""Pages escape what strangers wrote, and never point at nothing."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from service.pages import DIRECTION_CONTROLS, AssetUrls, date_words, isolate, page_templates
from service.pages import static_folders as folders


def test_a_day_is_written_so_that_nobody_confuses_it_with_a_month() -> None:
    assert date_words(date(2026, 3, 4)) == "4 March 2026"
    assert date_words(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == "31 December 2026"


@given(st.text())
def test_a_strangers_text_cannot_turn_around_what_stands_beside_it(text: str) -> None:
    isolated = str(isolate(text))
    assert isolated[0] == "\u2068"
    assert isolated[-1] == "\u2069"
    assert not DIRECTION_CONTROLS.keys() & set(map(ord, isolated[1:-1]))
    assert "<" not in isolated


def test_templates_escape_and_know_what_they_name() -> None:
    environment = page_templates("issuer").env
    assert environment.from_string("{{ x }}").render(x="<script>") == "&lt;script&gt;"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ nobody }}").render()
    assert "base.html" in environment.list_templates()


def test_the_address_of_a_file_changes_with_its_content() -> None:
    address = AssetUrls(folders("issuer"))("skillmark.css")
    assert address.startswith("/static/skillmark.css?v=")
    assert len(address.partition("=")[2]) == 12


@pytest.mark.parametrize("name", ["nothing.css", "../pages.py"])
def test_a_page_that_points_at_nothing_is_an_error(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        AssetUrls(folders("issuer"))(name)
