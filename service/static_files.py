"""Who serves the style sheets?

We do; nothing on our pages comes from anybody else.  The address carries a mark of the content
(`service.pages.AssetUrls`), so that with a mark a browser may keep a file for good.  What is text
is sent packed; it holds no secret that its length could tell.
"""

import gzip
import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOR_GOOD: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "public, max-age=300"
UNPACKS: Final = re.compile(r"(?:^|,)\s*gzip\s*(?:$|,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))").search
"""Whether `Accept-Encoding` (RFC 9110, section 12.5.3) takes gzip."""

OF_PLAIN: Final = frozenset({"content-length", "accept-ranges"})
"""Headers that are true of the file as it stands."""

PACKED: Final = ("text/", "application/javascript", "image/svg+xml")
"""Media types that become smaller; pictures and fonts are packed already."""


class StaticFolders(StaticFiles):
    """Several folders under one address; the first that has the file answers."""

    def __init__(self, folders: Iterable[Path]) -> None:
        found = tuple(folders)
        super().__init__(directory=found[0])
        self.all_directories = [os.fspath(folder) for folder in found]

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; kept for good where its address names its content."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            raise HTTPException(error.status_code) from error
        marked = "v" in parse_qs(scope.get("query_string", b"").decode("latin-1"))
        response.headers["cache-control"] = FOR_GOOD if marked else ASK_AGAIN
        return _packed(response, Headers(scope=scope))


def _packed(response: Response, asked: Headers) -> Response:
    """The same file, packed if whoever asks can unpack it."""
    is_text = response.media_type is not None and response.media_type.startswith(PACKED)
    if not isinstance(response, FileResponse) or not is_text:
        return response
    response.headers["vary"] = "Accept-Encoding"
    if not UNPACKS(asked.get("accept-encoding", "")) or "range" in asked:
        return response
    headers = {name: value for name, value in response.headers.items() if name not in OF_PLAIN}
    headers["content-encoding"] = "gzip"
    headers["etag"] = f"W/{headers['etag']}"  # the same file, in other bytes
    file = Path(response.path)
    return Response(_packed_file(file, file.stat().st_mtime_ns), headers=headers)


@lru_cache(maxsize=64)
def _packed_file(file: Path, changed: int) -> bytes:
    """A file of ours as it was at that time, packed once."""
    del changed
    return gzip.compress(file.read_bytes(), 9, mtime=0)
