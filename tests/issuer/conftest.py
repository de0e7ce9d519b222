from collections.abc import Iterator
from pathlib import Path

import pytest
from world.issuing import opened_desk
from world.postgres import Server, postgres

from issuer.desk import Desk


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with postgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'issuer.db'}"
    else:
        running: Server = request.getfixturevalue("server")
        with running.database() as empty:
            yield empty


@pytest.fixture
def desk(address: str, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(address, tmp_path) as opened:
        yield opened
