"""How does a page come to be?

Server-rendered, complete without JavaScript; everything a stranger wrote is escaped, a name that
the page does not know is an error, and a file's address changes with its content.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

SHARED: Final = Path(str(files("service")))
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"
DIRECTION_CONTROLS: Final = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def date_words(moment: date | datetime) -> str:
    """3 March 2026: unambiguous wherever it is read."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def isolate(text: object) -> Markup:
    """A stranger's text that cannot turn around the words beside it (Unicode UAX #9)."""
    plain = str(text).translate(DIRECTION_CONTROLS)
    return escape(f"{FIRST_STRONG_ISOLATE}{plain}{POP_ISOLATE}")


def static_folders(package: str) -> tuple[Path, ...]:
    """Where a service's static files are: its own first, then the shared ones."""
    own = Path(str(files(package))) / "static"
    return tuple(folder for folder in (own, SHARED / "static") if folder.is_dir())


@lru_cache(maxsize=256)
def content_mark(file: Path) -> str:
    """A few symbols that change when the file does."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


class AssetUrls:
    """Addresses of static files, each with a mark of its content; looked at once."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._known: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The address of one file, as a template of ours names it.

        Raises:
            FileNotFoundError: no folder has it; a page never points at nothing.
        """
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> str:
        for folder in self._folders:
            file = folder / name
            if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
                return f"/static/{name}?v={content_mark(file)}"
        raise FileNotFoundError(name)


def page_templates(package: str) -> Jinja2Templates:
    """The templates of a service, over the shared ones."""
    folders = [Path(str(files(package))) / "templates", SHARED / "templates"]
    environment = Environment(
        loader=FileSystemLoader(folders),
        auto_reload=False,  # they come with the package
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(date_words=date_words, isolate=isolate)
    environment.globals["asset_url"] = AssetUrls(static_folders(package))
    return Jinja2Templates(env=environment)
