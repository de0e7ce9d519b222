"""The status entries that an issued credential carries, by what they are about."""

from proofs.status import StatusEntry
from schemas.document import Document
from schemas.one_or_many import listed


def status_entries(raw: bytes) -> dict[str, StatusEntry]:
    """Purpose → entry, whether the document says one or a list."""
    given = listed(Document.read(raw).view["credentialStatus"])
    entries = [StatusEntry.read(each) for each in given]
    return {entry.purpose: entry for entry in entries}
