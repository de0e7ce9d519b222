"""How does PyLD understand contexts?  Its answers, asked in the order in which it asks itself.

JSON-LD 1.1 Processing Algorithms and API, section 4 (Context Processing).
"""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Self

from pyld.jsonld import JsonLdProcessor

from proofs.compiled.not_covered import NotCovered
from proofs.errors import ProofError
from proofs.rdf import processor
from schemas.contexts import document_loader

Active = Mapping[str, Any]
"""PyLD's active context; it never changes."""


class Contexts(JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
    """PyLD's way with contexts.

    It has no public name for these; the version of PyLD is pinned, and the differential tests are
    against its public functions.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        self._options = options

    @classmethod
    @contextlib.contextmanager
    def open(cls) -> Iterator[Self]:
        """PyLD with the options of the general way.

        Raises:
            NotCovered: it refuses a context here.
        """
        try:
            with processor(document_loader) as options:
                yield cls(options)
        except ProofError:
            raise NotCovered from None

    def root(self, addresses: tuple[str, ...]) -> Active:
        """The active context of a document."""
        start: Active = self._get_initial_context(self._options)
        return self._process(start, list(addresses))

    def with_type(self, active: Active, context: object) -> Active:
        """The active context inside a node, with one that its type brings along."""
        return self._process(active, context, propagate=False)

    def within(self, defining: Active, active: Active, name: str) -> Active:
        """An active context, with the one that a term brings along for its values."""
        context = self.get_context_value(defining, name, "@context")
        if context is None:
            return active
        return self._process(active, context, override_protected=True)

    def _process(self, active: Active, context: object, **rules: bool) -> Active:
        found: Active = self._process_context(active, context, self._options, **rules)
        return found
