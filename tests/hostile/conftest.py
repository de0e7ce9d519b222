"""One verifier for each test, so that no test uses up what another one may ask."""

from collections.abc import Iterator

import pytest
from world.attacks import Surface, surface


@pytest.fixture
def verifier() -> Iterator[Surface]:
    with surface() as found:
        yield found
