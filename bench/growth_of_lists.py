"""How does the cost grow with the length of a status list?

One in a hundred entries is set, by chance, which is many and packs badly.  Publishing is what a
withdrawal costs: a bit, packing, signing.  Reading is what a verifier does with a list that it
has not seen: its proof, unpacking, one entry; another entry of a list that is unpacked already
costs nothing that could be seen here.
"""

import random
from functools import partial
from typing import Any, Final

from measuring import Series, in_rounds
from world.credentials import ISSUER_DID, NOON, STATUS_URL
from world.interop import OUR_KEYS

from keys.memory import MemorySigner
from keys.public_key import KeyType
from proofs.secure import secure
from proofs.status import (
    BITSTRING,
    MINIMUM_ENTRIES,
    Purpose,
    StatusEntry,
    StatusList,
    StatusListCredential,
    status_list_credential,
)
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document, write
from schemas.limits import JsonLimits

LENGTHS: Final = tuple(MINIMUM_ENTRIES << shift for shift in (0, 1, 2, 3, 4, 5, 6))
SMALL_LENGTHS: Final = LENGTHS[:2]
SET: Final = 100  # one in so many
READABLE: Final = JsonLimits(document_bytes=16_000_000)
PER_TURN: Final = 2


def measure(rounds: int, *, quick: bool = False) -> dict[str, Any]:
    """Seconds by number of entries, and bytes of what is published."""
    signer = OUR_KEYS[KeyType.ED25519]
    lists = {length: _list(length) for length in (SMALL_LENGTHS if quick else LENGTHS)}
    published = {length: _publish(signer, given, 0) for length, given in lists.items()}

    def turn(series: Series, _number: int) -> None:
        for length, given in lists.items():
            publish = partial(_publish, signer, given, length - 1)
            read = partial(_read, signer, published[length], length - 1)
            series.each(f"publish/{length}", [publish] * PER_TURN)
            series.each(f"read/{length}", [read] * PER_TURN)

    return {
        "seconds": in_rounds(rounds, turn).told(),
        "published_bytes": {str(length): len(raw) for length, raw in published.items()},
    }


def _list(length: int) -> StatusList:
    chance = random.Random(length)  # noqa: S311 - the same in every run
    bits = bytearray(length // 8)
    for index in chance.sample(range(length), length // SET):
        bits[index // 8] |= 0x80 >> index % 8
    return StatusList(Purpose.REVOCATION, bytes(bits))


def _publish(signer: MemorySigner, given: StatusList, index: int) -> bytes:
    unsigned = status_list_credential(
        id=STATUS_URL,
        issuer=ISSUER_DID,
        status_list=given.with_bit(index, value=True),
        valid_from=NOON,
        valid_until=NOON,
        ttl_ms=300_000,
    )
    return write(secure(unsigned, signer, NOON))


def _read(signer: MemorySigner, raw: bytes, index: int) -> bool:
    document = Document.read(raw, READABLE)
    for proof in read_proofs(document):
        verify_proof(document, proof, signer.public_key)
    found = StatusListCredential.read(document.view, STATUS_URL, BITSTRING)
    entry = {
        "type": BITSTRING.entry,
        "statusPurpose": Purpose.REVOCATION.value,
        "statusListIndex": str(index),
        "statusListCredential": STATUS_URL,
    }
    return found.status(StatusEntry.read(entry)).is_set
