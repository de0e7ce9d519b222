"""What every route of both services has without asking for it."""

import asyncio
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Body, Depends, Request
from fastapi.responses import Response
from fastapi.testclient import TestClient
from pydantic import BaseModel
from world.patience import told_to_wait

from proofs.errors import InvalidSignature
from service.headers import content_security_policy
from service.health import ReadinessCheck
from service.json_body import read_json
from service.json_shape import JsonShapeLimits
from service.pages import static_folders
from service.problem_table import ProblemKind
from service.problems import MEDIA_TYPE, FieldError, responses
from service.rate_limits import RateLimit, client_key
from service.request_limits import RequestLimits
from service.settings import CommonSettings
from service.web import build_app

SECRET = "Jane Doe, jane@example.org"


class Missing(Exception):
    field_errors = (FieldError("/levels/0", "no reason is given"),)


class Named(BaseModel):
    name: str
    levels: list[int]


router = APIRouter(prefix="/api/v1")


@router.post("/echo/{code}")
def echo(code: str, body: Annotated[dict[str, Any], Body()]) -> dict[str, Any]:
    return {"code": code, **body}


@router.post("/named")
def named(body: Named) -> Named:
    return body


@router.post("/exact")
async def exact(request: Request) -> Response:
    return Response((await read_json(request)).raw)


@router.post("/raw")
async def raw(request: Request) -> int:
    return len(await request.body())


@router.post("/upload", max_body_size=5_000)
async def upload(request: Request) -> int:
    return len(await request.body())


@router.get("/limited", dependencies=[Depends(RateLimit("look-ups", "2/minute"))])
def limited() -> Response:
    return Response("direct")


@router.get("/boom")
def boom() -> None:
    raise RuntimeError(SECRET)


@router.get("/changed", responses=responses(422))
def changed() -> None:
    raise InvalidSignature


@router.get("/refused")
def refused() -> None:
    raise Missing("two things are missing")


@router.get("/sandboxed")
def sandboxed() -> Response:
    return Response("x", headers={"content-security-policy": "sandbox"})


def build(public_url: str = "http://localhost:8000", **over: Any) -> TestClient:  # noqa: ANN401 - whatever build_app takes
    asked: dict[str, Any] = {
        "title": "Test",
        "description": "For tests.",
        "settings": CommonSettings(),
        "public_url": public_url,
        "routers": [router],
        "problems": {Missing: ProblemKind("gate-refused", "Something is missing", 409)},  # type: ignore[arg-type]
        "static": static_folders("issuer"),
        "limits": RequestLimits(
            body_bytes=1_000, body_seconds=0.5, json=JsonShapeLimits(depth=5, values=20, digits=40)
        ),
    }
    return TestClient(build_app(**{**asked, **over}))


@pytest.fixture(name="client")
def a_client() -> TestClient:
    return build()


ANSWERS = ["/api/v1/sandboxed", "/no", "/api/v1/boom", "/api/v1/changed", "/healthz", "/static/x"]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_whatever_its_status_has_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert len(answer.headers["x-request-id"]) == 24
    assert "strict-transport-security" not in answer.headers


def test_the_policy_allows_nothing_inline_and_nobody_else(client: TestClient) -> None:
    policy = client.get("/healthz").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert not any(word in policy for word in ("unsafe", "data:", "*", "http"))


def test_forms_may_go_where_the_service_says(client: TestClient) -> None:
    assert "form-action 'self';" in client.get("/healthz").headers["content-security-policy"]
    assert "form-action 'self' https://v.example;" in content_security_policy(["https://v.example"])


def test_a_route_keeps_its_own_stricter_policy(client: TestClient) -> None:
    assert client.get("/api/v1/sandboxed").headers["content-security-policy"] == "sandbox"


def test_https_off_loopback_is_for_good() -> None:
    answer = build("https://skills.example.org").get("/healthz")
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


