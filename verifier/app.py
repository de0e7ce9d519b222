"""The verifier as a web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI

from service.clock import utc_now
from service.guarded_fetcher import GuardedFetcher
from service.pages import static_folders
from service.problem_table import ProblemKind
from service.web import build_app
from verifier import pages, routes
from verifier.errors import InputRefused, MistypedCode, NothingGiven, NotReadHere
from verifier.facts import EvidenceMode
from verifier.issuers import IssuerLists
from verifier.report import Report
from verifier.settings import VerifierSettings
from verifier.verification import Verifier

PROBLEMS: Final = {
    InputRefused: ProblemKind(
        "nothing-to-judge", "There is nothing to judge", HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    NothingGiven: ProblemKind(
        "nothing-given", "Nothing was given", HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    NotReadHere: ProblemKind(
        "not-read-here", "This is not read here", HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    MistypedCode: ProblemKind(
        "mistyped-code", "The code has a mistake in it", HTTPStatus.UNPROCESSABLE_ENTITY
    ),
}

DESCRIPTION: Final = (
    "Tells whether a credential is genuine, who stands behind it, whether it is still valid, "
    "whether the evidence is still there and unchanged, and what was not checked."
)


def create_app(settings: VerifierSettings | None = None) -> FastAPI:
    """Build the application.

    Raises:
        MalformedIssuerList: one of the lists that the settings name cannot be read.
    """
    settings = settings or VerifierSettings()
    issuers = IssuerLists.read(settings.issuer_lists)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with GuardedFetcher(utc_now, loopback_http=settings.development) as fetcher:
            verifier = Verifier(fetcher, issuers, settings.development)
            app.state.verifier = verifier
            app.state.page_verification = _page_verification(verifier)
            yield

    return build_app(
        title="Skillmark verifier",
        description=DESCRIPTION,
        settings=settings,
        public_url=settings.verifier_url,
        routers=[routes.vc_api, routes.router, pages.router],
        problems=PROBLEMS,
        lifespan=lifespan,
        static=static_folders("verifier"),
    )


def _page_verification(verifier: Verifier) -> pages.Verification:
    async def verify(given: str, *, evidence: EvidenceMode) -> Report:
        # A person who looks is told what is published now; programs may count on `cacheUntil`.
        return await verifier.verify(given, now=utc_now(), evidence=evidence, anew=True)

    return verify
