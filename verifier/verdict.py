"""What is the client told?

Checks ask one question each; one function makes the verdict of all of them, and the page, the
API, the command line and every picture use it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """The answer to one question."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer.

    Attributes:
        code: stable name of the question.
        outcome: the answer; `not_checked` is never good news.
        sentence: the answer for a client, at most 30 words.
        detail: the answer for an engineer.
        because: why it is not `passed`; a short stable reason.
        looked_at: the address or the part of the document that was looked at.
        checked_at: when what was looked at was fetched, if it was.
        meaning: what it means for the client.
        advice: what the client can do.
        subject: the name of the item, where a question has a row for each.
    """

    code: str
    outcome: Outcome
    sentence: str
    detail: str = ""
    because: str = ""
    looked_at: str | None = None
    checked_at: datetime | None = None
    meaning: str = ""
    advice: str = ""
    subject: str | None = None

    def __post_init__(self) -> None:
        if self.outcome is not Outcome.PASSED and not self.because:
            raise ValueError(f"{self.code}: {self.outcome} needs a reason")


class Verdict(StrEnum):
    """What a client is told in a few words."""

    CONFIRMED = "confirmed"
    CONFIRMED_WITH_NOTES = "confirmed_with_notes"
    NOT_FULLY_CHECKED = "not_fully_checked"
    DO_NOT_RELY = "do_not_rely"

    @property
    def words(self) -> str:
        """The verdict in the client's words."""
        return _WORDS[self]


_WORDS: Final = {
    Verdict.CONFIRMED: "Confirmed",
    Verdict.CONFIRMED_WITH_NOTES: "Confirmed, with something to know",
    Verdict.NOT_FULLY_CHECKED: "Couldn't be fully checked",
    Verdict.DO_NOT_RELY: "Don't rely on this",
}

ESSENTIAL: Final = frozenset({"format", "proof", "issuer_key", "status", "related_resources"})
"""What must have been checked, and be there at all, before anything is confirmed."""

KNOWN_ISSUER: Final = "issuer"


def verdict(checks: Collection[Check]) -> Verdict:
    """The verdict that follows from the checks, whoever asks.

    Any failed check is a reason not to rely on the document.  A question that is essential and
    was not answered, or was not even asked, and an issuer that we do not know, leave it open.
    """
    outcomes = {check.outcome for check in checks}
    if Outcome.FAILED in outcomes:
        return Verdict.DO_NOT_RELY
    answered = {check.code for check in checks if check.outcome is not Outcome.NOT_CHECKED}
    open_questions = {
        check.code for check in checks if check.outcome is Outcome.NOT_CHECKED
    } & ESSENTIAL
    known = any(c.code == KNOWN_ISSUER and c.outcome is Outcome.PASSED for c in checks)
    if open_questions or not known or not answered >= ESSENTIAL:
        return Verdict.NOT_FULLY_CHECKED
    if Outcome.WARNING in outcomes:
        return Verdict.CONFIRMED_WITH_NOTES
    return Verdict.CONFIRMED
