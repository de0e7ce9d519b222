"""What stands at a credential's own address?

The page for a person, the exact signed bytes for a program (content negotiation, RFC 9110,
section 12.5.1), and the QR code that leads here.  A code that is absent, private or mistyped gets
one and the same answer, and guessing is slow.
"""

from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from issuer.public.conditional import OPEN, REVALIDATED, SHORTLY, document
from issuer.public.credential_page import Record, credential_page
from issuer.public.evidence_documents import evidence_documents
from issuer.public.json_reading import text
from issuer.public.negotiation import preferred
from issuer.public.qr import LARGEST, SMALLEST, USUAL, Label, png, svg
from issuer.public.reads import NOT_ACCEPTABLE, OnShelf, absent, public_read, refusal, rendered
from issuer.public.shelf import Kept
from schemas.codes import parse_code
from schemas.document import Document
from schemas.errors import SchemaError
from service.moment import Now
from service.rate_limits import RateLimit

FORMS: Final = ("text/html", "application/vc", "application/ld+json", "application/json")
LOOK_UPS: Final = RateLimit("credential-look-ups", "300/minute")

router = APIRouter(tags=["public"], dependencies=[Depends(LOOK_UPS)])
Size = Annotated[int, Query(ge=SMALLEST, le=LARGEST, description="Width in pixels.")]


def canonical(typed: str) -> str | None:
    """The code that was meant, or None when what was typed is no code."""
    try:
        return parse_code(typed)
    except SchemaError:
        return None


def elsewhere(typed: str, rest: str = "") -> Response | None:
    """A redirect to the canonical form of a code that was typed another way."""
    code = canonical(typed)
    if code is None or code == typed:
        return None
    return RedirectResponse(f"/c/{code}{rest}", status_code=308, headers=OPEN)


@public_read(
    router, "/c/{typed}.json", ("application/vc",), "The signed credential, byte for byte", 429
)
def credential_json(request: Request, typed: str, on: OnShelf) -> Response:
    """Always the signed bytes, whatever the reader prefers."""
    if moved := elsewhere(typed, ".json"):
        return moved
    kept = on.credential(typed)
    return signed(request, kept, "application/vc") if kept else absent(request, on)


@public_read(router, "/c/{typed}/qr.png", ("image/png",), "QR code as a picture", 429)
def qr_png(request: Request, typed: str, on: OnShelf, size: Size = USUAL) -> Response:
    """The short URL as a QR code, with code and domain under it."""
    if moved := elsewhere(typed, f"/qr.png?size={size}"):
        return moved
    kept = on.credential(typed)
    if kept is None:
        return absent(request, on)
    return document(request, png(label(kept), size), media_type="image/png", caching=SHORTLY)


@public_read(router, "/c/{typed}/qr.svg", ("image/svg+xml",), "QR code as a drawing", 429)
def qr_svg(request: Request, typed: str, on: OnShelf, size: Size = USUAL) -> Response:
    """The same as a drawing that can be printed at any size."""
    if moved := elsewhere(typed, f"/qr.svg?size={size}"):
        return moved
    kept = on.credential(typed)
    if kept is None:
        return absent(request, on)
    return document(request, svg(label(kept), size), media_type="image/svg+xml", caching=SHORTLY)


@public_read(
    router, "/c/{typed}", FORMS, "A credential: page or signed document, by Accept", 406, 429
)
def credential(request: Request, typed: str, on: OnShelf, now: Now) -> Response:
    """The page for people, the signed bytes for programs."""
    if moved := elsewhere(typed):
        return moved
    kept = on.credential(typed)
    if kept is None:
        return absent(request, on)
    match preferred(request.headers.get("accept"), FORMS):
        case None:
            return refusal(NOT_ACCEPTABLE)
        case "text/html":
            view = Document.read(kept.raw).view
            record = Record(kept.code, view, kept.standing, evidence_documents(view, on))
            page = credential_page(record, verifier_url=on.surroundings.verifier_url, now=now)
            linked = {"Link": f'<{page.json_path}>; rel="alternate"; type="application/vc"'}
            body = rendered("credential.html", on, page=page)
            return document(
                request,
                body,
                media_type="text/html",
                caching=REVALIDATED,
                headers={"Vary": "Accept", **linked},
            )
        case media_type:
            return signed(request, kept, media_type)


def signed(request: Request, kept: Kept, media_type: str) -> Response:
    """The exact bytes that were signed."""
    headers = {"Vary": "Accept", "Content-Location": f"/c/{kept.code}.json"}
    return document(request, kept.raw, media_type=media_type, caching=SHORTLY, headers=headers)


def label(kept: Kept) -> Label:
    """What stands in and under the QR code."""
    url = text(Document.read(kept.raw).view.get("id"))
    return Label(url, kept.code, urlsplit(url).netloc)
