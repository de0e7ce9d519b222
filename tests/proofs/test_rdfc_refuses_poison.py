"""RDFC-1.0, section 7.1 (Dataset Poisoning): graphs whose canonicalization would never end.

They are refused before the work begins, with the number found and the number allowed; whatever is
not refused is finished in time, and every limit is exact.
"""

import itertools
import math
import time
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from world.processor import SECOND

from proofs.blank_nodes import canonical_names
from proofs.canonical import canonical_quads
from proofs.digests import Algorithm
from proofs.errors import CanonicalizationRefused
from proofs.limits import Limits

P: Final = NamedNode("https://e.example/p")
Q: Final = NamedNode("https://e.example/q")
LIMITS: Final = Limits()
MOST: Final = LIMITS.look_alike_nodes


def nodes(count: int, name: str = "n") -> list[BlankNode]:
    return [BlankNode(f"{name}{number}") for number in range(count)]


def clique(size: int, name: str = "n") -> list[Quad]:
    """Everybody points at everybody: test 074 of the test suite, with ten."""
    return [Quad(one, P, other) for one, other in itertools.permutations(nodes(size, name), 2)]


def circle(size: int) -> list[Quad]:
    ring = nodes(size)
    return [Quad(one, P, other) for one, other in zip(ring, [*ring[1:], ring[0]], strict=True)]


def double_circle(size: int) -> list[Quad]:
    return [*circle(size), *(Quad(quad.object, P, quad.subject) for quad in circle(size))]  # type: ignore[arg-type]


def complete_bipartite(size: int) -> list[Quad]:
    left, right = nodes(size, "l"), nodes(size, "r")
    return [Quad(one, P, other) for one in left for other in right]


def hypercube(dimensions: int) -> list[Quad]:
    corners = nodes(2**dimensions)
    return [
        Quad(corner, P, corners[number ^ 1 << axis])
        for number, corner in enumerate(corners)
        for axis in range(dimensions)
    ]


def star_of_circles(size: int) -> list[Quad]:
    return [*circle(size), *(Quad(BlankNode("hub"), Q, node) for node in nodes(size))]


def tree(depth: int) -> list[Quad]:
    """Every leaf looks like every other leaf, every branch like every other branch."""
    quads, level = [], [BlankNode("root")]
    for step in range(depth):
        below = [BlankNode(f"t{step}-{number}") for number in range(2 * len(level))]
        quads += [Quad(level[number // 2], P, child) for number, child in enumerate(below)]
        level = below
    return quads


def graphs_of_each_other(size: int) -> list[Quad]:
    names = nodes(size)
    return [Quad(one, P, two, three) for one, two, three in itertools.permutations(names, 3)]


POISON: dict[str, Callable[[], list[Quad]]] = {
    "a clique of ten": lambda: clique(10),
    "a clique of thirty": lambda: clique(30),
    "a clique of one more than allowed": lambda: clique(MOST + 1),
    "a circle": lambda: circle(200),
    "a circle in both directions": lambda: double_circle(64),
    "two sides that all point at each other": lambda: complete_bipartite(12),
    "a cube of four dimensions": lambda: hypercube(4),
    "a cube of eight dimensions": lambda: hypercube(8),
    "a star of circles": lambda: star_of_circles(30),
    "a tree": lambda: tree(6),
    "graphs named by each other": lambda: graphs_of_each_other(8),
    "very many small cliques": lambda: [q for n in range(150) for q in clique(6, f"g{n}n")],
    "very many pairs": lambda: [q for n in range(1_001) for q in clique(2, f"g{n}n")],
    "more statements than allowed": lambda: [
        Quad(P, P, Literal(str(number))) for number in range(LIMITS.quads + 1)
    ],
    "more nodes than allowed": lambda: [
        Quad(node, P, Literal(node.value)) for node in nodes(LIMITS.blank_nodes + 1)
    ],
}


@pytest.mark.parametrize("algorithm", [Algorithm.SHA256, Algorithm.SHA384])
@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_poison_is_refused_in_time_and_says_how_much_is_too_much(
    poison: Callable[[], list[Quad]], algorithm: Algorithm
) -> None:
    quads = poison()
    begun = time.process_time()
    with pytest.raises(CanonicalizationRefused, match=r"has \d+ .+; at most \d+ are") as refused:
        canonical_quads(quads, algorithm)
    with pytest.raises(CanonicalizationRefused):
        canonical_names(quads, algorithm=algorithm)
    assert time.process_time() - begun < SECOND
    assert refused.value.found > refused.value.limit


LIVING: dict[str, Callable[[], list[Quad]]] = {
    "the largest clique": lambda: clique(MOST),
    "the largest circle": lambda: circle(MOST),
    "the largest circle in both directions": lambda: double_circle(MOST),
    "as many cliques as allowed": lambda: [
        quad
        for number in range(LIMITS.look_alike_orders // math.factorial(MOST))
        for quad in clique(MOST, f"g{number}n")
    ],
    "as many pairs as there may be nodes": lambda: [
        quad for n in range(LIMITS.blank_nodes // 2) for quad in clique(2, f"g{n}n")
    ],
    "as many nodes as allowed": lambda: [
        Quad(node, P, Literal(node.value)) for node in nodes(LIMITS.blank_nodes)
    ],
    "as many that look alike but touch nothing": lambda: [
        Quad(node, P, Literal("the same")) for node in nodes(LIMITS.blank_nodes)
    ],
    "as many in one chain": lambda: [
        Quad(one, P, other) for one, other in itertools.pairwise(nodes(MOST + 2))
    ],
    "as many statements as allowed": lambda: [
        Quad(P, P, Literal(str(number))) for number in range(LIMITS.quads)
    ],
    "one node in as many statements": lambda: [
        Quad(BlankNode("n"), P, Literal(str(number))) for number in range(LIMITS.quads)
    ],
}


@pytest.mark.parametrize("living", LIVING.values(), ids=LIVING)
def test_what_is_just_allowed_is_finished_in_time(living: Callable[[], list[Quad]]) -> None:
    quads = living()
    begun = time.process_time()
    assert canonical_quads(quads)
    assert time.process_time() - begun < SECOND


def test_a_clique_of_the_limit_has_the_form_of_the_standard() -> None:
    """Whatever the order in which it is written."""
    forms = {
        canonical_quads(quads)
        for quads in (clique(4), clique(4)[::-1], clique(4, "z"), clique(4, "a")[::-1])
    }
    assert len(forms) == 1


PLACES: Final = [*nodes(7), NamedNode("urn:x")]
GRAPHS: Final = [DefaultGraph(), BlankNode("n0"), BlankNode("g")]


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 2)),
        min_size=1,
        max_size=60,
    )
)
def test_any_graph_is_finished_or_refused_in_time(found: list[tuple[int, int, int]]) -> None:
    quads = [Quad(PLACES[s], P, PLACES[o], GRAPHS[g]) for s, o, g in found]  # type: ignore[arg-type]
    begun = time.process_time()
    try:
        form = canonical_quads(quads)
    except CanonicalizationRefused:
        form = None
    assert time.process_time() - begun < SECOND
    if form is not None:
        assert canonical_quads(quads[::-1]) == form
