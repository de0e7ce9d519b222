"""Which lines does an issuer sign, if a holder may show each of them by itself?

Data Integrity ECDSA Cryptosuites 1.0, sections 3.4.1 to 3.4.18: the statements of a document, every
blank node under a name made by HMAC, which tells nothing about the others; and which of these
statements belong to a part that JSON Pointers select.  As in `proofs.canonical` there is a short
way for the documents of everyday and a general one for all; both answer alike.
"""

import functools
import hashlib
import hmac
import itertools
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, Self

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from keys import multibase
from proofs import compiled, rdf
from proofs.blank_nodes import canonical_names
from proofs.compiled.naming import lines_with, names_of
from proofs.digests import Algorithm
from proofs.errors import InvalidJsonLd, NothingSelected
from proofs.nquads import line
from proofs.selection import checked_pointers, select, steps_of
from proofs.suites.suite import How, Json
from proofs.suites.written_alike import is_written_alike, sets_of
from schemas.contexts import document_loader
from schemas.one_or_many import listed

SKOLEM: Final = "urn:skolem-"
"""How the addresses begin that blank nodes have while a part is looked for."""


class Labelled(Protocol):
    """A document as the lines that are signed."""

    @property
    def lines(self) -> list[str]:
        """One statement each, sorted."""
        ...

    def places(self, pointers: tuple[str, ...]) -> set[int]:
        """Which of the lines a selection says; none for no pointers.

        Raises:
            NothingSelected: a pointer leads nowhere.
        """
        ...

    def labels_for_verifiers(self, pointers: tuple[str, ...]) -> dict[int, bytes]:
        """From the numbers that a verifier of the selection will find to the signed names."""
        ...


def labelled(unsecured: Json, hmac_key: bytes, how: How) -> Labelled:
    """The lines of a document.

    Raises:
        InvalidJsonLd: it has ordered lists, which cannot be shown in parts.
        ProofError: it cannot be signed, or costs too much.
    """
    if how.loader is document_loader:
        try:
            return Short.of(unsecured, hmac_key, how)
        except compiled.NotCovered:
            pass
    return General.of(unsecured, hmac_key, how)


def relabelled(shown: Json, label: Callable[[str], str], how: How) -> list[str]:
    """The lines of what a holder shows, sorted, each blank node under the name that was signed.

    Args:
        shown: the document without its proof.
        label: from the canonical name to the signed one.
        how: limits and contexts.

    Raises:
        ProofError: the document cannot be read, or `label` knows no name.
    """
    if how.loader is document_loader:
        try:
            found = compiled.statements(shown, how.limits)
            names = names_of(found, Algorithm.SHA256, how.limits)
            return lines_with(found, [label(name) for name in names], how.limits)
        except compiled.NotCovered:
            pass
    quads = rdf.dataset(shown, limits=how.limits, loader=how.loader)
    labels = {node: label(name) for node, name in canonical_names(quads, how.limits).items()}
    return sorted(line(quad, labels) for quad in quads)


def _label(hmac_key: bytes, name: str) -> str:
    """Section 3.4.2 (createHmacIdLabelMapFunction)."""
    return multibase.encode_base64url(hmac.digest(hmac_key, name.encode(), hashlib.sha256))


@dataclass(frozen=True, slots=True)
class Short:
    """The lines of a document of everyday, in which every object is a node.

    `named` is the same document, where each blank node has an address of its own: `skolem` and its
    number.
    """

    lines: list[str]
    named: Json
    labels: list[str]
    skolem: str
    how: How
    general: Callable[[], "General"]

    @classmethod
    def of(cls, unsecured: Json, hmac_key: bytes, how: How) -> Self:
        """Read, name and write down.

        Raises:
            NotCovered: ask the general way.
        """
        found = compiled.statements(unsecured, how.limits)
        names = names_of(found, Algorithm.SHA256, how.limits)
        labels = [_label(hmac_key, name) for name in names]
        skolem = _new_skolem()
        numbers = itertools.count()
        named = {
            name: member if name == "@context" else _addressed(member, skolem, numbers)
            for name, member in _with_address(unsecured, skolem, numbers).items()
        }
        if next(numbers) != len(labels):
            raise compiled.NotCovered  # the cells of an ordered list, which are no objects
        lines = lines_with(found, labels, how.limits)
        general = functools.partial(General.of, unsecured, hmac_key, how)
        return cls(lines, named, labels, skolem, how, general)

    def places(self, pointers: tuple[str, ...]) -> set[int]:
        """As `Labelled` has it."""
        if not pointers:
            return set()
        try:
            found = compiled.statements(self._part(pointers), self.how.limits)
        except (compiled.NotCovered, NothingSelected):
            return self.general().places(pointers)
        number = re.compile(rf"<{self.skolem}([0-9]+)>")
        chosen = {
            number.sub(lambda which: f"_:{self.labels[int(which[1])]}", text)
            for text in found.complete
        }
        return {i for i, text in enumerate(self.lines) if text in chosen}

    def labels_for_verifiers(self, pointers: tuple[str, ...]) -> dict[int, bytes]:
        """As `Labelled` has it."""
        try:
            part = self._part(pointers)
            numbers: list[int] = []
            bare = _without_addresses(part, self.skolem, numbers)
            names = names_of(
                compiled.statements(bare, self.how.limits), Algorithm.SHA256, self.how.limits
            )
        except (compiled.NotCovered, NothingSelected):
            return self.general().labels_for_verifiers(pointers)
        return {
            _number(name): multibase.decode(self.labels[number])
            for name, number in zip(names, numbers, strict=True)
        }

    def _part(self, pointers: tuple[str, ...]) -> Json:
        """What is selected, from the document as it was written.

        Raises:
            NotCovered: the general way, which selects from the document as JSON-LD would write it
                again, may find something else there.
            NothingSelected: a pointer leads nowhere.
        """
        sets = sets_of(tuple(listed(self.named["@context"])))
        ways = map(steps_of, checked_pointers(pointers))
        if not all(is_written_alike(self.named, way, sets) for way in ways):
            raise compiled.NotCovered
        return select(self.named, pointers)


