"""How does a check answer?  Short ways to write one, with its sentence taken from the table."""

from datetime import datetime
from typing import Final

from verifier.sentences import ADVICE, MEANINGS, say
from verifier.verdict import Check, Outcome

UNPROVEN: Final = "unproven"
"""The key of a question that was not looked at; it says the same whatever was asked."""


def answer(  # noqa: PLR0913 - the parts of one answer
    outcome: Outcome,
    key: str,
    *,
    because: str = "",
    detail: str = "",
    code: str | None = None,
    looked_at: str | None = None,
    at: datetime | None = None,
    advice: str = "",
    subject: str | None = None,
    **facts: str,
) -> Check:
    """A check whose sentence is `key` of the table; the code is the part before the dot."""
    code = code or key.partition(".")[0]
    return Check(
        code=code,
        outcome=outcome,
        sentence=say(key, **facts),
        detail=detail,
        because=because or ("" if outcome is Outcome.PASSED else key.partition(".")[2]),
        looked_at=looked_at,
        checked_at=at,
        meaning="" if key == UNPROVEN else MEANINGS[code],
        advice=advice or ADVICE.get(key, ""),
        subject=subject,
    )
