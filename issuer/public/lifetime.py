"""Is a credential in force now, in the words of its public page?

The page is the issuer's own word: it says so, and a verifier reads the signed status list instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import datetime

Tone = Literal["good", "note", "open", "bad"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the issuer has recorded about a credential after it was signed."""

    state: str
    since: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StateView:
    """How it is drawn: a word, a sentence, and a tone that is never the only signal."""

    tone: Tone
    word: str
    sentence: str
    ended: bool
    reason: str = ""


_WITHDRAWN: Final = "The issuer withdrew this{on}; ignore any earlier screenshot or printout."
_REPLACED: Final = "The issuer replaced this{on} with a newer one; ask the holder for its code."
_ON_HOLD: Final = (
    "On hold{since}: the issuer asks you not to rely on this for now. It may come back into force, "
    "or be withdrawn."
)


def state_view(
    standing: Standing, *, valid_from: datetime | None, valid_until: datetime | None, now: datetime
) -> StateView:
    """The one place where the public page decides whether a credential is in force."""
    on = f" on {day(standing.since)}" if standing.since else ""
    match standing.state:
        case "revoked":
            sentence = _WITHDRAWN.format(on=on)
            return StateView("bad", "Withdrawn", sentence, ended=True, reason=standing.reason)
        case "superseded":
            sentence = _REPLACED.format(on=on)
            return StateView("bad", "Replaced", sentence, ended=True, reason=standing.reason)
        case "suspended":
            since = f" since {day(standing.since)}" if standing.since else ""
            sentence = _ON_HOLD.format(since=since)
            return StateView("note", "On hold", sentence, ended=True, reason=standing.reason)
        case "in_force":
            return _by_calendar(valid_from, valid_until, now)
        case _:
            return StateView(
                "open", "State unknown", "The issuer did not say whether this holds.", ended=True
            )


def _by_calendar(
    valid_from: datetime | None, valid_until: datetime | None, now: datetime
) -> StateView:
    if valid_from and now < valid_from:
        sentence = f"It counts from {day(valid_from)} on."
        return StateView("open", "Not yet in force", sentence, ended=True)
    if valid_until and now >= valid_until:
        sentence = (
            f"Its period of validity ended on {day(valid_until)}. "
            "It is a record of what was assessed then; skills age."
        )
        return StateView("note", "Expired", sentence, ended=True)
    until = f" It counts until {day(valid_until)}." if valid_until else ""
    return StateView("good", "In force", f"Not withdrawn as of today.{until}", ended=False)


def day(moment: datetime) -> str:
    """A date in words: 3 March 2026."""
    return f"{moment.day} {moment:%B} {moment.year}"
