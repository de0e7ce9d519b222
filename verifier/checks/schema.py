"""Does it say what its schemas demand?  VCDM 2.0, section 4.11 (Data Schemas)."""

from collections.abc import Mapping
from typing import Final

from verifier.answers import answer
from verifier.facts import Facts, PublishedForm
from verifier.verdict import Check, Outcome

CODE: Final = "schema"
WORST_FIRST: Final = (Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.WARNING, Outcome.PASSED)


def check(facts: Facts) -> Check:
    """Validate the document as it was received; of several schemas the worst answer counts."""
    if not facts.forms:
        return answer(Outcome.NOT_CHECKED, "schema.none")
    every = {(form.url, id(form.found)): form for form in facts.forms}  # each once
    answers = [_check(form, facts.document.view) for form in every.values()]
    return min(answers, key=lambda found: WORST_FIRST.index(found.outcome))


def _check(form: PublishedForm, view: Mapping[str, object]) -> Check:
    where, schema = form.url or None, form.found
    if not form.is_known:
        return answer(Outcome.WARNING, "schema.unknown", detail=str(schema), looked_at=where)
    if isinstance(schema, str):
        return answer(Outcome.NOT_CHECKED, "schema.not_checked", detail=schema, looked_at=where)
    if found := schema.violations(view):
        detail = "; ".join(f"{one.pointer or '/'}: {one.message}" for one in found[:5])
        return answer(Outcome.FAILED, "schema.failed", detail=detail, looked_at=where)
    return answer(Outcome.PASSED, "schema.passed", looked_at=where)
