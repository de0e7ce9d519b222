"""What does the issuer publish for programs: its keys, its status lists, its schema?

DID Web (`/.well-known/did.json`), Bitstring Status List v1.0, section 3, and VCDM 2.0, section
4.11 (`credentialSchema`).
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from issuer.public.conditional import BRIEFLY, IMMUTABLE, REVALIDATED, SHORTLY, document
from issuer.public.reads import OnShelf, absent, public_read, rendered
from schemas.validate import profile_schema

SCHEMA: Final = "skillmark-credential-1.json"

router = APIRouter(tags=["public"])


@public_read(
    router, "/.well-known/did.json", ("application/did+json",), "The issuer's DID document"
)
def did_document(request: Request, on: OnShelf) -> Response:
    """The keys with which this issuer signs."""
    body = on.did_document()
    if body is None:
        return absent(request, on)
    return document(request, body, media_type="application/did+json", caching=SHORTLY)


@public_read(router, "/status/{name}", ("application/vc",), "A signed status list")
def status_list(request: Request, name: str, on: OnShelf) -> Response:
    """Which credentials were withdrawn; kept by others for seconds, so that it is soon known."""
    body = on.status_list(name)
    if body is None:
        return absent(request, on)
    return document(request, body, media_type="application/vc", caching=BRIEFLY)


@public_read(
    router, f"/schemas/{SCHEMA}", ("application/schema+json",), "The JSON Schema of our credentials"
)
def credential_schema(request: Request) -> Response:
    """JSON Schema 2020-12; the file never changes, a new version gets a new name."""
    body = profile_schema()
    return document(request, body, media_type="application/schema+json", caching=IMMUTABLE)


@public_read(router, "/", ("text/html",), "What this is")
def home(request: Request, on: OnShelf) -> Response:
    """What this is, and where to check a credential."""
    body = rendered("home.html", on)
    return document(request, body, media_type="text/html", caching=REVALIDATED)
