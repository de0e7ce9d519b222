"""The issuer as a web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from fastapi import APIRouter, Depends, FastAPI
from starlette.concurrency import run_in_threadpool

from issuer.accounts import routes as accounts
from issuer.achievements import routes as achievements
from issuer.artifacts import routes as artifacts
from issuer.assessments import routes as assessments
from issuer.desk import Desk, open_desk
from issuer.issuance import deriving, vc_api
from issuer.issuance import routes as issuance
from issuer.open_shelf import OpenShelf
from issuer.problem_table import ISSUER_PROBLEMS
from issuer.public import routers as public
from issuer.revocation import routes as revocation
from issuer.revocation import vc_api as vc_api_status
from issuer.settings import IssuerSettings
from issuer.submissions import routes as submissions
from service.clock import utc_now
from service.health import ReadinessCheck
from service.pages import static_folders
from service.problems import responses
from service.rate_limits import RateLimit
from service.web import build_app

DESCRIPTION: Final = (
    "Turns assessed work into credentials that anybody can check. Reading what is public needs no "
    "login; everything else needs an API key, made by `skillmark issuer api-key create`."
)

NOUNS: Final = tuple(
    noun.router
    for noun in (
        accounts,
        achievements,
        submissions,
        artifacts,
        assessments,
        issuance,
        revocation,
    )
)
"""The routers of the API; each route names the scope that it needs."""

API_PREFIX: Final = "/api/v1"
API: Final = APIRouter(
    prefix=API_PREFIX,
    dependencies=[Depends(RateLimit("api", "600/minute"))],
    responses=responses(429),
)
for noun in NOUNS:
    API.include_router(noun)


def create_app(settings: IssuerSettings | None = None) -> FastAPI:
    """Build the application; database and key are opened when it starts."""
    settings = settings or IssuerSettings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        desk = await run_in_threadpool(open_desk, settings, now=utc_now())
        app.state.issuer = desk
        app.state.open_shelf = partial(OpenShelf, desk)
        try:
            yield
        finally:
            desk.database.close()

    def database_answers() -> None:
        desk: Desk = app.state.issuer
        desk.database.ask()

    app = build_app(
        title="Skillmark issuer",
        description=DESCRIPTION,
        settings=settings,
        public_url=settings.issuer_url,
        routers=[vc_api.router, *public.ROUTERS, API, vc_api_status.router, deriving.router],
        problems=ISSUER_PROBLEMS,
        readiness=[ReadinessCheck("database", database_answers)],
        lifespan=lifespan,
        static=static_folders("issuer"),
        form_action=[settings.verifier_url],
    )
    return app
