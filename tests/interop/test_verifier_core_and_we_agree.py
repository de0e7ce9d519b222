"""npm `@digitalcredentials/verifier-core`, which only verifies, beside our verification.

What others sign is signed by `@digitalbazaar/vc`, and both of us judge it.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from world.credentials import ISSUER_DID, ISSUER_URL, NOON
from world.generated_credentials import generated
from world.interop import CREATED, OUR_KEYS, all_changed, contexts, our_controller, we_refuse
from world.peers import Peer

from keys import multikey
from keys.public_key import KeyType, PublicKey
from proofs.secure import secure

Json = dict[str, Any]

GENERATED = generated(200)
EVERY_ONE = set(range(200))


@pytest.fixture(scope="module")
def verifier_core() -> Iterator[Peer]:
    with Peer("verifier-core.mjs") as peer:
        peer.ask("load", documents={f"{ISSUER_URL}/.well-known/did.json": our_controller()})
        yield peer


@pytest.fixture(scope="module")
def ours() -> list[Json]:
    return [secure(one, OUR_KEYS[KeyType.ED25519], NOON) for one in GENERATED]


@pytest.fixture(scope="module")
def others(verifier_core: Peer) -> tuple[list[Json], PublicKey]:
    with Peer("digitalbazaar.mjs") as peer:
        peer.ask("load", documents=contexts())
        method = peer.ask("key", controller=ISSUER_DID)["method"]
        asked = [{"credential": one, "created": CREATED} for one in GENERATED]
        signed = [answer["credential"] for answer in peer.ask_all("issue", asked)]
    controller = our_controller()
    controller["verificationMethod"].append(method)
    controller["assertionMethod"].append(method["id"])
    verifier_core.ask("load", documents={f"{ISSUER_URL}/.well-known/did.json": controller})
    return signed, multikey.decode(method["publicKeyMultibase"])


def they_refuse(peer: Peer, credentials: list[Json], now: str = CREATED) -> dict[int, Any]:
    """Which of them, and why."""
    answers = peer.ask_all("verify", [{"credential": one, "now": now} for one in credentials])
    return {at: one["why"] for at, one in enumerate(answers) if not one["verified"]}


def test_they_verify_what_we_sign(verifier_core: Peer, ours: list[Json]) -> None:
    assert they_refuse(verifier_core, ours) == {}


def test_they_refuse_what_we_signed_when_a_value_is_changed(
    verifier_core: Peer, ours: list[Json]
) -> None:
    assert they_refuse(verifier_core, all_changed(ours)).keys() == EVERY_ONE


def test_they_refuse_what_we_signed_after_its_last_day(
    verifier_core: Peer, ours: list[Json]
) -> None:
    later = (NOON + timedelta(days=365 * 50)).isoformat()
    assert they_refuse(verifier_core, ours[:1], later).keys() == {0}


def test_both_verify_what_others_sign(
    verifier_core: Peer, others: tuple[list[Json], PublicKey]
) -> None:
    signed, key = others
    assert they_refuse(verifier_core, signed) == we_refuse(signed, key) == {}


def test_both_refuse_what_others_signed_when_a_value_is_changed(
    verifier_core: Peer, others: tuple[list[Json], PublicKey]
) -> None:
    signed, key = others
    forged = all_changed(signed)
    assert they_refuse(verifier_core, forged).keys() == EVERY_ONE
    assert we_refuse(forged, key).keys() == EVERY_ONE
