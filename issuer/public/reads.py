"""How is a public document offered?

GET and HEAD with the same answer (RFC 9110, section 9.3.2), and OPTIONS for a browser that asks
whether a page of another origin may read it (Fetch Standard, CORS-preflight).
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from issuer.public.conditional import NOT_KEPT, OPEN
from issuer.public.negotiation import preferred
from issuer.public.shelf import Shelf, shelf
from service.pages import page_templates
from service.problems import MEDIA_TYPE, Problem, responses

PREFLIGHT: Final = {
    **OPEN,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}

ABSENT: Final = Problem(
    "urn:skillmark:problem:nothing-public-here",
    "There is nothing public at this address",
    HTTPStatus.NOT_FOUND,
    detail="It may be mistyped, or kept private; the answer is the same.",
)
NOT_ACCEPTABLE: Final = Problem(
    "urn:skillmark:problem:not-acceptable",
    "This document is not to be had in the form that was asked for",
    HTTPStatus.NOT_ACCEPTABLE,
    detail="Ask for text/html, application/vc, application/ld+json or application/json.",
)

TEMPLATES: Final = page_templates("issuer")
OnShelf = Annotated[Shelf, Depends(shelf)]
Handler = TypeVar("Handler", bound=Callable[..., Any])


def public_read(
    router: APIRouter, path: str, forms: tuple[str, ...], summary: str, *also: int
) -> Callable[[Handler], Handler]:
    """Offer a handler's answer at a path; only GET stands in the API description.

    Args:
        router: where it is offered.
        path: at which address.
        forms: the media types it is to be had in.
        summary: what it is, in the API description.
        also: further statuses of problems it may answer with.
    """
    described: dict[int | str, dict[str, Any]] = {
        HTTPStatus.OK: {"content": {form: {} for form in forms}},
        HTTPStatus.NOT_MODIFIED: {"description": "The reader has it already"},
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY, *also),
    }

    def offer(handler: Handler) -> Handler:
        router.get(path, summary=summary, response_class=Response, responses=described)(handler)
        router.head(path, include_in_schema=False)(handler)
        router.options(path, include_in_schema=False)(_preflight)
        return handler

    return offer


def _preflight() -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)


def refusal(problem: Problem) -> Response:
    """A problem that a page of another origin may read too."""
    headers = {**OPEN, "Cache-Control": NOT_KEPT, "Vary": "Accept"}
    return JSONResponse(
        problem.as_json(), status_code=problem.status, headers=headers, media_type=MEDIA_TYPE
    )


def rendered(template: str, on: Shelf, **values: object) -> bytes:
    """A page of ours, with what stands around every page."""
    around = on.surroundings
    return (
        TEMPLATES.get_template(template)
        .render(issuer_name=around.issuer_name, verifier_url=around.verifier_url, **values)
        .encode()
    )


def absent(request: Request, on: Shelf) -> Response:
    """The one answer for what is absent, private or mistyped: nobody can tell them apart."""
    if preferred(request.headers.get("accept"), (MEDIA_TYPE, "text/html")) != "text/html":
        return refusal(ABSENT)
    headers = {**OPEN, "Cache-Control": NOT_KEPT, "Vary": "Accept"}
    return HTMLResponse(rendered("absent.html", on), ABSENT.status, headers)
