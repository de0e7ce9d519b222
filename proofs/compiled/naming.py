"""Under which names do nodes without an address go?

RDFC-1.0, section 4.4, for the case in which the hash of its own statements tells every node from
all others (sections 4.6 and 4.4.3, steps 3 to 4).
"""

import hashlib
from collections.abc import Sequence

from proofs.compiled.not_covered import NotCovered
from proofs.compiled.walk import Statements
from proofs.digests import Algorithm
from proofs.limits import Limits


def named(found: Statements, algorithm: Algorithm, limits: Limits) -> bytes:
    """The canonical N-Quads.

    Raises:
        NotCovered: nodes that look alike, a text that is not Unicode, or more than the limits.
    """
    lines = lines_with(found, names_of(found, algorithm, limits), limits)
    try:
        return "".join(lines).encode()
    except UnicodeEncodeError:
        raise NotCovered from None


def lines_with(found: Statements, names: Sequence[str], limits: Limits) -> list[str]:
    """The statements as N-Quads write them, sorted; blank nodes under names given.

    Raises:
        NotCovered: more than the limit.
    """
    lines = set(found.complete)
    for name, about in zip(names, found.of_blank, strict=True):
        lines.update([f"_:{name}{line}" for line in about])
    for subject, link, target in found.links:
        known = "" if subject is None else f"_:{names[subject]}"
        lines.add(f"{known}{link}_:{names[target]} .\n")
    if len(lines) > limits.quads:
        raise NotCovered
    return sorted(lines)


def names_of(found: Statements, algorithm: Algorithm, limits: Limits) -> list[str]:
    """The canonical name of each blank node, by its number.

    Raises:
        NotCovered: too many of them, or some that look alike.
    """
    if len(found.of_blank) > limits.blank_nodes:
        raise NotCovered
    around = [[f"_:a{line}" for line in set(about)] for about in found.of_blank]
    for subject, link, target in found.links:
        if subject is None:
            around[target].append(f"{link}_:a .\n")
        else:
            around[target].append(f"_:z{link}_:a .\n")
            around[subject].append(f"_:a{link}_:z .\n")
    digest = getattr(hashlib, algorithm.value)
    try:
        hashes = [digest("".join(sorted(lines)).encode()).hexdigest() for lines in around]
    except UnicodeEncodeError:
        raise NotCovered from None
    order = {each: place for place, each in enumerate(sorted(hashes))}
    if len(order) < len(hashes):
        raise NotCovered
    return [f"c14n{order[each]}" for each in hashes]
