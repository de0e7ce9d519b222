"""What does a client read after a check?

The verdict in one sentence, then five questions.  Pure: a report in, a frozen page value out; the
verdict is the report's own, nothing here judges.  A check is never drawn by colour alone, and when
the report has no credential (the proof failed) nothing of the document can reach the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from urllib.parse import urlencode

from service.pages import date_words
from verifier.report import Report
from verifier.said import Fact, Said, plain, said_of
from verifier.verdict import Check, Outcome, Verdict

Tone = Literal["good", "note", "open", "bad"]

TONES: Final[Mapping[Verdict, Tone]] = {
    Verdict.CONFIRMED: "good",
    Verdict.CONFIRMED_WITH_NOTES: "note",
    Verdict.NOT_FULLY_CHECKED: "open",
    Verdict.DO_NOT_RELY: "bad",
}

OUTCOMES: Final[Mapping[Outcome, tuple[Tone, str]]] = {
    Outcome.PASSED: ("good", "Fine"),
    Outcome.WARNING: ("note", "Something to know"),
    Outcome.FAILED: ("bad", "Problem"),
    Outcome.NOT_CHECKED: ("open", "Not checked"),
}

DONE: Final = "What was done and how was it assessed?"

QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "Genuine?": ("format", "proof", "schema", "related_resources"),
    "Who says so?": ("issuer_key", "issuer", "self_issued"),
    "Still valid?": ("validity_period", "status"),
    DONE: ("assessment", "evidence"),
    "Is it this person's?": ("holder",),
}

ALWAYS: Final = (
    "We did not judge the skill itself; the assessor named here did.",
    "Neither the freelancer nor the issuer is told that you looked.",
)

_LINKABLE: Final = 2_000  # symbols; browsers and logs cut longer addresses


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check: an outcome in words, a sentence, and the facts that open on demand."""

    tone: Tone
    outcome: str
    subject: str
    sentence: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the five questions with its checks.

    Attributes:
        title: the question.
        checks: what was checked to answer it; what would read the same stands there once.
        tells: the place where the page says what the document says.
        waiting: evidence is still to be looked at.
    """

    title: str
    checks: tuple[CheckView, ...]
    tells: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class EngineersRow:
    """A check as an engineer reads it."""

    code: str
    outcome: str
    because: str
    detail: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything that the page says, in the order in which it says it."""

    tone: Tone
    verdict: str
    sentence: str
    said: Said | None
    questions: tuple[Question, ...]
    always: tuple[str, ...]
    checked_at: str
    link: str
    input: str
    engineers: tuple[EngineersRow, ...]


def result_page(report: Report, *, given: str, evidence_pending: bool) -> ResultPage:
    """Read the page out of a report.

    Args:
        report: the judgement, whole.
        given: what the client handed over, so that evidence can be checked for the same.
        evidence_pending: evidence was left for later, to answer sooner.
    """
    waiting = (
        evidence_pending
        and report.credential is not None
        and any(_awaits(check) for check in report.checks)
    )
    return ResultPage(
        tone=TONES[report.verdict],
        verdict=report.verdict.words,
        sentence=plain(report.headline),
        said=said_of(report.credential, report.issuer) if report.credential else None,
        questions=_questions(report.checks, waiting=waiting),
        always=ALWAYS,
        checked_at=time_words(report.checked_at),
        link=link_to(given),
        input=given,
        engineers=tuple(
            EngineersRow(check.code, check.outcome.value, check.because, plain(check.detail))
            for check in report.checks
        ),
    )


def _awaits(check: Check) -> bool:
    return check.code == "evidence" and check.outcome is Outcome.NOT_CHECKED


def _questions(checks: Iterable[Check], *, waiting: bool) -> tuple[Question, ...]:
    listed = list(checks)
    known = {code for codes in QUESTIONS.values() for code in codes}
    asked = {title: [c for c in listed if c.code in codes] for title, codes in QUESTIONS.items()}
    asked["Also"] = [check for check in listed if check.code not in known]
    return tuple(
        Question(
            title,
            tuple(dict.fromkeys(_check(check) for check in found)),
            tells=title == DONE,
            waiting=waiting and title == DONE,
        )
        for title, found in asked.items()
        if found
    )


def _check(check: Check) -> CheckView:
    tone, outcome = OUTCOMES[check.outcome]
    looked = (
        ("What we looked at", check.looked_at),
        ("When", time_words(check.checked_at) if check.checked_at else ""),
        ("What it means", check.meaning),
        ("What to do", check.advice),
    )
    facts = tuple(Fact(label, plain(text)) for label, text in looked if text)
    return CheckView(tone, outcome, plain(check.subject or ""), plain(check.sentence), facts)


def time_words(moment: datetime) -> str:
    """3 March 2026 at 12:00 UTC."""
    return f"{date_words(moment)} at {moment:%H:%M} UTC"


def link_to(given: str) -> str:
    """An address that repeats the check, for what is short enough to stand in one."""
    text = given.strip()
    if len(text) > _LINKABLE or any(mark in text for mark in "{}[]\n") or not text:
        return ""
    return "/?" + urlencode({"credential": text})
