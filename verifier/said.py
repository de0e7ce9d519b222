"""What does the document say, once we know that nobody changed it?

Text only, never markup.  An address becomes a link only when it is https; the issuer's name comes
from our own list or stands in quotation marks (`verification.md`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from service.pages import DIRECTION_CONTROLS, date_words
from service.scope import scope_of
from verifier.report import CredentialSummary, EvidenceLine, IssuerView, ResultLine

MOST_STEPS: Final = 10  # a ruler longer than that is a stranger's joke


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the small ruler that is drawn beside the words."""

    reached: bool
    required: bool


@dataclass(frozen=True, slots=True)
class ResultView:
    """The level reached in one criterion."""

    criterion: str
    reached: str
    place: str
    required: str
    reason: str
    meaning: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One thing that the document points at."""

    name: str
    genre: str
    narrative: str
    url: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the document says, in the order in which the page says it."""

    name: str
    description: str
    facts: tuple[Fact, ...]
    covers: str
    leaves_out: str
    results: tuple[ResultView, ...]
    evidence: tuple[EvidenceView, ...]


def said_of(credential: CredentialSummary, issuer: IssuerView | None) -> Said:
    """Read the page's words out of what the report says about the document."""
    scope = scope_of(plain(credential.criteria))
    facts = (
        ("Issued by", issuer_words(issuer)),
        ("Assessed by", credential.assessed_by),
        ("How", credential.method),
        ("Assessed on", date_words(credential.awarded) if credential.awarded else ""),
        ("Counts", _period(credential.valid_from, credential.valid_until)),
        ("AI use", credential.ai_use),
        ("Address", credential.id),
    )
    return Said(
        name=plain(credential.achievement or credential.name),
        description=plain(credential.description),
        facts=tuple(Fact(label, plain(text)) for label, text in facts if text),
        covers=scope.covers,
        leaves_out=scope.leaves_out,
        results=tuple(_result(line) for line in credential.results),
        evidence=tuple(_evidence(line) for line in credential.evidence),
    )


def issuer_words(issuer: IssuerView | None) -> str:
    """The name on our list, or the claimed one in quotation marks."""
    if issuer is None:
        return ""
    if issuer.known:
        return issuer.name
    claimed = issuer.name.strip("'\"") or issuer.id
    return f"'{claimed}', which is on no list we use"


def plain(text: str) -> str:
    """A text without the invisible marks that turn letters around (Unicode UAX #9)."""
    return text.translate(DIRECTION_CONTROLS)


def _period(begin: datetime | None, end: datetime | None) -> str:
    begins = f"from {date_words(begin)}" if begin else ""
    return f"{begins} until {date_words(end)}".strip() if end else begins


def _result(line: ResultLine) -> ResultView:
    return ResultView(
        criterion=plain(line.criterion),
        reached=plain(line.level),
        place=f"level {line.place} of {line.places}" if line.place else "",
        required=plain(line.required),
        reason=plain(line.reason),
        meaning=plain(line.level_means),
        steps=tuple(
            Step(place <= line.place, required=False)
            for place in range(1, min(line.places, MOST_STEPS) + 1)
        ),
    )


def _evidence(line: EvidenceLine) -> EvidenceView:
    return EvidenceView(
        name=plain(line.name) or "An item without a name",
        genre=plain(line.genre),
        narrative=plain(line.narrative),
        url=plain(line.url),
        linked=may_be_linked(line.url),
    )


def may_be_linked(address: str) -> bool:
    """Only https, with a host and without user information."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
