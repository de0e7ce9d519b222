"""What do the assessment and the AI-use statement say?

They are evidence: JSON documents that the credential binds by digest.  A page shows them only when
the bytes on the shelf are the bytes that were signed for.
"""

from collections.abc import Mapping
from typing import Final

from issuer.public.json_reading import Json, many, text
from issuer.public.shelf import Shelf
from proofs.digests import Digest
from proofs.errors import MalformedDigest
from schemas.document import Document
from schemas.errors import SchemaError

GENRES: Final = frozenset({"Assessment", "AI-use statement"})
LARGEST: Final = 200_000  # bytes; a page waits for them


def evidence_documents(credential: Json, shelf: Shelf) -> Mapping[str, Json]:
    """The documents that are public and unchanged, by their digest."""
    digests = {
        text(entry.get("digestMultibase"))
        for entry in many(credential.get("evidence"))
        if text(entry.get("genre")) in GENRES
    }
    found = {digest: _document(digest, shelf) for digest in digests}
    return {digest: view for digest, view in found.items() if view is not None}


def _document(digest: str, shelf: Shelf) -> Json | None:
    try:
        expected = Digest.parse(digest)
    except MalformedDigest:
        return None
    kept = shelf.evidence(digest)
    if kept is None:
        return None
    with kept.stream:
        raw = kept.stream.read(LARGEST + 1)
    if len(raw) > LARGEST or not expected.matches(raw):
        return None
    try:
        return Document.read(raw).view
    except SchemaError:
        return None
