"""What did the client hand over?

Anything a person may have at hand becomes an address, a code or a document; what we cannot read
is refused with a sentence that says what to ask the freelancer for.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from schemas.codes import looks_like_code, parse_code
from schemas.errors import MalformedCode
from verifier.errors import MistypedCode, NothingGiven, NotReadHere

LONGEST_INPUT: Final = 600_000  # characters
LONGEST_ADDRESS: Final = 2_048
CREDENTIAL_TYPES: Final = (
    "application/vc",
    "application/ld+json",
    "application/json",
    "application/vc+jwt",
    "application/dc+sd-jwt",
    "application/vc+sd-jwt",
)
ACCEPT: Final = ", ".join(CREDENTIAL_TYPES) + ", text/html;q=0.5, */*;q=0.1"

_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_BARE_ADDRESS: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?/\S+", re.IGNORECASE)
_JWT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*(?:~.*)?", re.DOTALL)

ASK_FOR_LINK: Final = "Paste the credential's link or code; ask the freelancer for it."


@dataclass(frozen=True, slots=True)
class Address:
    """A link to a credential or to its page."""

    url: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code as printed under a QR code, in its canonical form."""

    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A document, as bytes."""

    raw: bytes = field(repr=False)


def read_input(given: str) -> Address | Code | Pasted:
    """Tell what was pasted.

    Raises:
        NothingGiven: nothing was.
        MistypedCode: a code with a mistake in it.
        NotReadHere: something else, with what to ask for instead.
    """
    text = given.strip().strip("\ufeff")
    if not text:
        raise NothingGiven
    if len(text) > LONGEST_INPUT:
        raise NotReadHere(f"This is longer than any credential. {ASK_FOR_LINK}")
    if text.startswith("{"):
        return Pasted(text.encode("utf-8", errors="surrogatepass"))
    if _ADDRESS.fullmatch(text):
        return _address(text)
    if looks_like_code(text):
        try:
            return Code(parse_code(text))
        except MalformedCode as error:
            raise MistypedCode(f"This code can't be right: {error}.") from error
    if _BARE_ADDRESS.fullmatch(text):
        return _address(f"https://{text}")
    if text.startswith("["):
        raise NotReadHere("This is a list. Paste one credential at a time, from { to }.")
    if text.startswith("ey") and _JWT.fullmatch(text):
        return Pasted(text.encode())
    raise NotReadHere(f"This is neither a link, a code nor a credential. {ASK_FOR_LINK}")


def _address(url: str) -> Address:
    if len(url) > LONGEST_ADDRESS:
        raise NotReadHere(f"This link is too long to be opened. {ASK_FOR_LINK}")
    return Address(url)


def refuse_picture(media_type: str) -> None:
    """Refuse what only looks like a credential.

    Raises:
        NotReadHere: it is a picture.
    """
    if media_type.startswith("image/"):
        raise NotReadHere("A picture can't be checked; ask for the code or link.")


def linked_credential(page: bytes, base: str) -> str | None:
    """The address of the credential that an HTML page links to as its alternate form."""
    finder = _Links()
    try:
        finder.feed(page[:LONGEST_INPUT].decode("utf-8", errors="replace"))
        return urljoin(base, finder.found) if finder.found else None
    except (AssertionError, ValueError):  # how the two parsers refuse broken markup and addresses
        return None


class _Links(HTMLParser):
    """Finds the first `<link rel="alternate">` with the media type of a credential."""

    def __init__(self) -> None:
        super().__init__()
        self.found: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "link" or self.found:
            return
        given = {name: value or "" for name, value in attrs}
        media_type = given.get("type", "").partition(";")[0].strip().lower()
        if "alternate" in given.get("rel", "").lower().split() and media_type in CREDENTIAL_TYPES:
            self.found = given.get("href") or None
