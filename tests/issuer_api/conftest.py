from collections.abc import Iterator
from pathlib import Path

import pytest
from world.calling import Api, running_issuer


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    with running_issuer(tmp_path) as running:
        yield running
