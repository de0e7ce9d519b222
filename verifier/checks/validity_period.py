"""Is it in force now?  VCDM 2.0, section 4.9 (Validity Period)."""

from typing import Final

from verifier.answers import answer
from verifier.facts import Facts
from verifier.reading import moment
from verifier.sentences import day
from verifier.verdict import Check, Outcome

CODE: Final = "validity_period"


def check(facts: Facts) -> Check:
    """Compare the dates with the time of the check."""
    view = facts.document.view
    try:
        since = moment(view.get("validFrom", view.get("issuanceDate")))
        until = moment(view.get("validUntil", view.get("expirationDate")))
    except ValueError:
        detail = "validFrom and validUntil must be date-times"
        return answer(Outcome.FAILED, "validity_period.unreadable", detail=detail)
    if since is not None and since > facts.now:
        return answer(Outcome.FAILED, "validity_period.early", since=day(since))
    if until is not None and until < facts.now:
        return answer(Outcome.WARNING, "validity_period.expired", until=day(until))
    if until is not None:
        return answer(Outcome.PASSED, "validity_period.until", until=day(until))
    return answer(Outcome.PASSED, "validity_period.passed", detail="no end is given")
