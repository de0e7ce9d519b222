"""Does it say what its schema demands?  VCDM 2.0, section 4.11 (Data Schemas)."""

from typing import Final

from schemas.document import Document
from schemas.errors import UnsafeSchema
from schemas.validate import violations
from verifier.answers import answer
from verifier.facts import Facts
from verifier.verdict import Check, Outcome

CODE: Final = "schema"


def check(facts: Facts) -> Check:
    """Validate the document as it was received."""
    if facts.schema_kind:
        return answer(Outcome.WARNING, "schema.unknown", detail=facts.schema_kind[:200])
    if facts.schema is None:
        return answer(Outcome.NOT_CHECKED, "schema.none")
    if not isinstance(facts.schema, Document):
        return answer(Outcome.NOT_CHECKED, "schema.not_checked", detail=facts.schema)
    try:
        found = violations(facts.document.view, facts.schema.view)
    except UnsafeSchema as error:
        return answer(Outcome.NOT_CHECKED, "schema.not_checked", detail=str(error))
    if found:
        detail = "; ".join(f"{one.pointer or '/'}: {one.message}" for one in found[:5])
        return answer(Outcome.FAILED, "schema.failed", detail=detail)
    return answer(Outcome.PASSED, "schema.passed")
