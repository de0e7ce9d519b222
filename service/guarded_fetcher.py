"""How do we get what is at a stranger's address, and come back unharmed?

The one implementation of `Fetcher` that goes out.  RFC 9110 in its smallest form: GET, no
cookies, no credentials, at most three redirects, each judged like the first address.  It speaks
to the connection pool directly, so that the address which was judged is the address that is used,
with no second parser in between.
"""

import asyncio
import ssl
from collections.abc import AsyncIterable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Final, Self, cast
from urllib.parse import urljoin

import httpcore2

from service.addresses import IpAddress
from service.answer_bodies import read_body
from service.fetching import (
    DEFAULT_LIMITS,
    Fetched,
    FetchLimits,
    Found,
    Reason,
    Resource,
    Unreachable,
)
from service.pinned_connections import PinnedConnections
from service.reachability import AddressRules, NotAllowed
from service.resolving import Resolver, SystemResolver
from service.urls import Url

USER_AGENT: Final = "Skillmark/1 (checks credentials)"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
OK: Final = 200
CONNECTIONS: Final = 64
SECRETS_OF_THEIRS: Final = frozenset({"set-cookie", "set-cookie2"})

PROTOCOL_FAILURES: Final = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
)


class _HttpStatus(NotAllowed):
    """The server answered, and not with the thing itself."""

    def __init__(self, status: int) -> None:
        super().__init__(Reason.HTTP_STATUS, f"The server answered with status {status}.")
        self.status = status


@dataclass(frozen=True, slots=True)
class _Redirected:
    """The server sends us elsewhere."""

    to: str


class GuardedFetcher:
    """The way out; an asynchronous context manager that owns its connections."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        resolver: Resolver | None = None,
        *,
        loopback_http: bool,
        addresses_allowed_in_tests: frozenset[IpAddress] = frozenset(),
        tls_trusted_in_tests: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = clock
        self._rules = AddressRules(loopback_http, addresses_allowed_in_tests)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls_trusted_in_tests,
            max_connections=CONNECTIONS,
            # A kept connection that the server closes meanwhile would look like a failed look-up.
            max_keepalive_connections=0,
            network_backend=PinnedConnections(self._rules, resolver or SystemResolver()),
        )

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._pool.__aexit__(kind, error, traceback)

    async def fetch(
        self, url: str, *, accept: str = "*/*", limits: FetchLimits = DEFAULT_LIMITS
    ) -> Fetched[Resource]:
        """Get what is at `url`; never raises for what a stranger did."""
        try:
            async with asyncio.timeout(limits.seconds):
                return Found(await self._follow(url, accept, limits), self._clock())
        except (NotAllowed, TimeoutError, OSError, *PROTOCOL_FAILURES) as error:
            return _unreachable(url, error)

    async def _follow(self, text: str, accept: str, limits: FetchLimits) -> Resource:
        """Ask, and go where we are sent, a few times and never down to plain http."""
        url = self._rules.read(text, limits)
        for _ in range(limits.redirects + 1):
            answer = await self._ask(url, text, accept, limits)
            if isinstance(answer, Resource):
                return answer
            following = self._rules.read(_joined(url, answer.to), limits)
            if url.scheme == "https" and following.scheme != "https":
                raise NotAllowed(Reason.SCHEME, "It sends us from https to plain http.")
            url = following
        raise NotAllowed(Reason.REDIRECTS, f"It sends us on more than {limits.redirects} times.")

    async def _ask(
        self, url: Url, asked: str, accept: str, limits: FetchLimits
    ) -> Resource | _Redirected:
        """One request, one answer."""
        request = httpcore2.Request(
            "GET",
            _core_url(url),
            headers=_request_headers(url, accept),
            extensions={"timeout": _timeouts(limits)},
        )
        response = await self._pool.handle_async_request(request)
        try:
            headers = _answer_headers(response.headers, limits)
            if response.status in REDIRECTS and "location" in headers:
                return _Redirected(headers["location"])
            if response.status != OK:
                raise _HttpStatus(response.status)
            body = await _body(response, headers, limits)
        finally:
            await response.aclose()
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        return Resource(asked, str(url), media_type, body, headers)


def _unreachable(url: str, error: Exception) -> Unreachable:
    """What went wrong, for people and for machines."""
    match error:
        case _HttpStatus():
            return Unreachable(url, error.because, error.reason, error.status)
        case NotAllowed():
            return Unreachable(url, error.because, error.reason)
        case TimeoutError() | httpcore2.TimeoutException():
            return Unreachable(url, "It did not answer in time.", Reason.TIMEOUT)
        case httpcore2.ProtocolError():
            return Unreachable(url, "The answer is not proper HTTP.", Reason.MALFORMED_ANSWER)
        case _ if _is_about_tls(error):
            return Unreachable(url, "Its certificate cannot be trusted.", Reason.TLS)
        case _:
            return Unreachable(url, "No connection could be made or kept.", Reason.CONNECTION)


def _joined(url: Url, location: str) -> str:
    """Where `Location` leads, which may be written relative to where we are (RFC 9110, 10.2.2)."""
    try:
        return urljoin(str(url), location)
    except ValueError as error:
        raise NotAllowed(Reason.MALFORMED_URL, "It sends us to no usable address.") from error


def _core_url(url: Url) -> httpcore2.URL:
    """The judged address, part by part, for the pool."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return httpcore2.URL(
        scheme=url.scheme.encode(),
        host=host.encode(),
        port=url.port,
        target=url.target.encode(),
    )


def _request_headers(url: Url, accept: str) -> list[tuple[str, str]]:
    """All that we say about ourselves."""
    return [
        ("Host", url.authority),
        ("Accept", accept),
        ("Accept-Encoding", "identity"),
        ("User-Agent", USER_AGENT),
    ]


def _timeouts(limits: FetchLimits) -> dict[str, float]:
    """The pool's timeouts; the deadline over all of them is `FetchLimits.seconds`."""
    return {
        "connect": limits.connect_seconds,
        "read": limits.read_seconds,
        "write": limits.read_seconds,
        "pool": limits.connect_seconds,
    }


def _answer_headers(received: list[tuple[bytes, bytes]], limits: FetchLimits) -> Mapping[str, str]:
    """The headers of an answer, by lower-case name, without anything to keep for next time."""
    size = sum(len(name) + len(value) for name, value in received)
    if len(received) > limits.headers or size > limits.header_bytes:
        raise NotAllowed(Reason.TOO_LARGE, "The answer has too many or too long headers.")
    headers: dict[str, str] = {}
    for raw_name, raw_value in received:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name not in SECRETS_OF_THEIRS:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def _body(
    response: httpcore2.Response, headers: Mapping[str, str], limits: FetchLimits
) -> bytes:
    """The body; one that announces too much is not even begun."""
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limits.body_bytes:
        raise NotAllowed(Reason.TOO_LARGE, f"It is larger than {limits.body_bytes} bytes.")
    return await read_body(
        cast("AsyncIterable[bytes]", response.stream),
        headers.get("content-encoding", ""),
        limits.body_bytes,
    )


def _is_about_tls(error: BaseException) -> bool:
    """Whether TLS is what failed, somewhere down the chain of causes."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
