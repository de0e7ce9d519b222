"""How is a service put together?

What both services have in common is wired here, once, in one order: from the outside in, a
request gets an id, a line in the log, its count, its headers, a net for what nobody foresaw, its
limits, and then its route.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware import Middleware

from service.bad_requests import BAD_REQUEST_PROBLEMS
from service.headers import SecurityHeaders
from service.health import ReadinessCheck, health_routes
from service.logging import AccessLog, configure_logging
from service.metrics import CountRequests, RequestMetrics, metrics_route
from service.problem_table import ProblemKind
from service.problems import CatchUnexpected, install
from service.rate_limits import RATE_PROBLEMS, RateLimitHeaders, RequestCounts
from service.request_ids import RequestIds
from service.request_limits import BodyDeadline, JsonShape, RequestLimits, TooLargeAsProblem
from service.settings import CommonSettings
from service.static_files import StaticFolders

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

__all__ = ["Lifespan", "ReadinessCheck", "RequestLimits", "build_app"]


def build_app(  # noqa: PLR0913 - each is a decision that the two services make differently
    *,
    title: str,
    description: str,
    settings: CommonSettings,
    public_url: str,
    routers: Iterable[APIRouter],
    problems: Mapping[type[Exception], ProblemKind],
    readiness: Iterable[ReadinessCheck] = (),
    lifespan: Lifespan | None = None,
    static: Iterable[Path] = (),
    form_action: Iterable[str] = (),
    limits: RequestLimits | None = None,
    version: str = "1",
) -> FastAPI:
    """Build a service's application.

    Args:
        title: its name in OpenAPI.
        description: what it is for, in OpenAPI.
        settings: kept as `app.state.settings`.
        public_url: where people reach it; https turns HSTS on.
        routers: its routes.
        problems: its own errors, beside those of the packages below.
        readiness: what it needs to do its work.
        lifespan: what lives as long as it does.
        static: folders of static files, the first that has a name answers
            (`service.pages.static_folders(package)`).
        form_action: other origins that its pages' forms send to.
        limits: what a request may send; a route overrides the size by `max_body_size`.
        version: of its interface, in OpenAPI.
    """
    configure_logging(settings.log_level, for_people=settings.development)
    limits = limits or RequestLimits()
    metrics = RequestMetrics(CollectorRegistry())
    app = FastAPI(
        title=title,
        description=description,
        version=version,
        lifespan=lifespan,
        docs_url=None,  # they need scripts of others and `unsafe-inline`
        redoc_url=None,
        middleware=[
            Middleware(RequestIds),
            Middleware(AccessLog),
            Middleware(CountRequests, metrics=metrics),
            Middleware(
                SecurityHeaders,
                form_action=tuple(form_action),
                https=public_url.startswith("https://"),
            ),
            Middleware(RateLimitHeaders),
            Middleware(CatchUnexpected),
            Middleware(TooLargeAsProblem),
            Middleware(BodyDeadline, seconds=limits.body_seconds),
            Middleware(JsonShape, limits=limits.json, body_bytes=limits.body_bytes),
        ],
    )
    app.state.settings = settings
    app.state.request_counts = RequestCounts() if settings.rate_limits else None
    app.state.metrics_registry = metrics.registry
    install(app, {**RATE_PROBLEMS, **BAD_REQUEST_PROBLEMS, **problems})
    for router in routers:  # in this order they are asked whose a request is
        app.include_router(router, max_body_size=limits.body_bytes)
    app.include_router(health_routes(readiness))
    app.include_router(metrics_route(metrics.registry))
    if folders := tuple(static):
        app.mount("/static", StaticFolders(folders), name="static")
    return app
