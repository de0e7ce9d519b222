"""Which statements does a document make?

JSON-LD 1.1 to RDF, without losing or gaining meaning on the way: contexts come from
our own package only, whatever expansion would drop is an error, and the terms of RDF
are built one by one instead of being written into a text and read again.
"""

import contextlib
import copy
import functools
import operator
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from cachetools import LRUCache
from pyld import jsonld
from pyld.context_resolver import ContextResolver
from pyoxigraph import Quad

from proofs.errors import CanonicalizationRefused, InvalidJsonLd, UndefinedTerm, UnsignedMember
from proofs.faithful import (
    Vocabulary,
    check_expanded,
    check_inline,
    check_written,
    context_addresses,
    inline_contexts,
)
from proofs.limits import Limits
from proofs.size import check_size
from proofs.to_rdf import LARGEST_PLAIN_INTEGER, quads
from schemas.contexts import document_loader

Loader = Callable[..., dict[str, Any]]
"""PyLD's document loader: address and options in, `{"document": …}` out; raises if unknown."""

CACHED_CONTEXTS: Final = 256
"""Resolved contexts kept per cache; only bundled ones and their scoped parts ever get in."""

IDLE_CACHES: Final = 8
"""Caches kept for the next caller; more callers than that at once make their own."""


class _Caches:
    """PyLD's caches of resolved contexts, lent to one caller at a time.

    PyLD's own are shared by the whole process, are not made for threads, and remember
    what strangers send.
    """

    def __init__(self) -> None:
        self._idle: deque[LRUCache[str, Any]] = deque(maxlen=IDLE_CACHES)

    def take(self) -> "LRUCache[str, Any]":
        try:
            return self._idle.pop()
        except IndexError:
            return LRUCache(maxsize=CACHED_CONTEXTS)

    def give_back(self, cache: "LRUCache[str, Any]") -> None:
        self._idle.append(cache)


_BUNDLED: Final = _Caches()
NO_VOCABULARY: Final = Vocabulary(frozenset(), frozenset())


def dataset(
    view: Mapping[str, Any],
    *,
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> list[Quad]:
    """Turn a JSON-LD document into RDF statements.

    Args:
        view: the document; it is not changed.
        limits: how much work is done.
        loader: where contexts come from; another than the default shares no cache.

    Raises:
        UnknownContext: a context that is not bundled; nothing is ever fetched.
        ProofError: the document would lose meaning, or is not valid JSON-LD.
    """
    return statements(expanded(view, limits=limits, loader=loader), limits=limits)


def expanded(
    view: Mapping[str, Any],
    *,
    limits: Limits | None = None,
    loader: Loader = document_loader,
) -> list[Any]:
    """The expanded form of a JSON-LD document, in which every name is an address.

    Raises:
        UnknownContext: a context that is not bundled; nothing is ever fetched.
        CanonicalizationRefused: nested too deeply, or more to read than the limits.
        ProofError: the document would lose meaning, or is not valid JSON-LD.
    """
    addresses = set(context_addresses(view))
    check_size(view, limits or Limits())
    vocabularies = [vocabulary_of(loader, address) for address in addresses]
    vocabulary = functools.reduce(operator.or_, vocabularies, NO_VOCABULARY)
    inline = inline_contexts(view)
    for context in inline:
        check_inline(context, vocabulary)
        vocabulary |= Vocabulary.of(context)
    check_written(view, vocabulary)
    with processor(loader, alone=bool(inline)) as options:
        found: list[Any] = jsonld.expand(_plain(view), options, on_property_dropped=_refuse_dropped)
    check_expanded(found)
    return found


def statements(expanded: list[Any], *, limits: Limits | None = None) -> list[Quad]:
    """The RDF statements of an expanded document.

    Raises:
        UnsafeIdentifier: an identifier that RDF cannot hold.
        InvalidJsonLd: a text that RDF cannot hold.
        UnsignedMember: it makes no statement.
        CanonicalizationRefused: more statements than the limit.
    """
    limits = limits or Limits()
    found = list(quads(expanded))
    if not found:
        raise UnsignedMember("", "the document makes no statement")
    if len(found) > limits.quads:
        raise CanonicalizationRefused("statements", len(found), limits.quads)
    return found


def compacted(expanded: list[Any], context: object, *, loader: Loader) -> dict[str, Any]:
    """An expanded document written with the terms of these contexts again.

    Raises:
        InvalidJsonLd: the processor refuses it.
    """
    with processor(loader) as options:
        found: dict[str, Any] = jsonld.compact(expanded, context, options)
    return found


@functools.lru_cache(maxsize=CACHED_CONTEXTS)
def vocabulary_of(loader: Loader, address: str) -> Vocabulary:
    """What a context defines.

    Raises:
        UnknownContext: it is not one of the loader's.
    """
    return Vocabulary.of(loader(address, {})["document"])


def _plain(value: object) -> object:
    """A copy of plain lists and dicts, whose numbers are what JavaScript would read.

    JSON has one kind of number: 1.0 is the integer 1 (JSON-LD 1.1 API, section 8.6).
    """
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return plain_number(value) if isinstance(value, float) else value


def plain_number(value: float) -> float:
    """The integer that a number is, if it is one; other numbers, true and false as they are."""
    if type(value) is float and value.is_integer() and abs(value) < LARGEST_PLAIN_INTEGER:
        return int(value)
    return value


@contextlib.contextmanager
def processor(loader: Loader, *, alone: bool = False) -> Iterator[dict[str, Any]]:
    """PyLD's options, and its errors as ours.

    A document that brings a context along works with caches of its own, so that it cannot push
    the bundled contexts out of those that all share.
    """
    pool = _BUNDLED if loader is document_loader and not alone else _Caches()
    cache = pool.take()
    try:
        yield {
            "base": None,  # PyLD reads "" as http://example.org/base/, which defines every word
            "documentLoader": loader,
            "contextResolver": ContextResolver(cache, _copying(loader)),
            "processingMode": "json-ld-1.1",
        }
    except jsonld.JsonLdError as fault:
        raise InvalidJsonLd(_code(fault)) from None
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as fault:
        raise InvalidJsonLd(type(fault).__name__) from None
    pool.give_back(cache)


def _copying(loader: Loader) -> Loader:
    """PyLD writes into the contexts that it is handed; let it write into a copy."""

    def load(address: str, options: Mapping[str, Any]) -> dict[str, Any]:
        return copy.deepcopy(loader(address, options))

    return load


def _refuse_dropped(term: str | None) -> None:
    raise UndefinedTerm(term or "a member that the context maps to nothing")


def _code(fault: BaseException) -> str:
    """The innermost error code; messages would repeat the document."""
    code = "invalid"
    inner: BaseException | None = fault
    while inner is not None:
        code = getattr(inner, "code", None) or code
        inner = inner.__cause__
    return code
