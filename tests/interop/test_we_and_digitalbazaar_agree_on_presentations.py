"""`@digitalbazaar/vc` beside ours: what a holder presents, to whom and when."""

from collections.abc import Iterator
from typing import Any

import pytest
from world.credentials import ISSUER_DID
from world.generated_credentials import generated
from world.interop import CREATED, NOON, OUR_KEYS, all_changed, contexts, our_controller, received
from world.peers import Peer

from keys import multikey
from keys.public_key import KeyType, PublicKey
from proofs.errors import ChallengeDiffers, DomainDiffers, ProofError
from proofs.secure import Wish, add_proof, secure
from proofs.verify import check_occasion, read_proofs, verify_proof
from schemas.errors import SchemaError

Json = dict[str, Any]
Pair = tuple[str, KeyType]

CREDENTIALS = [secure(one, OUR_KEYS[KeyType.ED25519], NOON) for one in generated(200)]
OCCASION = {"challenge": "1f44d55f-f161-4938-a659-f8026467f126", "domain": "verifier.example"}
OTHERS = ({"challenge": "another"}, {"domain": "another.example"})
PAIRS: list[Pair] = [("eddsa-rdfc-2022", KeyType.ED25519), ("ecdsa-rdfc-2019", KeyType.P256)]
PRESENTATIONS: list[Json] = [
    {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": ISSUER_DID,
        "verifiableCredential": CREDENTIALS[at : at + 2],
    }
    for at in range(0, 200, 2)
]
"""Every credential is in one of them; the issuer holds them, so that one controller is enough."""


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
    """All with the first suite, each fourth with the other."""
    return PRESENTATIONS if pair == PAIRS[0] else PRESENTATIONS[::4]


@pytest.fixture(scope="module")
def ours(pair: Pair) -> list[Json]:
    suite, kind = pair
    wish = Wish(cryptosuite=suite, purpose="authentication", **OCCASION)
    return [add_proof(one, OUR_KEYS[kind], NOON, wish) for one in some(pair)]


@pytest.fixture(scope="module")
def theirs(digitalbazaar: Peer, pair: Pair) -> tuple[list[Json], PublicKey]:
    suite, kind = pair
    method = digitalbazaar.ask("key", controller=ISSUER_DID, type=kind)["method"]
    wish = {"created": CREATED, "cryptosuite": suite, "key": method["id"], **OCCASION}
    asked = [{"presentation": one, **wish} for one in some(pair)]
    signed = [answer["presentation"] for answer in digitalbazaar.ask_all("signPresentation", asked)]
    return signed, multikey.decode(method["publicKeyMultibase"])


def they_verify(peer: Peer, presentations: list[Json], **occasion: str) -> list[Any]:
    wish = {"now": CREATED, **OCCASION, **occasion}
    return list(
        peer.ask_all("verifyPresentation", [{"presentation": one, **wish} for one in presentations])
    )


def we_verify(presentation: Json, key: PublicKey, **occasion: str) -> None:
    document = received(presentation)
    (proof,) = read_proofs(document)
    verify_proof(document, proof, key, purpose="authentication")
    check_occasion(proof, **{**OCCASION, **occasion})


def test_they_verify_what_we_present(digitalbazaar: Peer, ours: list[Json]) -> None:
    for answer in they_verify(digitalbazaar, ours):
        assert answer["why"] == []
        assert answer["presentation"]
        assert answer["credentials"] == [True, True]


def test_they_refuse_what_we_presented_when_a_value_is_changed(
    digitalbazaar: Peer, ours: list[Json]
) -> None:
    answers = they_verify(digitalbazaar, all_changed(ours))
    assert not any(answer["verified"] or answer["presentation"] for answer in answers)


def test_they_refuse_what_we_presented_on_another_occasion(
    digitalbazaar: Peer, ours: list[Json]
) -> None:
    for other in OTHERS:
        (answer,) = they_verify(digitalbazaar, ours[:1], **other)
        assert not answer["presentation"]


def test_we_verify_what_they_present(theirs: tuple[list[Json], PublicKey]) -> None:
    signed, key = theirs
    for one in signed:
        we_verify(one, key)


def test_we_refuse_what_they_presented_when_a_value_is_changed(
    theirs: tuple[list[Json], PublicKey],
) -> None:
    signed, key = theirs
    for one in all_changed(signed):
        with pytest.raises((ProofError, SchemaError)):
            we_verify(one, key)


def test_we_refuse_what_they_presented_on_another_occasion(
    theirs: tuple[list[Json], PublicKey],
) -> None:
    (first, *_), key = theirs
    with pytest.raises(ChallengeDiffers):
        we_verify(first, key, challenge="another")
    with pytest.raises(DomainDiffers):
        we_verify(first, key, domain="another.example")
