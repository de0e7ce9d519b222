from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from world.browser import started
from world.demonstration import Demonstration, demonstration


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with demonstration(tmp_path_factory.mktemp("a folder with spaces")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as chromium:
        yield chromium