def test_a_request_id_of_a_stranger_is_not_taken_over(client: TestClient) -> None:
    answer = client.get("/healthz", headers={"x-request-id": "mine"})
    assert "mine" not in answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere", 404), ("/api/v1/boom", 500), ("/api/v1/changed", 422), ("/static/x", 404)],
)
def test_every_error_is_a_problem(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["cache-control"] == "no-store"


def test_a_wrong_method_is_a_problem_that_says_which_are_right(client: TestClient) -> None:
    answer = client.delete("/api/v1/boom")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["allow"] == "GET"


def test_an_error_that_blames_fields_names_them(client: TestClient) -> None:
    answer = client.get("/api/v1/refused")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:skillmark:problem:gate-refused"
    assert answer.json()["errors"] == [{"pointer": "/levels/0", "detail": "no reason is given"}]


def test_fields_that_are_wrong_are_named_by_pointer_and_never_quoted(client: TestClient) -> None:
    answer = client.post("/api/v1/named", json={"name": [SECRET], "levels": [1, SECRET]})
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/name", "/levels/1"}
    assert "jane" not in answer.text.lower()


def test_what_nobody_foresaw_is_told_to_nobody_and_not_quoted_in_the_log() -> None:
    with redirect_stderr(io.StringIO()) as written:
        answer = build().get(f"/api/v1/boom?who={SECRET}")
    assert answer.status_code == 500
    assert SECRET not in answer.text
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["unexpected_error", "request"]
    assert {line["request_id"] for line in lines} == {answer.headers["x-request-id"]}
    assert "jane" not in written.getvalue().lower()


def test_the_log_names_the_route_and_neither_the_person_nor_the_credential() -> None:
    with redirect_stderr(io.StringIO()) as written:
        build().post(f"/api/v1/echo/SECRET-CODE?mail={SECRET}", json={"name": SECRET})
    (line,) = map(json.loads, written.getvalue().splitlines())
    assert line["route"] == "/api/v1/echo/{code}"
    assert line["status"] == 200
    for private in ("SECRET-CODE", "jane", "testclient", "mail"):
        assert private not in written.getvalue()


def test_a_body_over_the_limit_is_refused(client: TestClient) -> None:
    assert client.post("/api/v1/raw", content=b"x" * 1_000).json() == 1_000
    answer = client.post("/api/v1/raw", content=b"x" * 1_001)
    assert answer.status_code == 413
    assert answer.json()["detail"] == "The body is larger than this address takes."
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == MEDIA_TYPE


@pytest.mark.parametrize("media_type", ["application/json", "application/octet-stream"])
def test_the_limit_holds_for_a_chunked_body_without_a_length(
    client: TestClient, media_type: str
) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 100

    answer = client.post("/api/v1/raw", content=chunks(), headers={"content-type": media_type})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_a_route_for_uploads_names_its_own_limit(client: TestClient) -> None:
    assert client.post("/api/v1/upload", content=b"x" * 5_000).json() == 5_000
    assert client.post("/api/v1/upload", content=b"x" * 5_001).status_code == 413


@pytest.mark.parametrize(
    "body", [b'{"a":' * 6 + b"1" + b"}" * 6, b'{"a": [' + b"1," * 30 + b"1]}", b"[" * 900]
)
@pytest.mark.parametrize("media_type", ["application/json", "application/ld+json; x=y"])
def test_json_too_deep_or_too_full_is_refused_unparsed(
    client: TestClient, body: bytes, media_type: str
) -> None:
    answer = client.post("/api/v1/raw", content=body, headers={"content-type": media_type})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_a_number_of_too_many_digits_is_refused_with_the_limit(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    long = b'{"a": -1.%s}' % (b"7" * 41)
    answer = client.post("/api/v1/raw", content=long, headers=headers)
    assert answer.status_code == 413
    assert "40 digits" in answer.json()["detail"]
    as_text = client.post("/api/v1/exact", json={"a": "7" * 41}, headers=headers)
    assert as_text.status_code == 200


def test_brackets_in_texts_are_no_depth(client: TestClient) -> None:
    body = {"text": '[[[[[[[[\\"{{{{{{{,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,'}
    assert client.post("/api/v1/echo/1", json=body).json() == {"code": "1", **body}


def test_exact_bytes_reach_the_route(client: TestClient) -> None:
    body = b'{ "b" :1,\n"a": 2.50 }'
    headers = {"content-type": "application/json"}
    assert client.post("/api/v1/exact", content=body, headers=headers).content == body


def test_a_member_written_twice_is_a_malformed_document(client: TestClient) -> None:
    answer = client.post("/api/v1/exact", content=b'{"a": 1, "a": 2}')
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:skillmark:problem:malformed-document"


def test_a_client_that_asks_too_often_is_told_when_to_come_back(client: TestClient) -> None:
    (first, *others), refusal = told_to_wait(lambda: client.get("/api/v1/limited"), allowance=2)
    assert {answer.status_code for answer in (first, *others)} == {200}
    assert first.headers["ratelimit-policy"] == '"look-ups";q=2;w=60'
    assert first.headers["ratelimit"].startswith('"look-ups";r=1;t=')
    assert refusal.headers["content-type"] == MEDIA_TYPE
    assert 1 <= int(refusal.headers["retry-after"]) <= 60


def test_requests_are_not_counted_where_something_in_front_does() -> None:
    client = build(settings=CommonSettings(rate_limits=False))
    answers = [client.get("/api/v1/limited") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit" not in answers[0].headers


def test_each_application_counts_for_itself(client: TestClient) -> None:
    for _ in range(3):
        client.get("/api/v1/limited")
    assert build().get("/api/v1/limited").status_code == 200


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_client_is_an_address_or_a_subscribers_network(host: str | None, key: str) -> None:
    assert client_key(host) == key


def test_metrics_count_by_route_and_never_by_address(client: TestClient) -> None:
    client.post("/api/v1/echo/SECRET-CODE", json={})
    client.get("/invented/by/a/stranger")
    numbers = client.get("/metrics").text
    counted = 'http_requests_total{method="POST",route="/api/v1/echo/{code}",status="200"} 1.0'
    assert counted in numbers
    assert "http_request_seconds_bucket" in numbers
    assert "SECRET-CODE" not in numbers
    assert "stranger" not in numbers


def _broken() -> None:
    raise ConnectionError(SECRET)


def test_ready_means_everything_is_there() -> None:
    client = build(readiness=[ReadinessCheck("database", lambda: None)])
    assert client.get("/readyz").json() == {"status": "ready", "checks": {"database": "ready"}}


def test_not_ready_says_what_is_missing_but_not_why() -> None:
    checks = [ReadinessCheck("database", _broken), ReadinessCheck("key", lambda: None)]
    client = build(readiness=checks)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "not ready", "key": "ready"}
    assert client.get("/healthz").status_code == 200


def test_static_files_with_a_mark_are_kept_for_good(client: TestClient) -> None:
    assert "immutable" in client.get("/static/skillmark.css?v=abc").headers["cache-control"]
    assert "immutable" not in client.get("/static/skillmark.css").headers["cache-control"]


def test_a_style_sheet_is_sent_packed_to_who_can_unpack_it(client: TestClient) -> None:
    def sent(accepted: str, **more: str) -> tuple[str | None, int, bytes]:
        headers = {"accept-encoding": accepted, **more}
        answer = client.get("/static/skillmark.css", headers=headers)
        return answer.headers.get("content-encoding"), answer.num_bytes_downloaded, answer.content

    plain, packed = sent("identity"), sent("gzip, br")
    assert plain[0] is None
    assert packed[0] == "gzip"
    assert packed[1] < plain[1] / 2
    assert packed[2] == plain[2]
    assert sent("gzip", range="bytes=0-9") == (None, 10, plain[2][:10])
    for refused in ("gzip;q=0", "gzip; q=0.0, br", "x-gzip", ""):
        assert sent(refused)[0] is None
    for taken in ("gzip;q=0.5", "br, gzip", "gzip ;q=1, *;q=0"):
        assert sent(taken)[0] == "gzip"


def test_who_has_a_packed_file_already_is_not_sent_it_again(client: TestClient) -> None:
    first = client.get("/static/skillmark.css", headers={"accept-encoding": "gzip"})
    headers = {"accept-encoding": "gzip", "if-none-match": first.headers["etag"]}
    assert client.get("/static/skillmark.css", headers=headers).status_code == 304
    assert first.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static//etc"])
def test_static_files_are_nothing_but_the_folder(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_our_pages_name_only_files_that_exist() -> None:
    for folder in static_folders("issuer"):
        assert Path(folder).is_dir()


def test_openapi_is_there_and_its_pages_with_foreign_scripts_are_not(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert MEDIA_TYPE in described["paths"]["/api/v1/changed"]["get"]["responses"]["422"]["content"]
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_a_body_that_drips_is_not_waited_for_forever() -> None:
    async def drip() -> dict[str, Any]:
        await asyncio.sleep(0.2)
        return {"type": "http.request", "body": b" ", "more_body": True}

    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/raw",
        "raw_path": b"/api/v1/raw",
        "query_string": b"",
        "headers": [],
        "client": ("198.51.100.7", 1),
        "server": ("localhost", 8000),
        "scheme": "http",
        "root_path": "",
        "http_version": "1.1",
    }

    async def ask() -> None:
        await build().app(scope, drip, send)

    asyncio.run(ask())
    assert sent[0]["status"] == 408
    assert (b"content-type", MEDIA_TYPE.encode()) in sent[0]["headers"]
