"""Which bytes stand for a document, however it is written?

RDF Dataset Canonicalization (RDFC-1.0).  The work itself is pyoxigraph's; it is
exponential in nodes that look alike, so these are counted first, by the hash of
first degree (section 4.6).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, serialize

from proofs.digests import Algorithm
from proofs.errors import CanonicalizationRefused
from proofs.limits import Limits
from proofs.nquads import blank_nodes, hash_first_degree_quads
from proofs.rdf import Loader, dataset
from schemas.contexts import document_loader

RDFC: Final = {
    Algorithm.SHA256: CanonicalizationAlgorithm.RDFC_1_0_SHA_256,
    Algorithm.SHA384: CanonicalizationAlgorithm.RDFC_1_0_SHA_384,
}
"""The hash functions that RDFC-1.0 is used with."""


def canonical(
    view: Mapping[str, Any],
    algorithm: Algorithm = Algorithm.SHA256,
    limits: Limits | None = None,
    *,
    loader: Loader = document_loader,
) -> bytes:
    """The canonical N-Quads of a JSON-LD document.

    Raises:
        UnknownContext: a context that is not bundled.
        ProofError: the document would lose meaning, or costs too much.
    """
    limits = limits or Limits()
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
    limits = limits or Limits()
    statements = list(quads)
    check_work(statements, limits)
    graph = Dataset(statements)
    graph.canonicalize(RDFC[algorithm])
    written = serialize(graph, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(written.splitlines(keepends=True)))


def check_work(quads: list[Quad], limits: Limits) -> None:
    """Refuse what would take too long, before it is begun.

    Raises:
        CanonicalizationRefused: a limit is exceeded.
    """
    if len(quads) > limits.quads:
        raise CanonicalizationRefused("statements", len(quads), limits.quads)
    nodes: defaultdict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in blank_nodes(quad):
            nodes[node].append(quad)
    if len(nodes) > limits.blank_nodes:
        raise CanonicalizationRefused("blank nodes", len(nodes), limits.blank_nodes)
    hashes = Counter(hash_first_degree_quads(node, around) for node, around in nodes.items())
    alike = sum(count for count in hashes.values() if count > 1)
    if alike > limits.look_alike_nodes:
        raise CanonicalizationRefused("look-alike blank nodes", alike, limits.look_alike_nodes)
