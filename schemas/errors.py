"""What can be wrong with what a credential says.

SchemaError
├── MalformedDocument     bytes that are not one unambiguous JSON object
├── MalformedCode         text that is not the code of a credential
├── UnknownContext        a JSON-LD context that is not bundled
├── UnsafeSchema          a JSON Schema that would make us fetch or work without bound
├── SchemaViolated        a document that does not say what its schema demands
└── DataModelBroken       a document that does not keep the rules of the data model
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.data_model.place import Breach


class SchemaError(Exception):
    """A document cannot be taken for what it claims to be."""


class MalformedDocument(SchemaError):
    """Not UTF-8, not JSON, not one object, said twice, or over a limit."""


class MalformedCode(SchemaError):
    """Not eleven symbols of Crockford base32 of which the last checks the others."""


class UnknownContext(SchemaError):
    """A context address that we do not carry; nothing is loaded at run time."""

    def __init__(self, url: str, known: Iterable[str]) -> None:
        listed = ", ".join(sorted(known))
        advice = f"use one of {listed}" if listed else "our copy of it was altered; reinstall"
        super().__init__(f"@context {url[:200]!r} is not bundled; {advice}")
        self.url = url


class UnsafeSchema(SchemaError):
    """A schema that refers to other documents, or is too large to be judged."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a document does not meet its schema.

    `pointer` is a JSON Pointer (RFC 6901) into the document, empty for its root.
    """

    pointer: str
    message: str


class SchemaViolated(SchemaError):
    """The document does not meet its schema; `violations` says where."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("; ".join(f"{v.pointer or '/'}: {v.message}" for v in self.violations[:5]))


class DataModelBroken(SchemaError):
    """The document does not conform to the data model; `breaches` says where, and what to do."""

    def __init__(self, breaches: Iterable["Breach"]) -> None:
        self.breaches = tuple(breaches)
        super().__init__("; ".join(f"{b.pointer or '/'}: {b.rule}" for b in self.breaches[:5]))
