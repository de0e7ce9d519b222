"""What do JSON Pointers select from a document?

Data Integrity ECDSA Cryptosuites 1.0, sections 3.4.8 to 3.4.13: what is pointed at, and on the
way to it the `id` and `type` of everything passed, so that it keeps its meaning.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from proofs.errors import NothingSelected

MOST_POINTERS: Final = 500
LONGEST_POINTER: Final = 1_000  # characters
ALWAYS: Final = ("id", "type")
_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~0|~1)*)+")
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)

Tree = dict[str, "Tree"]


def select(document: Mapping[str, Any], pointers: Iterable[str]) -> dict[str, Any]:
    """The part of a document that the pointers name, with its contexts.

    Raises:
        NothingSelected: no pointer, too many, or one that leads nowhere.
    """
    chosen: Tree = {}
    for pointer in checked_pointers(pointers):
        branch = chosen
        for step in pointer[1:].split("/"):
            branch = branch.setdefault(step.replace("~1", "/").replace("~0", "~"), {})
    if not chosen:
        raise NothingSelected
    found: dict[str, Any] = _select(document, _wholes_only(chosen, pointers), "")
    return {"@context": copy.deepcopy(document.get("@context")), **found}


def checked_pointers(pointers: Iterable[str]) -> list[str]:
    """Pointers that can be read.

    Raises:
        NothingSelected: too many, or not a JSON Pointer (RFC 6901) below the root.
    """
    listed = list(pointers)
    if len(listed) > MOST_POINTERS:
        raise NothingSelected(f"more than {MOST_POINTERS} pointers")
    for pointer in listed:
        if len(pointer) > LONGEST_POINTER or not _POINTER.fullmatch(pointer):
            raise NothingSelected(pointer)
    return listed


def _wholes_only(chosen: Tree, pointers: Iterable[str]) -> Tree:
    """A pointer to a whole thing makes pointers into it needless."""
    for pointer in pointers:
        steps = [s.replace("~1", "/").replace("~0", "~") for s in pointer[1:].split("/")]
        branch = chosen
        for step in steps[:-1]:
            branch = branch.get(step, {})
        if steps[-1] in branch:
            branch[steps[-1]] = {}
    return chosen


def _select(value: Any, chosen: Tree, at: str) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if not chosen:
        return copy.deepcopy(value)
    if isinstance(value, list):
        places = sorted((_place(step, len(value), at), sub) for step, sub in chosen.items())
        return [_select(value[place], sub, f"{at}/{place}") for place, sub in places]
    if not isinstance(value, Mapping):
        raise NothingSelected(f"{at}/{next(iter(chosen))}")
    if chosen.keys() == {"0"} and "0" not in value:  # JSON-LD writes a list of one without brackets
        return _select(value, chosen["0"], at)
    found = {name: copy.deepcopy(value[name]) for name in ALWAYS if name in value}
    for name, sub in chosen.items():
        if name not in value:
            raise NothingSelected(f"{at}/{name}")
        found[name] = _select(value[name], sub, f"{at}/{name}")
    return found


def _place(step: str, length: int, at: str) -> int:
    if not _INDEX.fullmatch(step) or int(step) >= length:
        raise NothingSelected(f"{at}/{step}")
    return int(step)
