"""What fuzzing found worth keeping (bench/fuzz), sent again: one input for each kind of answer."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from world.credentials import NOON
from world.judging import LISTS, honest_shelf
from world.processor import SECOND

from service.moment import moment_of_request
from verifier import routes
from verifier.app import create_app
from verifier.settings import VerifierSettings
from verifier.verification import Verifier

CORPUS = Path(__file__).parents[2] / "bench" / "fuzz" / "corpus"
KEPT = sorted(CORPUS.glob("*.json"))


def noon() -> datetime:
    return NOON


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(VerifierSettings())
    app.dependency_overrides[moment_of_request] = noon
    app.dependency_overrides[routes.LIMIT] = lambda: None
    with TestClient(app, raise_server_exceptions=False) as client:
        app.state.verifier = Verifier(honest_shelf(), LISTS)
        yield client


def test_there_is_a_corpus() -> None:
    assert len(KEPT) > 100


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_it_is_answered_in_time(client: TestClient, path: Path) -> None:
    kept = json.loads(path.read_text("utf-8"))
    begun = time.process_time()
    answer = client.post(
        kept["route"], content=kept["body"], headers={"content-type": "application/json"}
    )
    assert time.process_time() - begun < SECOND
    assert answer.status_code in {200, 400, 413, 422}
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
