"""How often may one client ask?

RFC 6585, section 4 (429), and the `RateLimit` header fields of draft-ietf-httpapi-ratelimit-
headers.  Clients are told apart by their network address, which stays in memory until its window
has passed and is written nowhere.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from ipaddress import IPv6Network, ip_address
from typing import Final

from fastapi import Request
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problem_table import ProblemKind

SCOPE_KEY: Final = "skillmark.rate_limit_headers"


class TooManyRequests(Exception):
    """The client asked more often than the route allows."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"Too many requests; try again in {wait_seconds} seconds.")
        self.headers: Mapping[str, str] = {"retry-after": str(wait_seconds)}


RATE_PROBLEMS: Final[Mapping[type[Exception], ProblemKind]] = {
    TooManyRequests: ProblemKind(
        "too-many-requests", "Too many requests", HTTPStatus.TOO_MANY_REQUESTS
    ),
}


class RequestCounts:
    """The counts of one application; lives in its state, unless requests are not limited."""

    def __init__(self) -> None:
        self.limiter = SlidingWindowCounterRateLimiter(MemoryStorage())


def client_key(host: str | None) -> str:
    """Whom we count as one client: an IPv4 address, or the /64 that one subscriber has."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return "unknown"
    if address.version == 6:  # noqa: PLR2004 - the sixth version of the Internet Protocol
        address = address.ipv4_mapped or address
    if address.version == 4:  # noqa: PLR2004 - the fourth
        return str(address)
    return str(IPv6Network((int(address), 64), strict=False).network_address)


@dataclass(frozen=True)
class RateLimit:
    """A dependency that counts requests: `Depends(RateLimit("look-ups", "60/minute"))`.

    Routes that name the same `name` share one count.
    """

    name: str
    rate: str

    @cached_property
    def item(self) -> RateLimitItem:
        """The rate, read."""
        return parse(self.rate)

    async def __call__(self, request: Request) -> None:
        """Count this request.

        Raises:
            TooManyRequests: the client has used up what it may.
        """
        counts: RequestCounts | None = request.app.state.request_counts
        if counts is None:
            return
        item, client = self.item, client_key(request.client.host if request.client else None)
        within = await counts.limiter.hit(item, self.name, client)
        window = await counts.limiter.get_window_stats(item, self.name, client)
        wait = max(1, math.ceil(window.reset_time - time.time()))
        request.scope.setdefault(SCOPE_KEY, {}).update(
            {
                "ratelimit-policy": f'"{self.name}";q={item.amount};w={item.get_expiry()}',
                "ratelimit": f'"{self.name}";r={max(0, window.remaining)};t={wait}',
            }
        )
        if not within:
            raise TooManyRequests(wait)


class RateLimitHeaders:
    """Tell each client what it has left, on whatever answer the route gives."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add what the dependency noted."""
        noted: dict[str, str] = {}

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(noted)
            await send(message)

        if scope["type"] == "http":
            scope[SCOPE_KEY] = noted
            await self.app(scope, receive, tell)
        else:
            await self.app(scope, receive, send)
