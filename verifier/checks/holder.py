"""Does it belong to the profile in front of the client?"""

from typing import Final

from verifier.answers import answer
from verifier.facts import Facts
from verifier.verdict import Check, Outcome

CODE: Final = "holder"


def check(facts: Facts) -> Check:
    """Say that nobody asked, or that we cannot answer yet."""
    if facts.is_presented:
        return answer(Outcome.NOT_CHECKED, "holder.presented")
    if facts.profile is None:
        return answer(Outcome.NOT_CHECKED, "holder.nobody_asked")
    return answer(Outcome.NOT_CHECKED, "holder.not_built")
