"""What follows from the facts?

Pure: facts in, report out.  While the signature or its key is not established, nothing that the
document says is looked at, let alone shown.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from verifier import checks
from verifier.answers import answer
from verifier.checks import evidence, format, issuer, issuer_key, proof  # noqa: A004 - a check
from verifier.facts import Facts
from verifier.reading import moment_or_none
from verifier.report import CredentialSummary, IssuerView, Report
from verifier.sentences import say
from verifier.summary import summary
from verifier.verdict import ESSENTIAL, Check, Outcome, Verdict, verdict

ORDER_OF_POWER: Final = (
    "format",
    "proof",
    "issuer_key",
    "status",
    "issuer",
    "self_issued",
    "validity_period",
    "related_resources",
    "schema",
    "assessment",
    "evidence",
    "holder",
)
"""Which answer leads, when several could."""

KEEP: Final = timedelta(minutes=5)


def judge(facts: Facts, *, development: bool = False) -> Report:
    """Make the report of a document that could be read as JSON."""
    formed = format.check(facts.document.view, facts.form, facts.undefined)
    if formed.outcome is Outcome.FAILED:
        return unproven([formed], facts.now, development=development)
    proven, key = proof.check(facts), issuer_key.check(facts)
    if proven.outcome is Outcome.FAILED:
        return unproven([formed, proven], facts.now, development=development)
    if proven.outcome is not Outcome.PASSED or key.outcome is Outcome.FAILED:
        return unproven([formed, proven, key], facts.now, development=development)
    if formed.outcome is Outcome.PASSED and (old := _deprecated(facts)):
        formed = format.signed_in_an_old_way(old)
    answers: dict[str, tuple[Check, ...]] = {
        code: (check(facts),) for code, check in checks.ON_FACTS.items()
    }
    answers |= {"format": (formed,), "proof": (proven,), "issuer_key": (key,)}
    answers |= {"evidence": evidence.check(facts)}
    return _report(
        tuple(check for code in checks.CODES for check in answers[code]),
        summary(facts),
        issuer.look_up(facts),
        facts.now,
        _cache_until(facts),
        development=development,
    )


def unproven(known: Iterable[Check], now: datetime, *, development: bool = False) -> Report:
    """The report when it is not established that the document is genuine: nothing of it."""
    answers = {check.code: check for check in known}
    every = tuple(
        answers.get(code)
        or answer(Outcome.NOT_CHECKED, "unproven", code=code, because="not_established")
        for code in checks.CODES
    )
    return _report(every, None, None, now, now, development=development)


def _report(  # noqa: PLR0913 - the parts of a report
    every: tuple[Check, ...],
    said: CredentialSummary | None,
    who: IssuerView | None,
    now: datetime,
    cache_until: datetime,
    *,
    development: bool,
) -> Report:
    told = verdict(every)
    return Report(
        verdict=told,
        headline=headline(told, every, who),
        checks=every,
        credential=said,
        issuer=who,
        checked_at=now,
        cache_until=cache_until,
        development=development,
    )


def headline(told: Verdict, every: tuple[Check, ...], who: IssuerView | None) -> str:
    """The one sentence that leads: that of the most powerful check behind the verdict."""
    ordered = sorted(every, key=lambda check: ORDER_OF_POWER.index(check.code))
    match told:
        case Verdict.DO_NOT_RELY:
            deciding = [check for check in ordered if check.outcome is Outcome.FAILED]
        case Verdict.NOT_FULLY_CHECKED:
            deciding = [
                check
                for check in ordered
                if (check.outcome is Outcome.NOT_CHECKED and check.code in ESSENTIAL)
                or (check.code == "issuer" and check.outcome is Outcome.WARNING)
            ]
        case Verdict.CONFIRMED_WITH_NOTES:
            deciding = [check for check in ordered if check.outcome is Outcome.WARNING]
        case Verdict.CONFIRMED:
            return say("verdict.confirmed", issuer=who.name if who else "")
    return deciding[0].sentence


def _deprecated(facts: Facts) -> list[str]:
    signatures = facts.signatures if isinstance(facts.signatures, tuple) else ()
    return sorted({s.proof.cryptosuite for s in signatures if s.proof.deprecated})


def _cache_until(facts: Facts) -> datetime:
    ends = [(found.at or facts.now) + _life(found.ttl_ms) for found in facts.statuses]
    latest = max(facts.now, min([facts.now + KEEP, *ends]))
    until = moment_or_none(facts.document.view.get("validUntil"))
    return until if until is not None and facts.now < until < latest else latest


def _life(ttl_ms: int | None) -> timedelta:
    return KEEP if ttl_ms is None else min(KEEP, timedelta(milliseconds=ttl_ms))
