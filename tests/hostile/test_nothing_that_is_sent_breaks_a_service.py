"""Both services, by their own description of themselves: whatever is sent, no answer is a 500.

Schemathesis makes the requests, right and wrong ones, one by one and in sequences in which later
requests use what earlier ones made.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import BaseSchema, Case
from schemathesis.core.errors import NoLinksFound
from world.issuing import achievement_draft
from world.judging import LISTS, honest_shelf

from issuer.app import create_app as create_issuer
from issuer.first_run import prepare
from issuer.settings import IssuerSettings
from service.clock import utc_now
from service.rate_limits import RateLimit
from verifier.app import create_app as create_verifier
from verifier.settings import VerifierSettings
from verifier.verification import Verifier

LIMITS = (
    RateLimit("api", "600/minute"),
    RateLimit("derivations", "60/minute"),
    RateLimit("verifications", "120/minute"),
)
PATIENCE = 20.0  # seconds
LEAST = 2_000  # requests to both services together
QUIET = settings(
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Seen:
    """What came back, counted."""

    statuses: Counter[int] = field(default_factory=Counter)

    def look(self, case: Case, headers: dict[str, str]) -> Any:  # noqa: ANN401 - a response
        answer = case.call(headers=headers)
        self.statuses[answer.status_code] += 1
        assert answer.status_code < 500, case.as_curl_command()
        if answer.status_code >= 400 and "json" in answer.headers["content-type"][0]:
            assert answer.headers["content-type"] == ["application/problem+json"]
            assert {"type", "title", "status"} <= answer.json().keys()
        return answer


SEEN: dict[str, Seen] = {"issuer": Seen(), "verifier": Seen()}


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application behind a real socket; its address."""
    for limit in LIMITS:
        app.dependency_overrides[limit] = lambda: None
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(PATIENCE)


@dataclass(frozen=True)
class Service:
    name: str
    schema: BaseSchema
    headers: dict[str, str]
    each: int
    runs: int


@contextmanager
def issuer(folder: Path) -> Iterator[Service]:
    chosen = IssuerSettings(data_dir=folder, development=True, issuer_holds=True)
    key = prepare(chosen, utc_now()).api_key
    with served(create_issuer(chosen)) as url:
        headers = {"Authorization": f"Bearer {key}"}
        draft = achievement_draft().model_dump(mode="json", by_alias=True)
        address = f"{url}/api/v1/achievements"
        made = httpx2.post(address, json=draft, headers=headers, trust_env=False)
        assert made.is_success, made.text
        schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
        yield Service("issuer", schema, headers, each=50, runs=100)


@contextmanager
def verifier(folder: Path) -> Iterator[Service]:
    app = create_verifier(VerifierSettings(data_dir=folder))
    with served(app) as url:
        app.state.verifier = Verifier(honest_shelf(), LISTS)
        schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
        yield Service("verifier", schema, {}, each=400, runs=0)


@pytest.fixture(scope="module", params=[issuer, verifier], ids=["issuer", "verifier"])
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    opened: Callable[[Path], Any] = request.param
    with opened(tmp_path_factory.mktemp("service")) as found:
        yield found


def operations(service: Service) -> Iterator[Any]:
    for result in service.schema.get_all_operations():
        yield result.ok()


def test_every_operation_answers_whatever_is_sent(service: Service) -> None:
    seen = SEEN[service.name]
    for operation in operations(service):

        @seed(2026)
        @settings(QUIET, max_examples=service.each)
        @given(case=operation.as_strategy())
        def whatever(case: Case) -> None:
            seen.look(case, service.headers)

        whatever()
    assert len(seen.statuses) > 2


def test_every_sequence_of_operations_is_answered(service: Service) -> None:
    if service.name == "verifier":  # which keeps nothing that a later request could use
        with pytest.raises(NoLinksFound):
            service.schema.as_state_machine().run()
        return
    seen, headers = SEEN[service.name], service.headers

    class Sequences(service.schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            del case
            return {"headers": headers}

        def validate_response(self, response: Any, case: Case, **_: Any) -> None:  # noqa: ANN401
            seen.statuses[response.status_code] += 1
            assert response.status_code < 500, case.as_curl_command()

    Sequences.run(settings=settings(QUIET, max_examples=service.runs, stateful_step_count=12))


def test_it_was_asked_often_enough_to_mean_something() -> None:
    asked = sum(sum(seen.statuses.values()) for seen in SEEN.values())
    assert asked >= LEAST, SEEN
    for seen in SEEN.values():
        assert any(status < 300 for status in seen.statuses), seen
