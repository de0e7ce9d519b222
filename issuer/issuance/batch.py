"""How are the credentials of many submissions issued at once?

All or nothing: whatever the gate lets through is signed and written in the caller's one
transaction, in a few statements however many there are.  What was issued before is found again, so
that the same request can be sent twice; what the gate does not let through is told, and keeps
nobody back.  Any other fault ends all of it, and nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlmodel import Session

from issuer.issuance.case import case_of
from issuer.issuance.making import Workshop, make
from issuer.issuance.queries import credentials_of
from issuer.issuance.rules import Missing, gate
from issuer.issuance.work import works
from issuer.submissions.queries import locked_submissions
from issuer.submissions.rules import State
from issuer.submissions.tables import Submission

MOST: Final = 200
"""Submissions in one transaction: others who write wait for it, half a second at the most."""

What = Literal["issued", "already_issued", "not_issued", "withdrawn", "not_found"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one submission.

    Attributes:
        submission_id: which.
        what: `issued`; `already_issued`, before; `not_issued`, as the gate misses something;
            `withdrawn`, issued and not in force since; `not_found` in this organisation.
        code: the credential's, if there is one in force.
        url: its address.
        missing: the complete list of what the gate misses.
    """

    submission_id: str
    what: What
    code: str | None = None
    url: str | None = None
    missing: tuple[Missing, ...] = ()


def issue_all(
    session: Session, workshop: Workshop, submission_ids: Sequence[str], *, now: datetime
) -> list[Outcome]:
    """Issue what can be issued of these submissions, at most `MOST`; an outcome for each, in order.

    Raises:
        SchemaViolated: the profile does not allow what a credential would say.
        ProofError: a credential cannot be signed as it is.
        SealBroken: a signature does not verify.
    """
    seal = workshop.seal
    found = locked_submissions(session, seal.organisation_id, submission_ids)
    known = credentials_of(session, [each.id for each in found])
    ready, closed = [], {}
    for work in works(session, [each for each in found if each.id not in known]):
        missing = gate(case_of(work))
        if missing:
            closed[work.submission.id] = missing
        else:
            ready.append(work)
    codes = {each.submission_id: each.code for each in make(session, workshop, ready, now=now)}
    submissions = {each.id: each for each in found}

    def outcome(submission_id: str) -> Outcome:
        submission = submissions.get(submission_id)
        if submission is None:
            return Outcome(submission_id, "not_found")
        if submission_id in closed:
            return Outcome(submission_id, "not_issued", missing=closed[submission_id])
        if submission_id in codes:
            return _with_code("issued", submission, codes, seal.url)
        if submission.state != State.ISSUED:
            return Outcome(submission_id, "withdrawn")
        return _with_code("already_issued", submission, known, seal.url)

    return [outcome(submission_id) for submission_id in submission_ids]


def _with_code(what: What, submission: Submission, codes: Mapping[str, str], url: str) -> Outcome:
    code = codes[submission.id]
    return Outcome(submission.id, what, code, f"{url}/c/{code}")
