"""What the interop tests hand to every peer: our contexts and our status list."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from world.credentials import NOON

from keys.signer import Signer
from proofs.secure import secure
from proofs.status import Purpose, StatusEntry, StatusList, status_list_credential
from schemas.contexts import CONTEXTS, context
from schemas.document import Document, write

Json = Mapping[str, Any]


def contexts() -> dict[str, dict[str, Any]]:
    """Every context that is bundled, by its address."""
    return {url: context(url) for url in CONTEXTS}


def status_list(credential: Json, signer: Signer, *, withdrawn: bool) -> dict[str, Any]:
    """Our signed status list for one credential, with its bit set or clear.

    The peers ask the clock whether the list is in force, so it is until tomorrow.
    """
    entry = StatusEntry.read(credential["credentialStatus"])
    published = StatusList.blank(Purpose.REVOCATION).with_bit(entry.index, value=withdrawn)
    unsigned = status_list_credential(
        id=entry.list_url,
        issuer=credential["issuer"]["id"],
        status_list=published,
        valid_from=NOON,
        valid_until=datetime.now(UTC).replace(microsecond=0) + timedelta(days=1),
        ttl_ms=60_000,
    )
    return secure(unsigned, signer, NOON)


def received(credential: Json) -> Document:
    """A credential as it arrives here from somebody else: bytes."""
    return Document.read(write(credential))
