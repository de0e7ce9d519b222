"""How is the service doing?  Counted for Prometheus, by route and never by address or person."""

import time
from typing import Final

from fastapi import APIRouter, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.routes_seen import method_of, route_of

BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class RequestMetrics:
    """The numbers of one application, in a registry of its own."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.answered = Counter(
            "http_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=registry,
        )
        self.seconds = Histogram(
            "http_request_seconds",
            "Time until the last byte of the answer.",
            ["method", "route"],
            buckets=BUCKETS,
            registry=registry,
        )
        self.running = Gauge(
            "http_requests_in_progress", "Requests being answered.", registry=registry
        )


class CountRequests:
    """Count each request, and how long it took."""

    def __init__(self, app: ASGIApp, metrics: RequestMetrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count it, also when it breaks."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500
        begun = time.perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        with self.metrics.running.track_inprogress():
            try:
                await self.app(scope, receive, watch)
            finally:
                method, route = method_of(scope), route_of(scope)
                self.metrics.answered.labels(method, route, str(status)).inc()
                self.metrics.seconds.labels(method, route).observe(time.perf_counter() - begun)


def metrics_route(registry: CollectorRegistry) -> APIRouter:
    """The page that Prometheus reads."""
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    def metrics() -> Response:
        """All numbers, in Prometheus' text format."""
        return Response(
            generate_latest(registry),
            media_type=CONTENT_TYPE_LATEST,
            headers={"cache-control": "no-store"},
        )

    return router
