"""What was the rubric on the day of the assessment?

A version of an achievement never changes once it was used; its documents are bound by digest in
every credential (VCDM 2.0, section 5.3, `relatedResource`).
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from issuer.public.achievement_page import achievement_page
from issuer.public.conditional import IMMUTABLE, SHORTLY, document
from issuer.public.negotiation import preferred
from issuer.public.reads import NOT_ACCEPTABLE, OnShelf, absent, public_read, refusal, rendered
from schemas.document import Document

FORMS: Final = ("text/html", "application/json", "application/ld+json")
RUBRIC: Final = "rubric.json"
CRITERIA: Final = "criteria.md"

router = APIRouter(tags=["public"])


@public_read(router, "/achievements/{slug}/{version}", FORMS, "A version of an achievement", 406)
def achievement(request: Request, slug: str, version: str, on: OnShelf) -> Response:
    """Its rubric as a page, or its document as JSON, by Accept."""
    raw = on.achievement(slug, version)
    if raw is None:
        return absent(request, on)
    varied = {"Vary": "Accept"}
    match preferred(request.headers.get("accept"), FORMS):
        case None:
            return refusal(NOT_ACCEPTABLE)
        case "text/html":
            page = achievement_page(Document.read(raw).view, path=f"/achievements/{slug}/{version}")
            body = rendered("achievement.html", on, page=page)
            return document(request, body, media_type="text/html", caching=SHORTLY, headers=varied)
        case media_type:
            return document(request, raw, media_type=media_type, caching=SHORTLY, headers=varied)


@public_read(
    router, "/achievements/{slug}/{version}/rubric.json", ("application/json",), "Its rubric"
)
def rubric(request: Request, slug: str, version: str, on: OnShelf) -> Response:
    """The rubric, byte for byte as credentials bind it."""
    return _bound(request, on, on.achievement_document(slug, version, RUBRIC), "application/json")


@public_read(
    router, "/achievements/{slug}/{version}/criteria.md", ("text/markdown",), "Its criteria"
)
def criteria(request: Request, slug: str, version: str, on: OnShelf) -> Response:
    """The criteria page, byte for byte as credentials bind it."""
    return _bound(request, on, on.achievement_document(slug, version, CRITERIA), "text/markdown")


def _bound(request: Request, on: OnShelf, body: bytes | None, media_type: str) -> Response:
    if body is None:
        return absent(request, on)
    return document(request, body, media_type=media_type, caching=IMMUTABLE)
