"""Which documents are compared?

All that the tests know, whole and spoilt, and those of a grammar over all bundled contexts.
"""

import json
import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from mutations import mutated
from seeds import seeds
from world.credentials import (
    sample_controller,
    sample_credential,
    sample_status_list,
    signed_sample,
)
from world.generated_credentials import disclosable, disputed, generated
from world.json_ld_documents import document

TESTS: Final = Path(__file__).parents[2] / "tests"
GRAMMAR_SHARE: Final = 0.6
MOST_STEPS: Final = 2


@lru_cache(maxsize=1)
def known() -> list[dict[str, Any]]:
    """Every document with contexts that the tests have or make, and the parts that have some."""
    roots: list[Any] = [
        *generated(),
        *disclosable(),
        *disputed().values(),
        sample_credential(),
        sample_controller(),
        sample_status_list(1, 7),
        json.loads(signed_sample()),
        *(seed.given for seed in seeds()),
        *(
            json.loads(path.read_text("utf-8"))
            for path in sorted(TESTS.rglob("*.json"))
            if "node_modules" not in path.parts
        ),
    ]
    found = [each for root in roots for each in _with_contexts(root)]
    return [*found, *_unsecured(found)]


def _with_contexts(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "@context" in value:
            yield value
        for member in value.values():
            yield from _with_contexts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _with_contexts(item)


def _unsecured(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What a proof signs: the document without it, and its options in the document's contexts."""
    for each in found:
        proof = each.get("proof")
        if isinstance(proof, dict):
            yield {name: member for name, member in each.items() if name != "proof"}
            options = {name: member for name, member in proof.items() if name != "proofValue"}
            yield {**options, "@context": each["@context"]}


def made(choose: random.Random, whole: list[dict[str, Any]]) -> object:
    """One more document: of the grammar, or a known one, spoilt or not."""
    if choose.random() < GRAMMAR_SHARE:
        return document(choose)
    view: object = choose.choice(whole)
    for _ in range(choose.choice([0, 0, 1, MOST_STEPS])):
        view = mutated(view, choose)
    return view
