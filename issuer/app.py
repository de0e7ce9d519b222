"""The issuer as a web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import APIRouter, FastAPI, Request
from starlette.concurrency import run_in_threadpool

from issuer.database import Read
from issuer.desk import Desk, open_desk
from issuer.open_shelf import OpenShelf
from issuer.problem_table import ISSUER_PROBLEMS
from issuer.public import routers as public
from issuer.public.shelf import Shelf, shelf
from issuer.settings import IssuerSettings
from service.clock import Now, utc_now
from service.health import ReadinessCheck
from service.pages import static_folders
from service.web import build_app

DESCRIPTION: Final = (
    "Turns assessed work into credentials that anybody can check. Reading what is public needs no "
    "login; everything else needs an API key, made by `skillmark issuer api-key create`."
)

API_ROUTERS: Final[tuple[APIRouter, ...]] = ()


def create_app(settings: IssuerSettings | None = None) -> FastAPI:
    """Build the application; database and key are opened when it starts."""
    settings = settings or IssuerSettings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        desk = await run_in_threadpool(open_desk, settings, now=utc_now())
        app.state.issuer = desk
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
        routers=[*public.ROUTERS, *API_ROUTERS],
        problems=ISSUER_PROBLEMS,
        readiness=[ReadinessCheck("database", database_answers)],
        lifespan=lifespan,
        static=static_folders("issuer"),
        form_action=[settings.verifier_url],
    )
    app.dependency_overrides[shelf] = _open_shelf
    return app


def _open_shelf(request: Request, session: Read, now: Now) -> Shelf:
    return OpenShelf(request.app.state.issuer, session, now)
