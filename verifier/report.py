"""What was found out about one credential?"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from verifier.verdict import Check, Outcome, Verdict

PLAIN: Final = frozenset({str, int, bool, type(None), Outcome})
"""What JSON holds as it is."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One criterion: the level reached, and the one that was required; plain text."""

    criterion: str
    level: str
    level_means: str
    required: str
    reason: str
    place: int  # of the level reached, 1 for the lowest
    places: int  # how many levels there are


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One thing the credential points at; plain text."""

    name: str
    genre: str
    narrative: str
    url: str
    digest: str
    media_type: str


@dataclass(frozen=True, slots=True)
class CredentialSummary:
    """What the document says, for people; every text is a stranger's and never markup."""

    id: str
    name: str
    achievement: str
    description: str
    criteria: str
    assessed_by: str
    results: tuple[ResultLine, ...]
    evidence: tuple[EvidenceLine, ...]
    identifiers: int
    valid_from: datetime | None
    valid_until: datetime | None
    awarded: datetime | None
    method: str = ""
    ai_use: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuerView:
    """Who issued it: from our own list if it is on one, else only what it calls itself."""

    id: str
    known: bool
    name: str
    url: str | None = None
    listed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole answer: the verdict, the checks it follows from, and what the document says.

    `credential` and `issuer` are absent when the proof does not hold: nothing of a document's
    content is shown then.
    """

    verdict: Verdict
    headline: str
    checks: tuple[Check, ...]
    credential: CredentialSummary | None
    issuer: IssuerView | None
    checked_at: datetime
    cache_until: datetime
    development: bool = False

    def as_json(self) -> dict[str, Any]:
        """The answer of the API; members in camelCase, times in UTC."""
        return {
            "verdict": self.verdict.value,
            "verdictWords": self.verdict.words,
            "sentence": self.headline,
            "checks": checks_as_json(self.checks),
            "credential": _written(self.credential),
            "issuer": _written(self.issuer),
            "checkedAt": moment_as_json(self.checked_at),
            "cacheUntil": moment_as_json(self.cache_until),
            "development": self.development,
        }


def checks_as_json(checks: Iterable[Check]) -> list[dict[str, Any]]:
    """Checks as the API gives them."""
    return [_written(check) for check in checks]


def moment_as_json(moment: datetime) -> str:
    """A time in UTC, to the second."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"


def _written(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is tuple:
        return [_written(item) for item in value]
    if kind is datetime:
        return moment_as_json(value)
    members = ((name, getattr(value, own)) for own, name in _members(value.__class__))
    return {name: member if type(member) in PLAIN else _written(member) for name, member in members}


@cache
def _members(kind: type) -> tuple[tuple[str, str], ...]:
    """The members of a dataclass of ours: what we call them, and what JSON does."""
    return tuple((each.name, _camel(each.name)) for each in fields(kind))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
