"""Do two ways to the same answer disagree?  Each comparison says what happened, or raises.

Of two ways one is quick and reads only what is met every day, the other is slow and reads all.
Where the quick one answers, the slow one has to give the same answer.
"""

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyoxigraph
import rfc8785
from pyld import jsonld

from keys import multibase
from proofs import compiled, jcs
from proofs.blank_nodes import canonical_names
from proofs.canonical import canonical, canonical_quads
from proofs.digests import Algorithm
from proofs.errors import NotCanonicalizable, ProofError
from proofs.limits import Limits
from proofs.nquads import blank_nodes, line
from proofs.rdf import dataset, expanded
from proofs.selection import select
from proofs.suites.labelled import General, Short, deskolemized
from proofs.suites.suite import How
from schemas import document
from schemas.document import Document
from schemas.errors import MalformedDocument, SchemaError
from schemas.limits import JsonLimits

Json = dict[str, Any]
OXIGRAPH: Final = {
    Algorithm.SHA256: pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0,
    Algorithm.SHA384: pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0_SHA_384,
}
AS_N_QUADS: Final = {
    "format": "application/n-quads",
    "base": None,
    "rdfDirection": "i18n-datatype",
}
SECRET: Final = b"k" * 32


class Different(Exception):
    """Two ways gave two answers."""


def _same(what: str, quick: object, slow: object) -> None:
    if quick != slow:
        raise Different(f"{what}: {quick!r} and {slow!r}")


def statements(view: Json, algorithm: Algorithm, *, in_full: bool) -> tuple[str, bool]:
    """`proofs.compiled` and the general way; also whether the quick one answered.

    `in_full` asks for both together as well, where the quick one does not answer.
    """
    slow: bytes | tuple[str, str]
    try:
        slow = canonical_quads(dataset(view), algorithm)
    except (ProofError, SchemaError) as error:
        slow = type(error).__name__, str(error)
    for _ in range(3):  # it remembers parts that it sees again
        try:
            quick = compiled.canonical(view, algorithm, Limits())
        except compiled.NotCovered:
            break
        _same("compiled", quick, slow)
    else:
        return "accepted", True
    outcome = "accepted" if isinstance(slow, bytes) else slow[0]
    if not in_full:
        return outcome, False
    try:
        both: bytes | tuple[str, str] = canonical(view, algorithm)
    except (ProofError, SchemaError) as error:
        both = type(error).__name__, str(error)
    _same("canonical", both, slow)
    return outcome, False


def with_others(view: Json, algorithm: Algorithm) -> str:
    """An accepted document, and what PyLD and pyoxigraph make of it."""
    text = jsonld.to_rdf(expanded(view), AS_N_QUADS)
    quads = pyoxigraph.Dataset(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS))
    quads.canonicalize(OXIGRAPH[algorithm])
    written = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS).decode()
    lines = sorted(line for line in written.split("\n") if line)
    _same("PyLD", canonical(view, algorithm).decode(), "".join(f"{line}\n" for line in lines))
    return "with PyLD and pyoxigraph"


def parts(view: Json, choose: random.Random) -> str:
    """Lines, selections and names of `ecdsa-sd-2023`, for an accepted document."""
    how = How()
    try:
        quick = Short.of(view, SECRET, how)
    except compiled.NotCovered:
        return "parts: general way"
    slow = General.of(view, SECRET, how)
    _same("lines", quick.lines, slow.lines)
    every = list(_pointers(view))
    for _ in range(3):
        pointers = tuple(choose.choice(every) for _ in range(choose.randint(1, 4)))
        found, expected = _selected(quick, pointers), _selected(slow, pointers)
        if found != expected and isinstance(found, list) and isinstance(expected, str):
            # It writes the document again before it selects, and cannot always read that: `geo`
            # becomes `GeoCoordinates`.  Then what counts is what the part says as it is written.
            expected = _as_written(quick, pointers)
        _same(f"places {pointers}", found, expected)
    return "parts: short way"


def _selected(whole: Short | General, pointers: tuple[str, ...]) -> list[object] | str:
    try:
        return [whole.places(pointers), whole.labels_for_verifiers(pointers)]
    except ProofError as error:
        return f"{type(error).__name__}: {error}"


def _as_written(whole: Short, pointers: tuple[str, ...]) -> list[object]:
    """The same by the general way of JSON-LD, from the document as it is written."""
    quads = deskolemized(dataset(select(whole.named, pointers)), whole.skolem)
    labels = {node: whole.labels[int(node.value)] for quad in quads for node in blank_nodes(quad)}
    chosen = {line(quad, labels) for quad in quads}
    return [
        {i for i, text in enumerate(whole.lines) if text in chosen},
        {
            int(name.removeprefix("c14n")): multibase.decode(labels[node])
            for node, name in canonical_names(quads).items()
        },
    ]


def _pointers(value: object, at: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            if name != "@context":
                here = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
                yield here
                yield from _pointers(member, here)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield f"{at}/{place}"
            yield from _pointers(item, f"{at}/{place}")


def canonical_json(view: Json) -> str:
    """`proofs.jcs` and rfc8785."""
    try:
        slow: bytes | None = rfc8785.dumps(view)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        slow = None
    try:
        quick: bytes | None = jcs.canonical(view)
    except NotCanonicalizable:
        quick = None
    _same("JCS", quick, slow)
    return "JSON, canonical"


def reading(view: Json, choose: random.Random) -> str:
    """`Document.read` and the standard library, of a text that may be spoilt."""
    text = json.dumps(view, ensure_ascii=choose.random() < 0.5, indent=choose.choice([None, 1]))
    raw = text.encode("utf-8", "surrogatepass")
    for _ in range(choose.choice([0, 1, 2])):
        raw = _spoilt(raw, choose)
    _same("reading", _read(raw), _read_slowly(raw))
    return "JSON, read"


def _spoilt(raw: bytes, choose: random.Random) -> bytes:
    begin = choose.randrange(len(raw) + 1)
    end = min(len(raw), begin + choose.choice([0, 1, 1, 2, 40]))
    pieces = (
        b"",
        b'"',
        b",",
        b":",
        b"[",
        b"{",
        b"}]",
        b"0",
        b"-0",
        b"1e5",
        b'"id":1,',
        b"\\",
        b"\xff",
    )
    other = choose.randrange(len(raw) + 1)
    piece = choose.choice([*pieces, raw[other : other + 30]])
    return raw[:begin] + piece + raw[end:]


def _read(raw: bytes) -> object:
    try:
        return repr(Document.read(raw).view)
    except MalformedDocument as error:
        return str(error)


def _read_slowly(raw: bytes) -> object:
    limits = JsonLimits()
    try:
        document._measured(raw, limits)  # noqa: SLF001 - the bounds are the same on both ways
        view = document._parse_text(raw.decode(), limits)  # noqa: SLF001 - the slow way itself
    except UnicodeDecodeError as error:
        return f"byte {error.start} is not UTF-8"
    except MalformedDocument as error:
        return str(error)
    return repr(view) if isinstance(view, dict) else "a credential is a JSON object, in { and }"
