"""Which contexts do the suites use that nobody should sign with?"""

from collections.abc import Mapping
from typing import Any, Final

from schemas.contexts import document_loader

EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
VOCABULARY: Final = "https://www.w3.org/ns/credentials/examples#"


def examples_loader(url: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The bundled contexts, and the W3C's for examples, which gives every word a meaning.

    Raises:
        UnknownContext: neither bundled nor that one.
    """
    if url != EXAMPLES:
        return document_loader(url, options)
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": {"@vocab": VOCABULARY}},
        "tag": "static",
    }
