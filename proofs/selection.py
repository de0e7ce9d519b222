"""What do JSON Pointers select from a document?

Data Integrity ECDSA Cryptosuites 1.0, sections 3.4.8 to 3.4.13: what is pointed at, and on the
way to it the `id` and `type` of everything passed, so that it keeps its meaning.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from proofs.errors import NothingSelected
from schemas.document import copied

MOST_POINTERS: Final = 500
LONGEST_POINTER: Final = 1_000  # characters
ALWAYS: Final = ("id", "type")
_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~0|~1)*)+")
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)

Tree = dict[str, "Tree | None"]
"""What is chosen, by steps; nothing more to choose from means the whole."""


def select(document: Mapping[str, Any], pointers: Iterable[str]) -> dict[str, Any]:
    """The part of a document that the pointers name, with its contexts.

    Raises:
        NothingSelected: no pointer, too many, or one that leads nowhere.
    """
    chosen: Tree = {}
    for steps in sorted(map(steps_of, checked_pointers(pointers)), key=len):
        _choose(chosen, steps)
    if not chosen:
        raise NothingSelected
    found: dict[str, Any] = _select(document, chosen, "")
    return {"@context": copied(document.get("@context")), **found}


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


def steps_of(pointer: str) -> list[str]:
    """The names and positions on the way of a JSON Pointer; RFC 6901, section 4."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]


def _choose(chosen: Tree, steps: list[str]) -> None:
    """Add a pointer, shorter ones first: what lies in a chosen whole is chosen already."""
    *way, last = steps
    branch = chosen
    for step in way:
        deeper = branch.setdefault(step, {})
        if deeper is None:
            return
        branch = deeper
    branch.setdefault(last, None)


def _select(value: Any, chosen: Tree | None, at: str) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if chosen is None:
        return copied(value)
    if isinstance(value, list):
        places = {_place(step, len(value), at): sub for step, sub in chosen.items()}
        return [_select(value[i], places[i], f"{at}/{i}") for i in sorted(places)]
    if not isinstance(value, Mapping):
        raise NothingSelected(f"{at}/{next(iter(chosen))}")
    if chosen.keys() == {"0"} and "0" not in value:  # JSON-LD writes a list of one without brackets
        return _select(value, chosen["0"], at)
    found = {name: copied(value[name]) for name in ALWAYS if name in value}
    for name, sub in chosen.items():
        if name not in value:
            raise NothingSelected(f"{at}/{name}")
        found[name] = _select(value[name], sub, f"{at}/{name}")
    return found


def _place(step: str, length: int, at: str) -> int:
    if not _INDEX.fullmatch(step) or int(step) >= length:
        raise NothingSelected(f"{at}/{step}")
    return int(step)
