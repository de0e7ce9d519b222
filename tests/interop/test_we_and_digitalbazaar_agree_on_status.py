"""npm `@digitalbazaar/vc-bitstring-status-list` beside ours: whose bit is where?"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from world.credentials import ISSUER_DID
from world.interop import CREATED, NOON, OUR_KEYS, contexts, our_controller
from world.peers import Peer

from keys.public_key import KeyType
from proofs.secure import secure
from proofs.status import (
    MINIMUM_ENTRIES,
    Purpose,
    StatusEntry,
    StatusList,
    read_status_list,
    status_list_credential,
)

Json = dict[str, Any]

SIGNER = OUR_KEYS[KeyType.ED25519]
LISTS = "https://issuer.example/status"
PURPOSES = (Purpose.REVOCATION, Purpose.SUSPENSION)
EDGES = [0, 1, 7, 8, 9, 15, 16, 65_535, 65_536, MINIMUM_ENTRIES - 8, MINIMUM_ENTRIES - 1]
INDEXES = EDGES + random.Random(1).sample(range(20, 60_000), 200 - len(EDGES))  # noqa: S311
SET = set(INDEXES[::2])
TOMORROW = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)


@pytest.fixture(scope="module")
def digitalbazaar() -> Iterator[Peer]:
    with Peer("digitalbazaar.mjs") as peer:
        peer.ask("load", documents={**contexts(), ISSUER_DID: our_controller()})
        yield peer


def url(purpose: Purpose) -> str:
    return f"{LISTS}/{purpose}"


def entry(purpose: Purpose, index: int) -> StatusEntry:
    return StatusEntry(f"{url(purpose)}#{index}", purpose, index, url(purpose))


def our_list(purpose: Purpose) -> StatusList:
    found = StatusList.blank(purpose)
    for index in SET:
        found = found.with_bit(index, value=True)
    return found


def our_credential(purpose: Purpose) -> Json:
    """Our signed list; the peers ask the clock whether it is in force."""
    unsigned = status_list_credential(
        id=url(purpose),
        issuer=ISSUER_DID,
        status_list=our_list(purpose),
        valid_from=NOON,
        valid_until=TOMORROW,
        ttl_ms=60_000,
    )
    return secure(unsigned, SIGNER, NOON)


def their_credential(peer: Peer, purpose: Purpose) -> Json:
    """Their list, which bears no issuer and no dates."""
    asked = {"id": url(purpose), "statusPurpose": purpose, "length": MINIMUM_ENTRIES}
    found: Json = peer.ask("statusList", set=sorted(SET), **asked)["credential"]
    return found


def holders() -> list[Json]:
    """Credentials that name an entry of each list, the same index in both."""
    return [
        secure(
            {
                "@context": ["https://www.w3.org/ns/credentials/v2"],
                "id": f"https://issuer.example/c/{index}",
                "type": ["VerifiableCredential"],
                "issuer": ISSUER_DID,
                "credentialSubject": {"id": "did:web:holder.example"},
                "credentialStatus": [entry(purpose, index).document() for purpose in PURPOSES],
            },
            SIGNER,
            NOON,
        )
        for index in INDEXES
    ]


def what_they_read(peer: Peer) -> list[list[bool]]:
    answers = peer.ask_all("verify", [{"credential": one, "now": CREATED} for one in holders()])
    assert [answer["why"] for answer in answers] == [[]] * len(INDEXES)
    return [answer["withdrawn"] for answer in answers]


def test_they_read_our_lists(digitalbazaar: Peer) -> None:
    lists = {url(purpose): our_credential(purpose) for purpose in PURPOSES}
    digitalbazaar.ask("load", documents=lists)
    assert what_they_read(digitalbazaar) == [[index in SET] * 2 for index in INDEXES]


def test_they_read_the_list_that_is_meant(digitalbazaar: Peer) -> None:
    revoked, _ = PURPOSES
    blank = status_list_credential(
        id=url(revoked),
        issuer=ISSUER_DID,
        status_list=StatusList.blank(revoked),
        valid_from=NOON,
        valid_until=TOMORROW,
        ttl_ms=None,
    )
    lists = {url(purpose): our_credential(purpose) for purpose in PURPOSES}
    lists[url(revoked)] = secure(blank, SIGNER, NOON)
    digitalbazaar.ask("load", documents=lists)
    assert what_they_read(digitalbazaar) == [[False, index in SET] for index in INDEXES]


def test_they_refuse_our_list_when_it_is_changed(digitalbazaar: Peer) -> None:
    revoked, suspended = PURPOSES
    forged = our_credential(revoked)
    forged["credentialSubject"]["encodedList"] = StatusList.blank(revoked).encode()
    lists = {url(revoked): forged, url(suspended): our_credential(suspended)}
    digitalbazaar.ask("load", documents=lists)
    asked = [{"credential": one, "now": CREATED} for one in holders()[:5]]
    answers = digitalbazaar.ask_all("verify", asked)
    assert not any(answer["verified"] for answer in answers)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_we_read_their_lists(digitalbazaar: Peer, purpose: Purpose) -> None:
    theirs = their_credential(digitalbazaar, purpose)
    for index in INDEXES:
        named = entry(purpose, index)
        assert read_status_list(theirs, named).is_set(index) is (index in SET)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_lists_of_both_have_the_same_bits(digitalbazaar: Peer, purpose: Purpose) -> None:
    theirs = their_credential(digitalbazaar, purpose)
    assert read_status_list(theirs, entry(purpose, 0)).bits == our_list(purpose).bits
