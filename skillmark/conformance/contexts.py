"""Which contexts do the suites use that nobody should sign with?"""

import json
from collections.abc import Mapping
from typing import Any

from schemas.contexts import CONFORMANCE_CONTEXTS, document_loader


def examples_loader(url: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The bundled contexts, and the W3C's for examples, which gives every word a meaning.

    Raises:
        UnknownContext: none of these.
    """
    if url not in CONFORMANCE_CONTEXTS:
        return document_loader(url, options)
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": json.loads(CONFORMANCE_CONTEXTS[url].read()),
        "tag": "static",
    }
