"""PyPI `openvc-core` beside ours, with the cryptosuites that sign JSON as it stands (JCS)."""

from typing import Any

import pytest
from openvc.errors import OpenvcError
from openvc.keys import Ed25519SigningKey, P256SigningKey, P384SigningKey
from openvc.proof.di_jcs import EcdsaJcsProofSuite, EddsaJcsProofSuite
from world.credentials import ISSUER_DID
from world.generated_credentials import generated
from world.interop import NOON, OUR_KEYS, all_changed, refusals, we_refuse

from keys import jwk
from keys.public_key import KeyType, PublicKey
from proofs.secure import secure

Json = dict[str, Any]
Signed = tuple[list[Json], PublicKey]

GENERATED = generated(200)
EVERY_ONE = set(range(200))
SUITES = {
    KeyType.ED25519: ("eddsa-jcs-2022", EddsaJcsProofSuite, Ed25519SigningKey),
    KeyType.P256: ("ecdsa-jcs-2019", EcdsaJcsProofSuite, P256SigningKey),
    KeyType.P384: ("ecdsa-jcs-2019", EcdsaJcsProofSuite, P384SigningKey),
}


@pytest.fixture(scope="module", params=SUITES)
def kind(request: pytest.FixtureRequest) -> KeyType:
    found: KeyType = request.param
    return found


@pytest.fixture(scope="module")
def ours(kind: KeyType) -> list[Json]:
    name, _, _ = SUITES[kind]
    return [secure(one, OUR_KEYS[kind], NOON, cryptosuite=name) for one in GENERATED]


@pytest.fixture(scope="module")
def as_they_sign(kind: KeyType) -> Signed:
    _, suite, key_of = SUITES[kind]
    key = key_of.generate(f"{ISSUER_DID}#theirs")
    signed = [
        suite().add_proof(one, signing_key=key, verification_method=key.kid, created=NOON)
        for one in GENERATED
    ]
    return signed, jwk.decode(key.public_jwk())


@pytest.fixture(scope="module")
def theirs(as_they_sign: Signed) -> Signed:
    """The same with the contexts in the proof, which they sign and leave out."""
    signed, key = as_they_sign
    return [{**one, "proof": {**one["proof"], "@context": one["@context"]}} for one in signed], key


def they_refuse(kind: KeyType, credentials: list[Json]) -> dict[int, str]:
    """Which of them, and why."""
    _, suite, _ = SUITES[kind]
    key = dict(jwk.encode(OUR_KEYS[kind].public_key))
    return refusals(
        lambda one: suite().verify(one, public_key_jwk=key, now=NOON), credentials, OpenvcError
    )


def test_they_verify_what_we_sign(kind: KeyType, ours: list[Json]) -> None:
    assert they_refuse(kind, ours) == {}


def test_they_refuse_what_we_signed_when_a_value_is_changed(
    kind: KeyType, ours: list[Json]
) -> None:
    assert they_refuse(kind, all_changed(ours)).keys() == EVERY_ONE


def test_we_verify_what_they_sign_once_the_proof_says_its_contexts(theirs: Signed) -> None:
    assert we_refuse(*theirs) == {}


def test_we_refuse_what_they_signed_when_a_value_is_changed(theirs: Signed) -> None:
    signed, key = theirs
    assert we_refuse(all_changed(signed), key).keys() == EVERY_ONE


def test_they_leave_the_contexts_out_of_the_proof_though_they_sign_them(
    as_they_sign: Signed,
) -> None:
    """Create Proof of both suites puts them in; Proof Configuration hashes what is there."""
    signed, key = as_they_sign
    assert all("@context" not in one["proof"] for one in signed)
    assert we_refuse(signed, key).keys() == EVERY_ONE


def test_they_do_not_look_at_the_contexts_in_the_proof(kind: KeyType, ours: list[Json]) -> None:
    """Verify Proof of both suites: the document must begin with them."""
    first = ours[0]
    other = {**first, "proof": {**first["proof"], "@context": ["https://another.example/"]}}
    assert they_refuse(kind, [other]) == {}
    assert we_refuse([other], OUR_KEYS[kind].public_key).keys() == {0}
