"""How is a statement written, and by what is a blank node known at first sight?

Canonical N-Quads, and Hash First Degree Quads of RDFC-1.0, section 4.6.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, DefaultGraph, Quad

from proofs.digests import Algorithm


def line(quad: Quad, names: Mapping[BlankNode, str]) -> str:
    """One statement as canonical N-Quads write it, with the line feed."""
    terms = [quad.subject, quad.predicate, quad.object]
    if not isinstance(quad.graph_name, DefaultGraph):
        terms.append(quad.graph_name)
    written = (f"_:{names[term]}" if isinstance(term, BlankNode) else str(term) for term in terms)
    return f"{' '.join(written)} .\n"


def blank_nodes(quad: Quad) -> set[BlankNode]:
    """The blank nodes of a statement, wherever they stand."""
    places = (quad.subject, quad.object, quad.graph_name)
    return {place for place in places if isinstance(place, BlankNode)}


def hash_first_degree_quads(
    node: BlankNode, quads: Iterable[Quad], algorithm: Algorithm = Algorithm.SHA256
) -> str:
    """Section 4.6.3: the hash of a node's statements, where it is `a` and every other one `z`."""
    names = defaultdict(lambda: "z", {node: "a"})
    lines = sorted(line(quad, names) for quad in quads)
    return hashlib.new(algorithm, "".join(lines).encode()).hexdigest()
