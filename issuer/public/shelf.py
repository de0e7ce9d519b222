"""What do the public pages need from the rest of the issuer?

One small port.  Whatever is private never comes through it, so that no page can tell a private
thing from an absent one.
"""

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from fastapi import Request

from issuer.database import Read
from issuer.public.lifetime import Standing
from service.moment import Now


@dataclass(frozen=True, slots=True)
class Kept:
    """A public credential: the exact bytes as signed, and what was recorded since."""

    code: str
    raw: bytes
    standing: Standing


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A public file of evidence, opened; whoever takes it closes it."""

    stream: BinaryIO
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every page says around its content."""

    issuer_name: str
    verifier_url: str


class Shelf(Protocol):
    """Everything that may be read without a login."""

    @property
    def surroundings(self) -> Surroundings:
        """Who the issuer is, and where an independent check is to be had."""
        ...

    def credential(self, code: str) -> Kept | None:
        """The public credential with this canonical code."""
        ...

    def evidence(self, digest: str) -> KeptFile | None:
        """The public file with this digest."""
        ...

    def status_list(self, name: str) -> bytes | None:
        """The signed status list with this name, as it is now."""
        ...

    def did_document(self) -> bytes | None:
        """The issuer's DID document."""
        ...

    def achievement(self, slug: str, version: str) -> bytes | None:
        """An achievement's version, as JSON."""
        ...

    def achievement_document(self, slug: str, version: str, name: str) -> bytes | None:
        """A document of that version, such as its rubric, as it was bound by digest."""
        ...


async def shelf(request: Request, session: Read, now: Now) -> Shelf:
    """What is on the shelf now; the application keeps how to open it as `app.state.open_shelf`."""
    found: Shelf = request.app.state.open_shelf(session, now)
    return found
