"""Which canonical name does each node without an address get?

RDF Dataset Canonicalization (RDFC-1.0), section 4.4; the functions bear the names of its
algorithms.  By hand, since pyoxigraph does not tell the names, which selective disclosure needs,
and names nodes in another way when they are told apart only by the graphs that they are in.
"""

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from pyoxigraph import BlankNode, Quad

from proofs.digests import Algorithm
from proofs.limits import Limits
from proofs.look_alikes import check_work
from proofs.nquads import blank_nodes, hash_first_degree_quads


def canonical_names(
    quads: Iterable[Quad],
    limits: Limits | None = None,
    algorithm: Algorithm = Algorithm.SHA256,
) -> dict[BlankNode, str]:
    """The canonical name of every blank node, `c14n0` and so on.

    Raises:
        CanonicalizationRefused: too many statements or blank nodes, or too many that look alike.
    """
    statements = list(quads)
    check_work(statements, limits or Limits())
    return _Canonicalization.of(statements, algorithm).names()


@dataclass(slots=True)
class _Issuer:
    """Issues names in the order in which they are asked for, section 4.5."""

    prefix: str
    issued: dict[BlankNode, str] = field(default_factory=dict)

    def name(self, node: BlankNode) -> str:
        return self.issued.setdefault(node, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, dict(self.issued))


@dataclass(slots=True)
class _Canonicalization:
    """The canonicalization state, section 4.3."""

    quads_of: Mapping[BlankNode, list[Quad]]
    algorithm: Algorithm
    canonical: _Issuer
    first_degree: dict[BlankNode, str] = field(default_factory=dict)

    @classmethod
    def of(cls, quads: Iterable[Quad], algorithm: Algorithm) -> Self:
        around: defaultdict[BlankNode, list[Quad]] = defaultdict(list)
        for quad in dict.fromkeys(quads):
            for node in blank_nodes(quad):
                around[node].append(quad)
        return cls(around, algorithm, _Issuer("c14n"))

    def names(self) -> dict[BlankNode, str]:
        alike: defaultdict[str, list[BlankNode]] = defaultdict(list)
        for node in self.quads_of:
            alike[self.first_degree_hash(node)].append(node)
        several = []
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                self.canonical.name(alike[digest][0])
            else:
                several.append(alike[digest])
        for nodes in several:
            self._name_look_alikes(nodes)
        return self.canonical.issued

    def _name_look_alikes(self, nodes: list[BlankNode]) -> None:
        paths = []
        for node in nodes:
            if node not in self.canonical.issued:
                temporary = _Issuer("b")
                temporary.name(node)
                paths.append(self.hash_n_degree_quads(node, temporary))
        for _, issuer in sorted(paths, key=lambda path: path[0]):
            for node in issuer.issued:
                self.canonical.name(node)

    def first_degree_hash(self, node: BlankNode) -> str:
        """Section 4.6, remembered."""
        if node not in self.first_degree:
            self.first_degree[node] = hash_first_degree_quads(
                node, self.quads_of[node], self.algorithm
            )
        return self.first_degree[node]

    def hash_related_blank_node(
        self, related: BlankNode, quad: Quad, issuer: _Issuer, position: str
    ) -> str:
        """Section 4.7."""
        said = position if position == "g" else f"{position}<{quad.predicate.value}>"
        for names in (self.canonical, issuer):
            if related in names.issued:
                return self._hash(f"{said}_:{names.issued[related]}")
        return self._hash(said + self.first_degree_hash(related))

    def hash_n_degree_quads(self, node: BlankNode, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8."""
        related_by: defaultdict[str, list[BlankNode]] = defaultdict(list)
        for quad in self.quads_of[node]:
            for position, term in _places(quad).items():
                if isinstance(term, BlankNode) and term != node:
                    digest = self.hash_related_blank_node(term, quad, issuer, position)
                    related_by[digest].append(term)
        data = ""
        for digest in sorted(related_by):
            path, issuer = self._chosen_path(related_by[digest], issuer)
            data += digest + path
        return self._hash(data), issuer

    def _chosen_path(self, related: list[BlankNode], issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8, step 5: the permutation whose path comes first."""
        chosen: tuple[str, _Issuer] | None = None
        for permutation in itertools.permutations(related):
            found = self._path(permutation, issuer.copy(), chosen[0] if chosen else "")
            if found is not None and (chosen is None or found[0] < chosen[0]):
                chosen = found
        assert chosen is not None  # noqa: S101 - the first permutation is never given up
        return chosen

    def _path(
        self, permutation: Iterable[BlankNode], issuer: _Issuer, best: str
    ) -> tuple[str, _Issuer] | None:
        path, unknown = "", []
        for node in permutation:
            if node in self.canonical.issued:
                path += f"_:{self.canonical.issued[node]}"
            else:
                if node not in issuer.issued:
                    unknown.append(node)
                path += f"_:{issuer.name(node)}"
            if _is_worse(path, best):
                return None
        for node in unknown:
            digest, copy = self.hash_n_degree_quads(node, issuer)
            path += f"_:{issuer.name(node)}<{digest}>"
            issuer = copy
            if _is_worse(path, best):
                return None
        return path, issuer

    def _hash(self, text: str) -> str:
        return hashlib.new(self.algorithm, text.encode()).hexdigest()


def _is_worse(path: str, best: str) -> bool:
    return bool(best) and len(path) >= len(best) and path > best


def _places(quad: Quad) -> dict[str, object]:
    return {"s": quad.subject, "o": quad.object, "g": quad.graph_name}
