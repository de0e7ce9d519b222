"""The application that suites are pointed at: both services' VC APIs, and nothing that guards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI

from issuer.problem_table import ISSUER_PROBLEMS
from schemas.contexts import conformance_loader
from service.clock import utc_now
from service.guarded_fetcher import GuardedFetcher
from service.web import build_app
from skillmark.conformance.actors import Actors
from skillmark.conformance.routes import Stage, router
from skillmark.conformance.status_lists import StatusBoard
from verifier import routes
from verifier.app import PROBLEMS
from verifier.issuers import IssuerLists
from verifier.settings import VerifierSettings
from verifier.verification import Verifier

DESCRIPTION: Final = (
    "For public interoperability suites only: everybody who reaches it may sign. See "
    "docs/conformance.md."
)


def create_app(url: str) -> FastAPI:
    """Build the application, with keys of its own.

    Args:
        url: where it is reached, without a slash at the end.
    """
    # Suites ask as often as they like.
    settings = VerifierSettings(development=True, rate_limits=False)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with GuardedFetcher(utc_now, loopback_http=True) as fetcher:
            lists = IssuerLists()
            app.state.verifier = Verifier(
                fetcher, lists, development=True, loader=conformance_loader
            )
            yield

    app = build_app(
        title="Skillmark conformance",
        description=DESCRIPTION,
        settings=settings,
        public_url=url,
        routers=[router, routes.vc_api, routes.router],
        problems={**ISSUER_PROBLEMS, **PROBLEMS},
        lifespan=lifespan,
    )
    app.state.conformance = Stage(url, Actors.fresh(), StatusBoard(), conformance_loader)
    return app
