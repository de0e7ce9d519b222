from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from world.credentials import NOON
from world.public_shelf import MemoryShelf, sample_shelf

from issuer.public.routers import ROUTERS
from issuer.public.shelf import shelf
from service.moment import moment_of_request
from service.pages import static_folders
from service.settings import CommonSettings
from service.web import build_app


@pytest.fixture
def on_shelf() -> MemoryShelf:
    return sample_shelf()


@pytest.fixture
def client(on_shelf: MemoryShelf) -> Iterator[TestClient]:
    app = build_app(
        title="Issuer",
        description="Its public side.",
        settings=CommonSettings(),
        public_url="https://issuer.example",
        routers=ROUTERS,
        problems={},
        static=static_folders("issuer"),
    )
    app.dependency_overrides[shelf] = lambda: on_shelf
    app.dependency_overrides[moment_of_request] = lambda: NOON
    with TestClient(app, base_url="https://issuer.example", follow_redirects=False) as opened:
        yield opened
