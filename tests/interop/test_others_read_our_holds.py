"""A credential with two entries, as the issuer makes them: what do others read?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from world.credentials import NOON, sample_controller, sample_credential, sample_signer
from world.interop import contexts
from world.peers import Peer

from proofs.secure import secure
from proofs.status import Purpose, StatusEntry, StatusList, status_list_credential

SIGNER = sample_signer()
LISTS = "https://issuer.example/status"
ENTRIES = (
    StatusEntry(f"{LISTS}/1#7", Purpose.REVOCATION, 7, f"{LISTS}/1"),
    StatusEntry(f"{LISTS}/suspension-1#94", Purpose.SUSPENSION, 94, f"{LISTS}/suspension-1"),
)


@pytest.fixture(scope="module")
def credential() -> dict[str, Any]:
    entries = [entry.document() for entry in ENTRIES]
    return secure(sample_credential(credentialStatus=entries), SIGNER, NOON)


@pytest.fixture(scope="module")
def digitalbazaar(credential: dict[str, Any]) -> Iterator[Peer]:
    with Peer("digitalbazaar.mjs") as peer:
        did = credential["issuer"]["id"]
        peer.ask("load", documents={**contexts(), did: sample_controller()})
        yield peer


def publish(peer: Peer, *purposes: str) -> None:
    """Hand over both lists, with the bit set where a purpose is named."""
    for entry in ENTRIES:
        blank = StatusList.blank(entry.purpose)
        unsigned = status_list_credential(
            id=entry.list_url,
            issuer=sample_controller()["id"],
            status_list=blank.with_bit(entry.index, value=entry.purpose in purposes),
            valid_from=NOON,
            valid_until=datetime.now(UTC).replace(microsecond=0) + timedelta(days=1),
            ttl_ms=60_000,
        )
        peer.ask("load", documents={entry.list_url: secure(unsigned, SIGNER, NOON)})


@pytest.mark.parametrize("purposes", [(), ("suspension",), ("revocation",)])
def test_digitalbazaar_reads_both_lists(
    digitalbazaar: Peer, credential: dict[str, Any], purposes: tuple[str, ...]
) -> None:
    publish(digitalbazaar, *purposes)
    answer = digitalbazaar.ask("verify", credential=credential, now=NOON.isoformat())
    assert answer["why"] == []
    assert answer["withdrawn"] == [entry.purpose in purposes for entry in ENTRIES]
