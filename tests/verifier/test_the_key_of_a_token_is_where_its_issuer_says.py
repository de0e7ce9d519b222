"""Keys of tokens: Open Badges 3.0, section 8.2, and SD-JWT VC, section 5 (JWT VC Issuer Metadata).

Every answer is that of the VC API.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from world.attacks import Answer, Surface, surface

from keys import jwk
from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from proofs.jose import jws, open_badges_jwt, sd_jwt_vc
from schemas.contexts import VC_V2
from schemas.document import write
from service.fetching import Reason

Json = dict[str, Any]
SITE: Final = "https://guild.example"
KID: Final = f"{SITE}/keys/1"
METADATA: Final = f"{SITE}/.well-known/jwt-vc-issuer"
BADGE: Final[Json] = {
    "@context": [VC_V2],
    "id": "urn:uuid:0fc754bc-fc32-46a0-aec1-a5ef385e7ea0",
    "type": ["VerifiableCredential"],
    "issuer": SITE,
    "validFrom": "2026-03-03T11:00:00Z",
    "validUntil": "2027-03-03T11:00:00Z",
    "credentialSubject": {"id": "did:example:somebody"},
}
CLAIMS: Final[Json] = {
    "iss": SITE,
    "jti": BADGE["id"],
    "sub": "did:example:somebody",
    "nbf": 1_772_535_600,
    "exp": 1_804_071_600,
}
KEYS: Final = {kind: MemorySigner(KID, generate(kind)) for kind in (KeyType.P256, KeyType.RSA)}
ISSUER: Final = KEYS[KeyType.P256]
STRANGER: Final = MemorySigner(KID, generate(KeyType.P256))


@pytest.fixture
def verifier() -> Iterator[Surface]:
    with surface() as found:
        yield found


def public(signer: MemorySigner, **more: str) -> Json:
    return jwk.encode(signer.public_key) | more


def publish(verifier: Surface, view: Mapping[str, Any], address: str = KID) -> None:
    verifier.shelf.put(address, write(view))


def details(answer: Answer) -> str:
    return " ".join(str(each["detail"]) for each in answer.body["problemDetails"])


def token(signer: MemorySigner = ISSUER, header: Json | None = None, **claims: object) -> str:
    said = {name: value for name, value in (CLAIMS | claims).items() if value is not None}
    named = {"kid": signer.verification_method, "typ": "JWT"} | (header or {})
    return jws.sign(named, write(BADGE | said), signer)


# ---------------------------------------------------------------- a badge names its key


@pytest.mark.parametrize("kind", KEYS, ids=str)
def test_the_address_of_a_bare_key_is_asked(verifier: Surface, kind: KeyType) -> None:
    publish(verifier, public(KEYS[kind]))
    badge = open_badges_jwt.secure(BADGE, KEYS[kind])
    assert verifier.verify(badge).status == 200
    assert KID in verifier.shelf.asked
    publish(verifier, public(MemorySigner(KID, generate(kind))))
    assert verifier.verify(badge).status == 400


def test_a_key_may_be_one_of_a_set(verifier: Surface) -> None:
    signer = MemorySigner(f"{KID}#second", ISSUER.private)
    keys = [public(STRANGER, kid="first"), public(ISSUER, kid="second")]
    publish(verifier, {"keys": keys})
    assert verifier.verify(open_badges_jwt.secure(BADGE, signer)).status == 200
    first = MemorySigner(f"{KID}#first", ISSUER.private)
    assert verifier.verify(open_badges_jwt.secure(BADGE, first)).status == 400


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/keys/1",
        "https://guild.example.elsewhere.example/keys/1",
        "https://guild.example@elsewhere.example/keys/1",
        "https://guild.example:8443/keys/1",
        "http://guild.example/keys/1",
    ],
)
def test_an_address_that_is_not_below_the_issuers_own_is_not_asked(
    verifier: Surface, address: str
) -> None:
    signer = MemorySigner(address, ISSUER.private)
    publish(verifier, public(ISSUER), address)
    assert verifier.verify(open_badges_jwt.secure(BADGE, signer)).status == 400
    assert address not in verifier.shelf.asked


NO_KEY: Final[dict[str, Json]] = {
    "a document of somebody else": {"id": "https://elsewhere.example"},
    "a set without this key": {"keys": []},
    "a secret": {"kty": "oct", "k": "c2VjcmV0"},
    "a short RSA key": {"kty": "RSA", "n": "0vx7agoebGcQSuu", "e": "AQAB"},
    "half a key": {"kty": "EC", "crv": "P-256"},
}


@pytest.mark.parametrize("view", NO_KEY.values(), ids=NO_KEY)
def test_what_is_no_key_is_none(verifier: Surface, view: Json) -> None:
    publish(verifier, view)
    answer = verifier.verify(open_badges_jwt.secure(BADGE, ISSUER))
    assert answer.status == 400
    assert answer.outcomes["proof"] == "not_checked"


def test_an_address_out_of_reach_leaves_it_open(verifier: Surface) -> None:
    verifier.shelf.fail(KID, Reason.BLOCKED_ADDRESS)
    answer = verifier.verify(open_badges_jwt.secure(BADGE, ISSUER))
    assert answer.status == 400
    assert answer.verdict == "not_fully_checked"


# ---------------------------------------------------------------- a badge brings its key


def test_a_key_that_the_issuer_does_not_publish_is_not_bound_to_it(verifier: Surface) -> None:
    method = {
        "id": f"{SITE}#key",
        "type": "JsonWebKey",
        "controller": SITE,
        "publicKeyJwk": public(ISSUER),
    }
    document = {"id": SITE, "verificationMethod": [method], "assertionMethod": [method["id"]]}
    publish(verifier, document, SITE)
    own = open_badges_jwt.secure(BADGE, ISSUER, with_jwk=True)
    assert verifier.verify(own).status == 200
    foreign = open_badges_jwt.secure(BADGE, STRANGER, with_jwk=True)
    answer = verifier.verify(foreign)
    assert answer.status == 400
    assert "the key is not bound to the issuer" in details(answer)
    publish(verifier, document | {"assertionMethod": []}, SITE)
    assert "the key is not bound to the issuer" in details(verifier.verify(own))


# ---------------------------------------------------------------- claims and headers of a badge


def test_the_honest_claims_verify(verifier: Surface) -> None:
    publish(verifier, public(ISSUER))
    assert verifier.verify(token()).status == 200
    inside = jws.sign({"kid": KID, "typ": "JWT"}, write(CLAIMS | {"vc": BADGE}), ISSUER)
    assert verifier.verify(inside).status == 200


OTHERS: Final[dict[str, list[object]]] = {
    "iss": [None, "https://elsewhere.example", [SITE]],
    "jti": [None, "urn:uuid:another"],
    "sub": [None, "did:example:another"],
    "nbf": [None, CLAIMS["nbf"] + 1, str(CLAIMS["nbf"]), True],
    "exp": [None, CLAIMS["exp"] - 1, CLAIMS["exp"] + 1, str(CLAIMS["exp"])],
}


@pytest.mark.parametrize(
    ("claim", "value"),
    [(claim, value) for claim, values in OTHERS.items() for value in values],
    ids=repr,
)
def test_a_claim_that_says_something_else_is_named(
    verifier: Surface, claim: str, value: object
) -> None:
    publish(verifier, public(ISSUER))
    answer = verifier.verify(token(**{claim: value}))
    assert answer.status == 400
    assert claim in details(answer)


@pytest.mark.parametrize(
    "header",
    [{"cty": "vc"}, {"x5c": ["MIIB"]}, {"jku": KID}, {"crit": ["exp"]}, {"typ": "at+jwt"}],
    ids=str,
)
def test_a_badge_has_four_headers_and_no_others(verifier: Surface, header: Json) -> None:
    publish(verifier, public(ISSUER))
    answer = verifier.verify(token(header=header))
    assert answer.status == 400
    assert next(iter(header)) in details(answer)


@pytest.mark.parametrize("kind", [KeyType.P384, KeyType.ED25519], ids=str)
def test_a_badge_is_signed_with_rs256_or_es256(verifier: Surface, kind: KeyType) -> None:
    signer = MemorySigner(KID, generate(kind))
    publish(verifier, public(signer))
    answer = verifier.verify(token(signer))
    assert answer.status == 400
    assert "alg" in details(answer)


# ---------------------------------------------------------------- SD-JWT VC


def sd_jwt_of(signer: MemorySigner) -> str:
    claims = {"iss": SITE, "vct": f"{SITE}/types/skill", "name": "A name"}
    return sd_jwt_vc.secure(claims, signer)


def test_the_metadata_of_an_issuer_holds_its_keys_or_says_where_they_are(
    verifier: Surface,
) -> None:
    given = sd_jwt_of(MemorySigner("one", ISSUER.private))
    keys = {"keys": [public(STRANGER, kid="two"), public(ISSUER, kid="one")]}
    publish(verifier, {"issuer": SITE, "jwks": keys}, METADATA)
    assert verifier.verify(given).status == 200
    publish(verifier, {"issuer": SITE, "jwks_uri": KID}, METADATA)
    publish(verifier, keys)
    assert verifier.verify(given).status == 200
    publish(verifier, {"keys": [public(STRANGER, kid="one")]})
    assert verifier.verify(given).status == 400


FLAWED: Final[dict[str, Json]] = {
    "of somebody else": {"issuer": "https://elsewhere.example", "jwks": {"keys": [public(ISSUER)]}},
    "of nobody": {"jwks": {"keys": [public(ISSUER)]}},
    "without keys": {"issuer": SITE},
    "with keys at no address": {"issuer": SITE, "jwks_uri": "not an address"},
    "with two keys of one name": {
        "issuer": SITE,
        "jwks": {"keys": [public(ISSUER, kid="one"), public(STRANGER, kid="one")]},
    },
    "with a key of another name": {"issuer": SITE, "jwks": {"keys": [public(ISSUER, kid="two")]}},
}


@pytest.mark.parametrize("view", FLAWED.values(), ids=FLAWED)
def test_metadata_that_names_no_key_of_the_issuer_proves_nothing(
    verifier: Surface, view: Json
) -> None:
    publish(verifier, view, METADATA)
    answer = verifier.verify(sd_jwt_of(MemorySigner("one", ISSUER.private)))
    assert answer.status == 400
    assert answer.outcomes["proof"] == "not_checked"
