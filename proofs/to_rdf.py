"""Which statements does an expanded document make?

JSON-LD 1.1 Processing Algorithms and API, sections 8.1 (Deserialize JSON-LD to RDF), 8.2 (Object
to RDF Conversion) and 8.3 (List to RDF).  By hand, since PyLD compares every value of a set with
every other one, which takes minutes for a document of half a megabyte, and leaves out without a
word what RDF cannot hold.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from proofs import jcs
from proofs.errors import InvalidJsonLd, UnsafeIdentifier, UnsignedMember, shown

Resource = NamedNode | BlankNode
Graph = Resource | DefaultGraph

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
I18N: Final = "https://www.w3.org/ns/i18n#"
"""How a text with a direction is written, so that the direction is signed: the `i18n-datatype` of
`rdfDirection`.  The cryptosuites leave it open; this is what their widest implementation does."""
TYPE: Final = NamedNode(f"{RDF}type")
FIRST: Final = NamedNode(f"{RDF}first")
REST: Final = NamedNode(f"{RDF}rest")
NIL: Final = NamedNode(f"{RDF}nil")
JSON: Final = f"{RDF}JSON"
DOUBLE: Final = f"{XSD}double"
LARGEST_PLAIN_INTEGER: Final = 1e21  # section 8.2, step 6: larger ones are doubles


def quads(expanded: list[Any]) -> Iterator[Quad]:
    """The statements of an expanded document, where every node has its own name or none.

    Raises:
        UnsafeIdentifier: an identifier that RDF cannot hold.
        UnsignedMember: a node of which nothing is said.
        InvalidJsonLd: a text, language tag or datatype that RDF cannot hold.
        NotCanonicalizable: a JSON literal that readers do not agree on.
    """
    writer = _Writer()
    for node in expanded:
        writer.statements_of(node, DefaultGraph())
    yield from dict.fromkeys(writer.found)


class _Writer:
    """Writes statements down, and gives names to nodes that have none."""

    def __init__(self) -> None:
        self.found: list[Quad] = []
        self._named = 0

    def statements_of(self, node: Mapping[str, Any], graph: Graph) -> None:
        """Write what is said of a node that stands by itself, where a mere name would vanish."""
        before = len(self.found)
        self.node(node, graph)
        if len(self.found) == before:
            raise UnsignedMember("", f"nothing is said of {shown(node.get('@id', '{}'))}")

    def node(self, node: Mapping[str, Any], graph: Graph) -> Resource:
        subject = _named(node["@id"]) if "@id" in node else self._fresh()
        for kind in node.get("@type", ()):
            self.found.append(Quad(subject, TYPE, _named(kind), graph))
        for inner in node.get("@graph", ()):
            self.statements_of(inner, subject)
        for name, values in node.items():
            if not name.startswith("@"):
                predicate = _named(name)
                for value in values:
                    self.found.append(Quad(subject, predicate, self._object(value, graph), graph))
        return subject

    def _object(self, value: Mapping[str, Any], graph: Graph) -> Resource | Literal:
        if "@value" in value:
            return _literal(value)
        if "@list" in value:
            return self._list(value["@list"], graph)
        return self.node(value, graph)

    def _list(self, items: list[Any], graph: Graph) -> Resource:
        head: Resource = NIL
        for item in reversed(items):
            cell = self._fresh()
            self.found.append(Quad(cell, FIRST, self._object(item, graph), graph))
            self.found.append(Quad(cell, REST, head, graph))
            head = cell
        return head

    def _fresh(self) -> BlankNode:
        self._named += 1
        return BlankNode(f"b{self._named}")


def _named(text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError:
        raise UnsafeIdentifier(text) from None


def _literal(value: Mapping[str, Any]) -> Literal:
    try:
        if "@language" in value:
            said = Literal(value["@value"], language=value["@language"])
            return _directed(said, value["@direction"]) if "@direction" in value else said
        if "@direction" in value:
            return _directed(Literal(value["@value"]), value["@direction"])
        text, datatype = lexical(value["@value"], value.get("@type"))
        return Literal(text, datatype=NamedNode(datatype))
    except ValueError:
        raise InvalidJsonLd("a text, language tag or datatype that RDF cannot hold") from None


def _directed(text: Literal, direction: str) -> Literal:
    """A text that says in which direction it is read; section 8.2, step 13."""
    read = f"{I18N}{text.language or ''}_{direction}"
    return Literal(text.value, datatype=NamedNode(read))


def lexical(value: object, datatype: str | None) -> tuple[str, str]:
    """A JSON value as text, and the datatype that this text is of.

    Raises:
        NotCanonicalizable: a JSON literal that readers do not agree on.
    """
    if datatype == "@json":
        return jcs.canonical(value).decode(), JSON
    match value:
        case bool():
            return str(value).lower(), datatype or f"{XSD}boolean"
        case int() if datatype != DOUBLE and abs(value) < LARGEST_PLAIN_INTEGER:
            return str(value), datatype or f"{XSD}integer"
        case int() | float():
            return _canonical_double(value), datatype or DOUBLE
        case _:
            return str(value), datatype or f"{XSD}string"


def _canonical_double(value: float) -> str:
    """The canonical form of `xsd:double`, with at most 15 digits after the point."""
    mantissa, exponent = f"{value:.15E}".split("E")
    whole, fraction = mantissa.split(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}E{int(exponent)}"
