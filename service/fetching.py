"""What is at a stranger's address?

Not knowing has its own type, so that it cannot be mistaken for good news: `Found` or
`Unreachable`, never an exception and never an empty answer.  The fetcher that goes out to the
network is `service.guarded_fetcher.GuardedFetcher`; everybody else asks for a `Fetcher`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from service.fetch_limits import FetchLimits

T_co = TypeVar("T_co", covariant=True)

DEFAULT_LIMITS = FetchLimits()


class Reason(StrEnum):
    """Why we learned nothing, for machines; `Unreachable.because` says it for people."""

    MALFORMED_URL = "malformed_url"
    SCHEME = "scheme"
    PORT = "port"
    DNS = "dns"
    BLOCKED_ADDRESS = "blocked_address"
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    REDIRECTS = "redirects"
    HTTP_STATUS = "http_status"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    MALFORMED_ANSWER = "malformed_answer"


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """We looked, and this is what was there."""

    value: T_co
    at: datetime


@dataclass(frozen=True, slots=True)
class Unreachable:
    """We looked, and learned nothing."""

    url: str
    because: str
    reason: Reason
    status: int | None = None


Fetched = Found[T_co] | Unreachable


@dataclass(frozen=True, slots=True)
class Resource:
    """What a server answered with 200.

    Header names are in lower case; of a header sent several times the values are joined by
    a comma.
    """

    url: str
    final_url: str
    media_type: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


class Fetcher(Protocol):
    """The only way out to a stranger's address."""

    async def fetch(
        self, url: str, *, accept: str = "*/*", limits: FetchLimits = DEFAULT_LIMITS
    ) -> Fetched[Resource]:
        """Get what is at `url`; never raises for what a stranger did."""
        ...


__all__ = [
    "DEFAULT_LIMITS",
    "FetchLimits",
    "Fetched",
    "Fetcher",
    "Found",
    "Reason",
    "Resource",
    "Unreachable",
]
