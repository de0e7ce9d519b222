"""`@digitalbazaar/ecdsa-sd-2023-cryptosuite` beside ours, as issuer, holder and verifier."""

from collections.abc import Iterator
from typing import Any

import pytest
from world.credentials import ISSUER_DID
from world.generated_credentials import disclosable
from world.interop import CREATED, NOON, OUR_KEYS, all_changed, contexts, our_controller, we_refuse
from world.peers import Peer

from keys import multikey
from keys.public_key import KeyType, PublicKey
from proofs.secure import Wish, add_proof
from proofs.suites import How
from proofs.suites.ecdsa_sd_2023 import NAME, derive

Json = dict[str, Any]

DISCLOSABLE = disclosable(200)
SOME = 4
"""Each so many-th, where issuer and verifier were held against each other already."""
MANDATORY = ("/issuer", "/validFrom", "/credentialSubject/achievement/name")
SHOWN = (
    ("/name",),
    ("/evidence",),
    ("/credentialSubject/achievement",),
    ("/name", "/credentialSubject/achievement/tag"),
    ("/credentialSubject",),
)
"""What holders show beside what they must, in turns."""


@pytest.fixture(scope="module")
def digitalbazaar() -> Iterator[Peer]:
    with Peer("digitalbazaar.mjs") as peer:
        peer.ask("load", documents={**contexts(), ISSUER_DID: our_controller()})
        yield peer


@pytest.fixture(scope="module")
def ours() -> list[Json]:
    wish = Wish(cryptosuite=NAME, mandatory_pointers=MANDATORY)
    return [add_proof(one, OUR_KEYS[KeyType.P256], NOON, wish) for one in DISCLOSABLE]


@pytest.fixture(scope="module")
def their_method(digitalbazaar: Peer) -> Json:
    found: Json = digitalbazaar.ask("key", controller=ISSUER_DID, type="P-256")["method"]
    return found


@pytest.fixture(scope="module")
def their_key(their_method: Json) -> PublicKey:
    return multikey.decode(their_method["publicKeyMultibase"])


@pytest.fixture(scope="module")
def theirs(digitalbazaar: Peer, their_method: Json) -> list[Json]:
    wish = {
        "created": CREATED,
        "cryptosuite": NAME,
        "mandatoryPointers": MANDATORY,
        "key": their_method["id"],
    }
    asked = [{"credential": one, **wish} for one in DISCLOSABLE]
    return [answer["credential"] for answer in digitalbazaar.ask_all("issue", asked)]


def pointers(which: int, credential: Json) -> tuple[str, ...]:
    wanted = SHOWN[which % len(SHOWN)]
    lacks_tags = "tag" not in credential["credentialSubject"]["achievement"]
    return tuple(each for each in wanted if not (lacks_tags and each.endswith("/tag")))


def we_show(credentials: list[Json]) -> list[Json]:
    return [
        derive(one, one["proof"], pointers(which, one), How())
        for which, one in enumerate(credentials)
    ]


def they_show(peer: Peer, credentials: list[Json]) -> list[Json]:
    asked = [
        {"credential": one, "selectivePointers": pointers(which, one)}
        for which, one in enumerate(credentials)
    ]
    return [answer["credential"] for answer in peer.ask_all("derive", asked)]


def they_refuse(peer: Peer, credentials: list[Json], **how: object) -> dict[int, list[str]]:
    """Which of them, and why."""
    wish = {"now": CREATED, "cryptosuite": NAME, **how}
    answers = peer.ask_all("verify", [{"credential": one, **wish} for one in credentials])
    return {at: one["why"] for at, one in enumerate(answers) if not one["verified"]}


def test_their_check_for_holders_counts_wrong_for_issuers_of_both_alike(
    digitalbazaar: Peer, ours: list[Json], theirs: list[Json]
) -> None:
    """It names the nodes of the mandatory part anew, where they have names in the whole.

    Data Integrity ECDSA Cryptosuites 1.0, section 3.4, canonicalizeAndGroup: one map of
    labels for the whole.
    """
    refused = they_refuse(digitalbazaar, ours[::SOME], base=True)
    assert refused.keys() == they_refuse(digitalbazaar, theirs[::SOME], base=True).keys()
    assert 0 < len(refused) < len(ours[::SOME])


def test_their_verifier_takes_what_our_issuer_signed_and_our_holder_shows(
    digitalbazaar: Peer, ours: list[Json]
) -> None:
    shown = we_show(ours)
    assert they_refuse(digitalbazaar, shown) == {}
    assert len(they_refuse(digitalbazaar, all_changed(shown))) == len(shown)


def test_our_verifier_takes_what_our_issuer_signed_and_their_holder_shows(
    digitalbazaar: Peer, ours: list[Json]
) -> None:
    shown = they_show(digitalbazaar, ours[::SOME])
    assert we_refuse(shown, OUR_KEYS[KeyType.P256].public_key) == {}


def test_our_verifier_takes_what_their_issuer_signed_and_their_holder_shows(
    digitalbazaar: Peer, theirs: list[Json], their_key: PublicKey
) -> None:
    shown = they_show(digitalbazaar, theirs)
    assert we_refuse(shown, their_key) == {}
    assert len(we_refuse(all_changed(shown), their_key)) == len(shown)


def test_their_verifier_takes_what_their_issuer_signed_and_our_holder_shows(
    digitalbazaar: Peer, theirs: list[Json]
) -> None:
    assert they_refuse(digitalbazaar, we_show(theirs[::SOME])) == {}


def test_holders_of_both_show_the_same(digitalbazaar: Peer, ours: list[Json]) -> None:
    some = ours[::SOME]
    for mine, their in zip(we_show(some), they_show(digitalbazaar, some), strict=True):
        assert {**mine, "proof": None} == {**their, "proof": None}
