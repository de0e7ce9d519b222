"""How much does one request get to send, and how long may it take?

The size of the body is held by the framework (`max_body_size`, counted as it arrives, so that it
also holds without `Content-Length`); a route that takes uploads names its own.  Here: the time
that sending may take, and the size and shape of JSON before anybody parses it.
"""

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.json_shape import JsonShapeLimits, JsonTooComplex, check_shape
from service.problems import ProblemResponse, http_problem

BODY_ABSENT: Final = frozenset({"GET", "HEAD", "OPTIONS"})
TOO_LARGE: Final = "The body is larger than this address takes."


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """What every route gets unless it names its own."""

    body_bytes: int = 1_000_000  # memory
    body_seconds: float = 30.0  # a client that drips its body and holds a connection
    json: JsonShapeLimits = field(default_factory=JsonShapeLimits)


class TooLargeAsProblem:
    """The framework refuses a body that announces too much in plain text; make it a problem."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and replace that one answer."""
        replaced = False

        async def replace(message: Message) -> None:
            nonlocal replaced
            if replaced:
                return
            if message["type"] == "http.response.start" and _is_plain_refusal(message):
                replaced = True
                refusal = HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
                await ProblemResponse(http_problem(refusal))(scope, receive, send)
                return
            await send(message)

        await self.app(scope, receive, replace)


def _is_plain_refusal(message: Message) -> bool:
    """Whether this begins the framework's own answer to a body that is too large."""
    media_type = Headers(raw=message["headers"]).get("content-type", "")
    too_large = message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return too_large and media_type.startswith("text/plain")


class BodyDeadline:
    """Refuse a body that does not arrive in time."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; only waiting for its body has a deadline, not its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.seconds
        complete = False

        async def receive_in_time() -> Message:
            nonlocal complete
            if complete:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(
                    HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time."
                ) from error
            complete = not message.get("more_body", False)
            return message

        await self.app(scope, receive_in_time, send)


class JsonShape:
    """Read a JSON body, look at its shape, and hand it on as it came."""

    def __init__(self, app: ASGIApp, limits: JsonShapeLimits, body_bytes: int) -> None:
        self.app = app
        self.limits = limits
        self.body_bytes = body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless its JSON is too deep or too full."""
        if scope["type"] != "http" or not _is_json(scope):
            await self.app(scope, receive, send)
            return
        try:
            messages = await _read_body(receive, self.body_bytes)
            check_shape(b"".join(part.get("body", b"") for part in messages), self.limits)
        except JsonTooComplex as error:
            refusal = HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error))
            await ProblemResponse(http_problem(refusal))(scope, receive, send)
            return
        except HTTPException as error:
            await ProblemResponse(http_problem(error))(scope, receive, send)
            return
        remaining = iter(messages)

        async def replay() -> Message:
            return next(remaining, None) or await receive()

        await self.app(scope, replay, send)


def _is_json(scope: Scope) -> bool:
    """Whether a body comes that says it is JSON, in any of JSON's media types."""
    media_type = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
    return scope["method"] not in BODY_ABSENT and (
        media_type.endswith(("/json", "+json")) or media_type in {"application/vc", "text/json"}
    )


async def _read_body(receive: Receive, most: int) -> list[Message]:
    """All parts of the body.

    Raises:
        HTTPException: there is more of it than `most` bytes.
    """
    messages: list[Message] = []
    size = 0
    while not messages or messages[-1].get("more_body", False):
        messages.append(await receive())
        size += len(messages[-1].get("body", b""))
        if size > most:
            refusal = f"The body is larger than {most} bytes; send less."
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, refusal)
    return messages
