"""Was it withdrawn?  Bitstring Status List 1.0, section 3.2.

A list that is unreachable, stale, tampered, somebody else's or about something else tells
nothing; only a bit read from the issuer's own valid list is an answer.
"""

from typing import Final

from proofs.status import Purpose, StatusList
from verifier.answers import answer
from verifier.facts import Facts, Published
from verifier.verdict import Check, Outcome

CODE: Final = "status"
ANSWERS: Final = {Purpose.REVOCATION, Purpose.SUSPENSION}


def check(facts: Facts) -> Check:
    """Judge every status entry; withdrawn counts before unknown, unknown before in force."""
    if not facts.statuses:
        return answer(Outcome.WARNING, "status.none")
    answers = [_check(published) for published in facts.statuses]
    for outcome in (Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.WARNING):
        for found in answers:
            if found.outcome is outcome:
                return found
    return answers[0]


def _check(published: Published) -> Check:
    entry, found = published.entry, published.found
    where = entry.list_url if entry else None
    if entry is None or not isinstance(found, StatusList):
        return answer(
            Outcome.NOT_CHECKED,
            "status.not_checked",
            because="no_usable_list",
            detail=str(found),
            looked_at=where,
        )
    if entry.purpose not in ANSWERS:
        return answer(
            Outcome.NOT_CHECKED,
            "status.not_checked",
            because="other_purpose",
            detail=f"status purpose {entry.purpose} does not tell whether it was withdrawn",
            looked_at=where,
        )
    is_set = found.value(entry.index, entry.size) != 0
    if is_set and entry.purpose is Purpose.REVOCATION:
        outcome, key = Outcome.FAILED, "status.revoked"
    elif is_set:
        outcome, key = Outcome.WARNING, "status.suspended"
    else:
        outcome, key = Outcome.PASSED, "status.passed"
    detail = f"{entry.purpose}, entry {entry.index}"
    return answer(outcome, key, detail=detail, looked_at=where, at=published.at)