def _with_address(node: Json, skolem: str, numbers: Iterator[int]) -> Json:
    return node if "id" in node else {"id": f"{skolem}{next(numbers)}", **node}


def _addressed(value: Any, skolem: str, numbers: Iterator[int]) -> Any:  # noqa: ANN401 - JSON
    """Give every object without an address one, outer ones first; section 3.4.5."""
    if isinstance(value, Mapping):
        node = _with_address(value, skolem, numbers)
        return {name: _addressed(member, skolem, numbers) for name, member in node.items()}
    if isinstance(value, list):
        return [_addressed(item, skolem, numbers) for item in value]
    return value


def _without_addresses(value: Any, skolem: str, numbers: list[int]) -> Any:  # noqa: ANN401 - JSON
    """Take these addresses away again, and write down in which order they came."""
    if isinstance(value, Mapping):
        address = value.get("id")
        if isinstance(address, str) and address.startswith(skolem):
            numbers.append(int(address.removeprefix(skolem)))
            value = {name: member for name, member in value.items() if name != "id"}
        return {
            name: member if name == "@context" else _without_addresses(member, skolem, numbers)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [_without_addresses(item, skolem, numbers) for item in value]
    return value


@dataclass(frozen=True, slots=True)
class General:
    """The lines of any document.

    `named` is the same document in JSON, where each blank node has an address of its own
    (`skolem`), so that a selection from it can be recognised among the lines; sections 3.4.5 to
    3.4.16.
    """

    lines: list[str]
    named: Json
    labels: Mapping[BlankNode, str]
    skolem: str
    how: How

    @classmethod
    def of(cls, unsecured: Json, hmac_key: bytes, how: How) -> Self:
        """Read, name and write down.

        Raises:
            InvalidJsonLd: there are ordered lists.
            ProofError: it cannot be signed, or costs too much.
        """
        skolem = _new_skolem()
        plain = rdf.expanded(unsecured, limits=how.limits, loader=how.loader)
        expanded = _skolemize(plain, skolem, itertools.count())
        statements = rdf.statements(expanded, limits=how.limits)
        if any(isinstance(quad.subject, BlankNode) for quad in statements):
            # The cells of a list have no names that a selection would share with the whole.
            raise InvalidJsonLd("an ordered list cannot be disclosed in parts")
        quads = deskolemized(statements, skolem)
        labels = {
            node: _label(hmac_key, name)
            for node, name in canonical_names(quads, how.limits).items()
        }
        lines = sorted(line(quad, labels) for quad in quads)
        named = rdf.compacted(expanded, unsecured.get("@context"), loader=how.loader)
        return cls(lines, named, labels, skolem, how)

    def places(self, pointers: tuple[str, ...]) -> set[int]:
        """As `Labelled` has it."""
        chosen = {line(quad, self.labels) for quad in self._statements(pointers)}
        return {i for i, text in enumerate(self.lines) if text in chosen}

    def labels_for_verifiers(self, pointers: tuple[str, ...]) -> dict[int, bytes]:
        """As `Labelled` has it."""
        names = canonical_names(self._statements(pointers), self.how.limits)
        return {_number(name): multibase.decode(self.labels[node]) for node, name in names.items()}

    def _statements(self, pointers: tuple[str, ...]) -> list[Quad]:
        if not pointers:
            return []
        part = select(self.named, pointers)
        expanded = rdf.expanded(part, limits=self.how.limits, loader=self.how.loader)
        return deskolemized(rdf.statements(expanded, limits=self.how.limits), self.skolem)


def _new_skolem() -> str:
    """Nobody knows it before, so no document can hold it."""
    return f"{SKOLEM}{secrets.token_hex(16)}:"


def _number(name: str) -> int:
    return int(name.removeprefix("c14n"))


def _skolemize(value: Any, skolem: str, numbers: Iterator[int]) -> Any:  # noqa: ANN401 - JSON
    """Give every node of an expanded document an address; section 3.4.5."""
    if isinstance(value, list):
        return [_skolemize(item, skolem, numbers) for item in value]
    if not isinstance(value, dict) or "@value" in value:
        return value
    node = {name: _skolemize(member, skolem, numbers) for name, member in value.items()}
    if "@id" not in node and "@list" not in node:
        node["@id"] = f"{skolem}b{next(numbers)}"
    return node


def deskolemized(quads: Iterable[Quad], skolem: str) -> list[Quad]:
    """Take these addresses away again; section 3.4.4."""

    def term(found: Any) -> Any:  # noqa: ANN401 - any term of RDF
        if isinstance(found, NamedNode) and found.value.startswith(skolem):
            return BlankNode(found.value.removeprefix(skolem))
        return found

    return [
        Quad(
            term(quad.subject),
            quad.predicate,
            term(quad.object),
            quad.graph_name if isinstance(quad.graph_name, DefaultGraph) else term(quad.graph_name),
        )
        for quad in quads
    ]
