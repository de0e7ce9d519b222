"""Does the reader have this already?

HTTP Semantics (RFC 9110), sections 8.8.3 and 13.1.2: entity tags and If-None-Match.  Every
answer of this package goes out through here, so that each has its tag, its caching and the
headers that let a page of another origin read it.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Final

from fastapi.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATED: Final = "public, no-cache"  # kept, but asked about each time
BRIEFLY: Final = "public, max-age=30, must-revalidate"  # so that a withdrawal is soon known
SHORTLY: Final = "public, max-age=300, must-revalidate"
NOT_KEPT: Final = "no-store"

OPEN: Final[Mapping[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Location",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What lets a page of any origin read a public document: there is nothing to steal here."""


def tag_of(body: bytes) -> str:
    """A strong entity tag: equal exactly when the bytes are."""
    return f'"{urlsafe_b64encode(hashlib.sha256(body).digest()[:18]).decode()}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """Weak comparison (section 8.8.3.2) of the tags the reader has with ours."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    return tag in {entry.strip().removeprefix("W/") for entry in if_none_match.split(",")}


def document(
    request: Request,
    body: bytes,
    *,
    media_type: str,
    caching: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with the bytes, or with 304 when the reader already has them."""
    tag = tag_of(body)
    sent = {**OPEN, "ETag": tag, "Cache-Control": caching, **(headers or {})}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=sent)
    return Response(body, media_type=media_type, headers=sent)
