"""Which bytes stand for a document, found in one walk?

Nearly all the time of a signature goes into JSON-LD.  But contexts come from our own package only,
and what a word means in a given place depends on nothing but the contexts and on the words and
types on the way to that place.  So PyLD (`pyld_contexts`) is asked once, and the answer is kept as
a table (`tables`): for each active context, the term → its address, the kind of its values, their
datatype, and the active context of what stands below it (`terms`).  A document is then one walk
over its members (`walk`), which writes canonical N-Quads directly; its addresses are looked at
together (`addresses`), and what many credentials say of issuer and achievement is remembered
(`repeated`).  Blank nodes get their canonical names from their first-degree hashes (`naming`),
which tell all nodes of nearly every real credential apart.

This way accepts only what it is sure of.  Whatever is rare, odd or wrong raises `NotCovered`, and
the general way of `proofs.canonical` decides: contexts of the document's own, keywords, values
that are neither text nor number nor node, two terms for one address, values given twice, nodes
that look alike, anything over a limit.  So this way never accepts what the general one refuses,
and where it answers it answers with the same bytes; bench/differential holds them against each
other.
"""

from collections.abc import Mapping
from typing import Any

from proofs.compiled.naming import named
from proofs.compiled.not_covered import NotCovered
from proofs.compiled.tables import table_for
from proofs.compiled.walk import Statements, written
from proofs.digests import Algorithm
from proofs.limits import Limits

__all__ = ["NotCovered", "canonical", "statements"]


def canonical(view: Mapping[str, Any], algorithm: Algorithm, limits: Limits) -> bytes:
    """The canonical N-Quads of a document over bundled contexts.

    Raises:
        NotCovered: ask the general way.
    """
    return named(statements(view, limits), algorithm, limits)


def statements(view: Mapping[str, Any], limits: Limits) -> Statements:
    """What a document over bundled contexts says, its blank nodes not yet named.

    Raises:
        NotCovered: ask the general way.
    """
    table = table_for(view.get("@context"), is_made=limits.only_at_once)
    return written(view, table, limits)
