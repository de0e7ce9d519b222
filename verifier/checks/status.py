"""Was it withdrawn?  Bitstring Status List 1.0, section 3.2.

A list that is unreachable, stale, tampered, somebody else's or about something else tells
nothing; only what is read from the issuer's own valid list is an answer.  Of several entries the
worst counts.
"""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from proofs.status import Purpose, Status
from verifier.answers import answer
from verifier.facts import Facts, Published, Untold
from verifier.sentences import shortened
from verifier.verdict import Check, Outcome

CODE: Final = "status"
LONGEST_MESSAGE: Final = 200  # characters, for an engineer

SET: Final = MappingProxyType(
    {
        Purpose.REVOCATION.value: (Outcome.FAILED, "status.revoked"),
        Purpose.SUSPENSION.value: (Outcome.WARNING, "status.suspended"),
        Purpose.REFRESH.value: (Outcome.WARNING, "status.refreshed"),
        Purpose.MESSAGE.value: (Outcome.WARNING, "status.message"),
    }
)
"""Purpose → what it is when the value is not 0."""

TELLS: Final = frozenset({Purpose.REVOCATION, Purpose.SUSPENSION})
"""The purposes whose 0 is good news; that of the others is no news."""

WORST_FIRST: Final = (
    "revoked",
    "no_usable_list",
    "outside_list",
    "unknown_kind",
    "unknown_purpose",
    "suspended",
    "message",
    "refreshed",
    "none",
    "deprecated",
    "",
)
"""Every reason that is given here, in the order in which one counts more than another."""


def check(facts: Facts) -> Check:
    """Judge every status entry; withdrawn counts before unknown, unknown before in force."""
    told = [_check(published) for published in facts.statuses]
    answers = sorted(filter(None, told), key=lambda found: WORST_FIRST.index(found.because))
    if not answers or not any(map(_is_about_withdrawal, facts.statuses)):
        none = answer(Outcome.WARNING, "status.none", detail=_details(facts.statuses))
        answers = sorted([*answers, none], key=lambda found: WORST_FIRST.index(found.because))
    worst, *others = answers
    details = [found.detail for found in (worst, *others) if found.detail]
    return replace(worst, detail="; ".join(dict.fromkeys(details)))


def _check(published: Published) -> Check | None:
    """The answer of one entry; nothing where an entry says nothing about being in force."""
    found, where = published.found, published.list_url
    if isinstance(found, Untold):
        key = "status.unknown_kind" if found.unknown_kind else "status.not_checked"
        because = "outside_list" if found.outside_list else "no_usable_list"
        because = "unknown_kind" if found.unknown_kind else because
        detail = _detail(published)
        return answer(Outcome.NOT_CHECKED, key, because=because, detail=detail, looked_at=where)
    if found.purpose not in SET:
        outcome, key = Outcome.NOT_CHECKED, "status.unknown_purpose"
    elif found.is_set:
        outcome, key = SET[found.purpose]
    elif found.purpose not in TELLS:
        return None
    elif found.deprecated:
        outcome, key = Outcome.WARNING, "status.deprecated"
    else:
        outcome, key = Outcome.PASSED, "status.passed"
    said = {"message": found.message or str(found.value)} if key == "status.message" else {}
    return answer(outcome, key, detail=_detail(published), looked_at=where, at=published.at, **said)


def _is_about_withdrawal(published: Published) -> bool:
    return isinstance(published.found, Untold) or published.found.purpose in TELLS


def _details(statuses: tuple[Published, ...]) -> str:
    return "; ".join(map(_detail, statuses))


def _detail(published: Published) -> str:
    """One entry for an engineer: which it is, and what the list says."""
    found = published.found
    said = found.detail if isinstance(found, Untold) else _said(found)
    return f"{published.place}: {said}" if published.place else said


def _said(status: Status) -> str:
    message = shortened(status.message, LONGEST_MESSAGE)
    return f"{shortened(status.purpose)} {status.value}" + (f" ({message})" if message else "")
