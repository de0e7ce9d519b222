"""What does a client see?

One field, and the answer.  Everything works without JavaScript; with it, evidence is looked at
while the client reads.  Nothing of what was pasted is kept (`Cache-Control: no-store`).
"""

from http import HTTPStatus
from typing import Annotated, Final, Protocol

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from service.pages import page_templates
from service.rate_limits import RateLimit
from verifier.errors import InputRefused
from verifier.facts import EvidenceMode
from verifier.inputs import LONGEST_INPUT
from verifier.report import Report
from verifier.result_page import link_to, result_page

SHOWN_AGAIN: Final = 2_000  # symbols; nobody mends a longer text in one line
NOT_KEPT: Final = {"Cache-Control": "no-store"}
NOTHING_PASTED: Final = "Paste a link, a code or a document first."
TEMPLATES: Final = page_templates("verifier")
LOOKS: Final = RateLimit("verifications", "120/minute")


class Verification(Protocol):
    """Judge whatever was handed over; evidence is opened only when it is waited for."""

    async def __call__(self, given: str, *, evidence: EvidenceMode) -> Report:
        """The whole report."""
        ...


async def verification(request: Request) -> Verification:
    """What judges for the pages; the application keeps it as `app.state.page_verification`."""
    found: Verification = request.app.state.page_verification
    return found


async def development(request: Request) -> bool:
    """Whether addresses on this machine are trusted, which every page then says."""
    return bool(request.app.state.settings.development)


Verify = Annotated[Verification, Depends(verification)]
Development = Annotated[bool, Depends(development)]

router = APIRouter(include_in_schema=False)


@router.get("/")
async def front(
    request: Request,
    verify: Verify,
    develop: Development,
    _: Annotated[None, Depends(LOOKS)],
    credential: Annotated[str, Query(max_length=LONGEST_INPUT)] = "",
    evidence: EvidenceMode = EvidenceMode.CACHED,
) -> Response:
    """The one field; with `?credential=` the answer, so that a check has an address."""
    given = credential.strip()
    if not given:
        return _page(request, "home.html", develop=develop, value="", problem="")
    return await _answer(request, verify, given, develop=develop, evidence=evidence)


@router.post("/", dependencies=[Depends(LOOKS)])
async def check(
    request: Request,
    verify: Verify,
    develop: Development,
    given: Annotated[str, Form(alias="input", max_length=LONGEST_INPUT)] = "",
    evidence: Annotated[EvidenceMode, Form()] = EvidenceMode.CACHED,
) -> Response:
    """Judge what was pasted; a link or a code moves into the address, to be shared and reloaded."""
    text = given.strip()
    if not text:
        return _refused(request, NOTHING_PASTED, given="", develop=develop)
    if evidence is not EvidenceMode.WAIT and (address := link_to(text)):
        return RedirectResponse(address, HTTPStatus.SEE_OTHER, NOT_KEPT)
    return await _answer(request, verify, text, develop=develop, evidence=evidence)


async def _answer(
    request: Request, verify: Verify, given: str, *, develop: bool, evidence: EvidenceMode
) -> Response:
    try:
        report = await verify(given, evidence=evidence)
    except InputRefused as refusal:
        return _refused(request, str(refusal), given=given, develop=develop)
    page = result_page(report, given=given, evidence_pending=evidence is not EvidenceMode.WAIT)
    return _page(request, "result.html", develop=develop or report.development, page=page)


def _refused(request: Request, why: str, *, given: str, develop: bool) -> Response:
    """The field again, with what to paste instead beside it."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    value = given if len(given) <= SHOWN_AGAIN else ""
    return _page(request, "home.html", develop=develop, status=status, value=value, problem=why)


def _page(
    request: Request,
    template: str,
    *,
    develop: bool,
    status: HTTPStatus = HTTPStatus.OK,
    **values: object,
) -> Response:
    context = {"development": develop, **values}
    return TEMPLATES.TemplateResponse(request, template, context, status, NOT_KEPT)
