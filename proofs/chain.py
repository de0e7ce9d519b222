"""Which proofs does a proof build on?

Data Integrity 1.0, sections 2.1.1 (Proof Sets), 2.1.2 (Proof Chains), 4.3 and 4.5: a proof that
names earlier ones in `previousProof` signs the document together with them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from proofs.errors import BrokenChain, MalformedProof, shown
from schemas.one_or_many import listed


def proofs_of(view: Mapping[str, Any]) -> list[Any]:
    """The proofs of a document, however they are written; none is an empty list."""
    found = view.get("proof")
    return [] if found is None else list(listed(found))


def previous_of(proof: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses in `previousProof`, a string or a list of strings.

    Raises:
        MalformedProof: something else, or an empty list.
    """
    if "previousProof" not in proof:
        return ()
    found = listed(proof["previousProof"])
    named = tuple(one for one in found if isinstance(one, str) and one)
    if not named or named != found:
        raise MalformedProof("previousProof", "the id of an earlier proof, or a list of ids")
    return named


def building_on(view: Mapping[str, Any], previous: Iterable[str]) -> dict[str, Any]:
    """The document as a proof signs it: without proofs, or with those that it builds on.

    Raises:
        BrokenChain: a proof that it builds on is not there, or there twice.
    """
    unsecured = {name: value for name, value in view.items() if name != "proof"}
    matching = [_named(view, address) for address in previous]
    return {**unsecured, "proof": matching} if matching else unsecured


def check_chain(view: Mapping[str, Any]) -> None:
    """Refuse proofs that build on each other in a circle, or on what is not there.

    Raises:
        BrokenChain: naming the proof.
        MalformedProof: `previousProof` cannot be read.
    """
    earlier = {
        str(proof["id"]): previous_of(proof)
        for proof in proofs_of(view)
        if isinstance(proof, Mapping) and "id" in proof
    }
    for proof in proofs_of(view):
        if isinstance(proof, Mapping):
            for address in previous_of(proof):
                _named(view, address)
                _check_no_circle(address, earlier)


def _check_no_circle(start: str, earlier: Mapping[str, tuple[str, ...]]) -> None:
    seen: set[str] = set()
    waiting = list(earlier.get(start, ()))
    while waiting:
        current = waiting.pop()
        if current == start:
            raise BrokenChain(f"proof {shown(start)} builds on itself")
        if current not in seen:
            seen.add(current)
            waiting.extend(earlier.get(current, ()))


def _named(view: Mapping[str, Any], address: str) -> Mapping[str, Any]:
    found = [
        proof
        for proof in proofs_of(view)
        if isinstance(proof, Mapping) and proof.get("id") == address
    ]
    if len(found) != 1:
        what = "is not there" if not found else "is there more than once"
        raise BrokenChain(f"the proof {shown(address)}, which another builds on, {what}")
    return found[0]
