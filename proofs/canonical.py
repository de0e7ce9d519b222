"""Which bytes stand for a document, however it is written?

RDF Dataset Canonicalization (RDFC-1.0): the statements, every node without an address under its
canonical name (section 4.4), in the order of code points (section 5).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Quad

from proofs import compiled
from proofs.blank_nodes import canonical_names
from proofs.digests import Algorithm
from proofs.limits import Limits
from proofs.nquads import line
from proofs.rdf import Loader, dataset
from schemas.contexts import document_loader


def canonical(
    view: Mapping[str, Any],
    algorithm: Algorithm = Algorithm.SHA256,
    limits: Limits | None = None,
    *,
    loader: Loader = document_loader,
) -> bytes:
    """The canonical N-Quads of a JSON-LD document; by the short way where that is sure of them.

    Raises:
        UnknownContext: a context that is not bundled.
        ProofError: the document would lose meaning, or costs too much.
        NotCovered: `limits.only_at_once`, and it takes the general way.
    """
    limits = limits or Limits()
    if loader is document_loader:
        try:
            return compiled.canonical(view, algorithm, limits)
        except compiled.NotCovered:
            if limits.only_at_once:
                raise
    return canonical_quads(dataset(view, limits=limits, loader=loader), algorithm, limits)


def canonical_quads(
    quads: Iterable[Quad],
    algorithm: Algorithm = Algorithm.SHA256,
    limits: Limits | None = None,
) -> bytes:
    """The canonical N-Quads of RDF statements.

    Raises:
        CanonicalizationRefused: too many statements or blank nodes, or too many that look alike.
    """
    statements = list(quads)
    names = canonical_names(statements, limits, algorithm)
    return "".join(sorted({line(quad, names) for quad in statements})).encode()
