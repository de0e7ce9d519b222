"""How long would it take to name the nodes of a document?

Canonicalization is exponential in nodes that look alike and hang together, so these are counted
first, by the hash of first degree (RDFC-1.0, section 4.6).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import factorial

from pyoxigraph import BlankNode, Quad

from proofs.errors import CanonicalizationRefused
from proofs.limits import Limits
from proofs.nquads import blank_nodes, hash_first_degree_quads


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
    hashes = {node: hash_first_degree_quads(node, around) for node, around in nodes.items()}
    counts = Counter(hashes.values())
    alike = {node: nodes[node] for node, hashed in hashes.items() if counts[hashed] > 1}
    largest, groups = 0, 0
    for size in _groups(alike):
        largest, groups = max(largest, size), groups + 1
        if size > limits.look_alike_nodes:
            what = "look-alike blank nodes that hang together"
            raise CanonicalizationRefused(what, size, limits.look_alike_nodes)
    orders = groups * factorial(largest)
    if orders > limits.look_alike_orders:
        raise CanonicalizationRefused(
            "orders of look-alike blank nodes", orders, limits.look_alike_orders
        )


def _groups(alike: Mapping[BlankNode, list[Quad]]) -> Iterator[int]:
    """How many look-alikes hang together, group by group.

    Only these are tried in every order: the way from one to the next ends at any node that is
    known by its first look (section 4.8).
    """
    waiting = set(alike)
    while waiting:
        found = [waiting.pop()]
        for node in found:
            beside = {other for quad in alike[node] for other in blank_nodes(quad)} & waiting
            waiting -= beside
            found.extend(beside)
        yield len(found)
