"""Which lines of the log belong to one request?

Each request gets an id of its own, returned as `X-Request-ID`.  An id that a stranger sends is
not taken over: it would let them write into our log, and join requests that we keep apart.
"""

import secrets
from collections.abc import Callable

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def new_request_id() -> str:
    """96 random bits."""
    return secrets.token_hex(12)


class RequestIds:
    """Give each request an id, in the log and in the answer."""

    def __init__(self, app: ASGIApp, new_id: Callable[[], str] = new_request_id) -> None:
        self.app = app
        self.new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under its id."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = self.new_id()

        async def name(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self.app(scope, receive, name)
