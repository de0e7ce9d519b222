"""Who serves the style sheets?

We do; nothing on our pages comes from anybody else.  The address carries a mark of the content
(`service.pages.AssetUrls`), so that with a mark a browser may keep a file for good.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOR_GOOD: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "public, max-age=300"


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
        return response
