"""What the framework validates and what the route gets are one reading of the same bytes."""

import asyncio
import json
import threading
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Body, FastAPI, Response
from fastapi.testclient import TestClient
from starlette.requests import Request

from schemas.document import Document
from service.json_body import DocumentRoute, Received, read_json
from service.problems import install
from service.work_by_size import LARGE, by_size

JSON = {"content-type": "application/json"}
router = APIRouter(route_class=DocumentRoute)


@router.post("/")
async def answer(
    request: Request, wanted: Annotated[dict[str, Any], Body()], body: Received
) -> Response:
    again = await read_json(request)
    assert again is body
    assert all(wanted[name] is body.view[name] for name in wanted)
    return Response(body.raw)


@pytest.fixture(name="client", scope="module")
def a_client() -> TestClient:
    app = FastAPI()
    install(app, {})
    app.include_router(router)
    return TestClient(app)


@pytest.mark.parametrize("size", [2, LARGE * 2])
def test_it_reaches_the_route_as_it_came(client: TestClient, size: int) -> None:
    sent = b'{ "b":{"c": [1.50]},"a" : "' + b"x" * size + b'"}'
    assert client.post("/", content=sent, headers=JSON).content == sent


TWO_WAYS = [b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":"\\ud800"}', b'{"a":1e999}']
NO_OBJECT = [b"[]", b'"a"', b"null", b"{", b"nothing", b"{}{}", b"\xff"]


@pytest.mark.parametrize("sent", [*TWO_WAYS, *NO_OBJECT])
def test_what_is_not_one_object_said_once_is_refused(client: TestClient, sent: bytes) -> None:
    refused = client.post("/", content=sent, headers=JSON)
    assert refused.status_code == 400
    assert refused.json()["type"] == "urn:skillmark:problem:malformed-document"


@pytest.mark.parametrize(("size", "elsewhere"), [(1, False), (LARGE, False), (LARGE + 1, True)])
def test_only_what_is_large_is_handed_to_a_thread(size: int, *, elsewhere: bool) -> None:
    async def who() -> int:
        return await by_size(size, threading.get_ident)

    assert (asyncio.run(who()) != threading.get_ident()) is elsewhere


def test_a_part_of_a_document_stays_beside_the_bytes_of_the_whole() -> None:
    whole = Document.read(json.dumps({"a": {"b": 1}, "c": 2}).encode())
    part = whole.part(whole.view["a"])
    assert part.view == {"b": 1}
    assert part.raw == whole.raw
