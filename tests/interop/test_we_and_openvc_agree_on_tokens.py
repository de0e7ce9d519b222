"""PyPI `openvc-core` beside ours: badges in a JWT, SD-JWT credentials, presentations.

It speaks of the clock on the wall, so nothing here is in the past.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openvc.errors import OpenvcError
from openvc.keys import P256SigningKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from openvc.proof.vc_jwt import VcJwtProofSuite
from world.credentials import ISSUER_DID
from world.generated_credentials import generated
from world.interop import OUR_KEYS, claims_of, forged, refusals

from keys import jwk
from keys.public_key import KeyType
from proofs.errors import ProofError
from proofs.jose import jws, sd_jwt, sd_jwt_vc
from proofs.jose.open_badges_jwt import BadgeToken
from proofs.jose.sd_jwt_vc import SdJwtCredential
from schemas.document import write
from schemas.errors import SchemaError
from schemas.moments import written

Json = dict[str, Any]

GENERATED = generated(200)
EVERY_ONE = set(range(200))
OURS = OUR_KEYS[KeyType.P256]
OUR_JWK = dict(jwk.encode(OURS.public_key))
THEIRS = P256SigningKey.generate(f"{ISSUER_DID}#theirs")
THEIR_KEY = jwk.decode(THEIRS.public_jwk())
HIDEABLE = ("name", "evidence", "credentialSubject")
OCCASION = {"audience": "https://verifier.example", "nonce": "n-0S6_WzA2Mj"}


def seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def our_badge(credential: Json) -> str:
    """The badge as the claim `vc`, signed by us (Open Badges 3.0, section 8.2)."""
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": seconds(credential["validFrom"]),
        "exp": seconds(credential["validUntil"]),
        "sub": credential["credentialSubject"].get("id"),
        "vc": credential,
    }
    claims = {name: value for name, value in claims.items() if value is not None}
    return jws.sign({"typ": "JWT", "kid": OURS.verification_method}, write(claims), OURS)


def their_badge(credential: Json) -> str:
    """Signed by them within the second from which it is valid."""
    while True:
        now = int(time.time())
        valid = credential | {"validFrom": written(datetime.fromtimestamp(now, UTC))}
        lasting = seconds(credential["validUntil"]) - now
        token = VcJwtProofSuite().sign(valid, signing_key=THEIRS, expires_in_s=lasting)
        if VcJwtProofSuite().peek_claims(token)["nbf"] == now:
            return token


def they_verify_badge(token: str) -> object:
    return VcJwtProofSuite().verify(token, public_key_jwk=OUR_JWK).credential


def they_verify_sd_jwt(text: str) -> Json:
    found: Json = SdJwtVcProofSuite().verify(text, public_key_jwk=OUR_JWK).claims
    return found


def we_verify_badge(token: str) -> Json:
    read = BadgeToken.read(token)
    read.jws.verify(THEIR_KEY)
    return dict(read.document.view)


def we_verify_sd_jwt(text: str) -> Json:
    read = SdJwtCredential.read(text)
    read.sd_jwt.jws.verify(THEIR_KEY)
    return read.sd_jwt.claims()


def they_refuse(verify: Callable[[str], object], tokens: list[str]) -> dict[int, str]:
    return refusals(verify, tokens, OpenvcError)


def we_refuse(verify: Callable[[str], object], tokens: list[str]) -> dict[int, str]:
    return refusals(verify, tokens, ProofError, SchemaError)


@pytest.fixture(scope="module")
def our_badges() -> list[str]:
    return list(map(our_badge, GENERATED))


@pytest.fixture(scope="module")
def their_badges() -> list[str]:
    return list(map(their_badge, GENERATED))


@pytest.fixture(scope="module")
def our_sd_jwts() -> list[str]:
    return [sd_jwt_vc.secure(claims_of(one), OURS, disclosable=HIDEABLE) for one in GENERATED]


@pytest.fixture(scope="module")
def their_sd_jwts() -> list[str]:
    suite = SdJwtVcProofSuite()
    return [
        suite.issue(claims_of(one), signing_key=THEIRS, disclosable=HIDEABLE, decoys=2)
        for one in GENERATED
    ]


def test_they_verify_badges_that_we_sign(our_badges: list[str]) -> None:
    assert they_refuse(they_verify_badge, our_badges) == {}


def test_they_refuse_badges_that_we_signed_when_a_value_is_changed(our_badges: list[str]) -> None:
    tokens = [forged(one, at) for at, one in enumerate(our_badges)]
    assert they_refuse(they_verify_badge, tokens).keys() == EVERY_ONE


def test_we_verify_badges_that_they_sign(their_badges: list[str]) -> None:
    assert we_refuse(we_verify_badge, their_badges) == {}


def test_we_refuse_badges_that_they_signed_when_a_value_is_changed(
    their_badges: list[str],
) -> None:
    tokens = [forged(one, at) for at, one in enumerate(their_badges)]
    assert we_refuse(we_verify_badge, tokens).keys() == EVERY_ONE


def test_they_read_every_claim_of_our_sd_jwt_as_it_is(our_sd_jwts: list[str]) -> None:
    for one, text in zip(GENERATED, our_sd_jwts, strict=True):
        assert they_verify_sd_jwt(text) == claims_of(one)


def test_they_read_every_document_in_our_sd_jwt_as_it_is() -> None:
    for one in GENERATED:
        text = sd_jwt_vc.secure_document(one, OURS, disclosable=HIDEABLE)
        assert they_verify_sd_jwt(text) == one


def test_they_refuse_our_sd_jwt_when_a_value_is_changed(our_sd_jwts: list[str]) -> None:
    texts = [forged(one, at) for at, one in enumerate(our_sd_jwts)]
    assert they_refuse(they_verify_sd_jwt, texts).keys() == EVERY_ONE


def test_they_read_our_selection_without_what_is_hidden(our_sd_jwts: list[str]) -> None:
    for text in our_sd_jwts:
        found = they_verify_sd_jwt(sd_jwt.present(text, ["name"]))
        assert {*HIDEABLE} & found.keys() == {"name"}


def test_we_read_every_claim_of_their_sd_jwt_as_it_is(their_sd_jwts: list[str]) -> None:
    for one, text in zip(GENERATED, their_sd_jwts, strict=True):
        found = we_verify_sd_jwt(text)
        del found["iat"]
        assert found == claims_of(one)


def test_we_refuse_their_sd_jwt_when_a_value_is_changed(their_sd_jwts: list[str]) -> None:
    texts = [forged(one, at) for at, one in enumerate(their_sd_jwts)]
    assert we_refuse(we_verify_sd_jwt, texts).keys() == EVERY_ONE


def test_they_accept_what_our_holder_signs_for_this_occasion_only() -> None:
    holder = OUR_KEYS[KeyType.ED25519]
    text = sd_jwt_vc.secure(claims_of(GENERATED[0]), OURS, holder=holder.public_key)
    bound = sd_jwt.bind(text, holder, now=datetime.now(UTC), **OCCASION)
    suite = SdJwtVcProofSuite()
    wanted = {"public_key_jwk": OUR_JWK, "require_key_binding": True}
    assert suite.verify(bound, **wanted, **OCCASION).key_bound
    for other in ({"nonce": "another"}, {"audience": "https://another.example"}):
        with pytest.raises(OpenvcError):
            suite.verify(bound, **wanted, **OCCASION | other)


def test_we_accept_what_their_holder_signs_for_this_occasion_only() -> None:
    holder = P256SigningKey.generate("did:web:holder.example#key")
    suite = SdJwtVcProofSuite()
    claims = claims_of(GENERATED[0])
    text = suite.issue(claims, signing_key=THEIRS, holder_jwk=holder.public_jwk())
    bound = suite.create_presentation(text, holder_key=holder, **OCCASION)
    read = SdJwtCredential.read(bound).sd_jwt
    now = datetime.now(UTC)
    read.check_key_binding(now, **OCCASION)
    for other in ({"nonce": "another"}, {"audience": "https://another.example"}):
        with pytest.raises(ProofError):
            read.check_key_binding(now, **OCCASION | other)
    with pytest.raises(ProofError):
        read.check_key_binding(now + timedelta(days=1), **OCCASION)
