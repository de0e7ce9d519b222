"""Where is the evidence, as it was assessed?

Files of strangers, served from our origin: always as an attachment, never guessed at, in a sandbox
that runs nothing (Content Security Policy Level 3, section 6.3.2).  The address is the digest, and
so the answer never changes.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import BinaryIO, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from issuer.public.conditional import IMMUTABLE, OPEN, matches
from issuer.public.ranges import Part, RangeNotSatisfiable, part_of
from issuer.public.reads import OnShelf, absent, public_read

CHUNK: Final = 65_536
EXTENSIONS: Final = {
    "application/x-tar": "tar",
    "application/json": "json",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/markdown": "md",
    "text/plain": "txt",
}

router = APIRouter(tags=["public"])


@public_read(
    router,
    "/evidence/{digest}",
    ("application/octet-stream",),
    "A file of evidence, by its digest",
    416,
)
def evidence(request: Request, digest: str, on: OnShelf) -> Response:
    """The file as an attachment; byte ranges are understood."""
    kept = on.evidence(digest)
    if kept is None:
        return absent(request, on)
    tag = f'"{digest}"'
    headers = {
        **OPEN,
        "ETag": tag,
        "Cache-Control": IMMUTABLE,
        "Accept-Ranges": "bytes",
        "Content-Disposition": (
            f'attachment; filename="evidence-{digest[1:17]}.'
            f'{EXTENSIONS.get(kept.media_type, "bin")}"'
        ),
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    if matches(request.headers.get("if-none-match"), tag):
        kept.stream.close()
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    try:
        part = part_of(_range(request, tag), kept.size)
    except RangeNotSatisfiable:
        kept.stream.close()
        headers |= {"Content-Range": f"bytes */{kept.size}"}
        status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        return Response(status_code=status, headers=headers)
    status = HTTPStatus.OK
    if part is not None:
        status = HTTPStatus.PARTIAL_CONTENT
        headers |= {"Content-Range": part.content_range}
    wanted = part or Part(0, kept.size - 1, kept.size)
    headers |= {"Content-Length": str(wanted.length)}
    if request.method == "HEAD":
        kept.stream.close()
        return Response(status_code=status, headers=headers, media_type=kept.media_type)
    return StreamingResponse(
        _pieces(kept.stream, wanted), status, headers, media_type=kept.media_type
    )


def _range(request: Request, tag: str) -> str | None:
    """The Range field, unless it is for another version (RFC 9110, section 13.1.5)."""
    condition = request.headers.get("if-range")
    return request.headers.get("range") if condition in {None, tag} else None


def _pieces(stream: BinaryIO, part: Part) -> Iterator[bytes]:
    with stream:
        stream.seek(part.first)
        left = part.length
        while left > 0 and (piece := stream.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
