"""Which questions does the verifier ask?

One module for each, named by its code; each is a function from gathered facts to answers and
fetches nothing.
"""

from collections.abc import Callable, Mapping
from typing import Final

from verifier.checks import (
    assessment,
    evidence,
    format,  # noqa: A004 - the code of the check
    holder,
    issuer,
    issuer_key,
    proof,
    related_resources,
    schema,
    self_issued,
    status,
    validity_period,
)
from verifier.facts import Facts
from verifier.verdict import Check

ALL: Final = (
    format,
    proof,
    issuer_key,
    issuer,
    self_issued,
    validity_period,
    status,
    schema,
    related_resources,
    evidence,
    assessment,
    holder,
)
"""Every check, in the order of the report."""

CODES: Final = tuple(module.CODE for module in ALL)

ON_FACTS: Final[Mapping[str, Callable[[Facts], Check]]] = {
    module.CODE: module.check
    for module in (
        issuer,
        self_issued,
        validity_period,
        status,
        schema,
        related_resources,
        assessment,
        holder,
    )
}
"""The checks that are asked once the document is known to be genuine, with one answer each."""
