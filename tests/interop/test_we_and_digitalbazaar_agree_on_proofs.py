"""`@digitalbazaar/vc` beside ours, with every cryptosuite that covers the whole document."""

from collections.abc import Iterator
from typing import Any

import pytest
from world.credentials import ISSUER_DID
from world.generated_credentials import generated
from world.interop import CREATED, NOON, OUR_KEYS, all_changed, contexts, our_controller, we_refuse
from world.peers import Peer

from keys import multikey
from keys.public_key import KeyType, PublicKey
from proofs.secure import secure

Json = dict[str, Any]
Pair = tuple[str, KeyType]

GENERATED = generated(200)
PAIRS: list[Pair] = [
    ("eddsa-rdfc-2022", KeyType.ED25519),
    ("ecdsa-rdfc-2019", KeyType.P256),
    ("ecdsa-rdfc-2019", KeyType.P384),
    ("eddsa-jcs-2022", KeyType.ED25519),
    ("ecdsa-jcs-2019", KeyType.P256),
    ("ecdsa-jcs-2019", KeyType.P384),
]
FEWER = {("ecdsa-rdfc-2019", KeyType.P384): 4}
"""Each so many-th, where another key of the same suite has had them all."""


@pytest.fixture(scope="module")
def digitalbazaar() -> Iterator[Peer]:
    with Peer("digitalbazaar.mjs") as peer:
        peer.ask("load", documents={**contexts(), ISSUER_DID: our_controller()})
        yield peer


@pytest.fixture(scope="module", params=PAIRS, ids=" ".join)
def pair(request: pytest.FixtureRequest) -> Pair:
    found: Pair = request.param
    return found


def some(pair: Pair) -> list[Json]:
    return GENERATED[:: FEWER.get(pair, 1)]


@pytest.fixture(scope="module")
def ours(pair: Pair) -> list[Json]:
    suite, kind = pair
    return [secure(one, OUR_KEYS[kind], NOON, cryptosuite=suite) for one in some(pair)]


@pytest.fixture(scope="module")
def theirs(digitalbazaar: Peer, pair: Pair) -> tuple[list[Json], PublicKey]:
    suite, kind = pair
    method = digitalbazaar.ask("key", controller=ISSUER_DID, type=kind)["method"]
    wish = {"created": CREATED, "cryptosuite": suite, "key": method["id"]}
    asked = [{"credential": one, **wish} for one in some(pair)]
    signed = [answer["credential"] for answer in digitalbazaar.ask_all("issue", asked)]
    return signed, multikey.decode(method["publicKeyMultibase"])


def they_refuse(peer: Peer, suite: str, credentials: list[Json]) -> dict[int, list[str]]:
    """Which of them, and why."""
    asked = [{"credential": one, "now": CREATED, "cryptosuite": suite} for one in credentials]
    answers = peer.ask_all("verify", asked)
    return {at: one["why"] for at, one in enumerate(answers) if not one["verified"]}


def test_they_verify_what_we_sign(digitalbazaar: Peer, pair: Pair, ours: list[Json]) -> None:
    assert they_refuse(digitalbazaar, pair[0], ours) == {}


def test_they_refuse_what_we_signed_when_a_value_is_changed(
    digitalbazaar: Peer, pair: Pair, ours: list[Json]
) -> None:
    forged = all_changed(ours)
    assert they_refuse(digitalbazaar, pair[0], forged).keys() == set(range(len(forged)))


def test_we_verify_what_they_sign(theirs: tuple[list[Json], PublicKey]) -> None:
    assert we_refuse(*theirs) == {}


def test_we_refuse_what_they_signed_when_a_value_is_changed(
    theirs: tuple[list[Json], PublicKey],
) -> None:
    signed, key = theirs
    forged = all_changed(signed)
    assert we_refuse(forged, key).keys() == set(range(len(forged)))
