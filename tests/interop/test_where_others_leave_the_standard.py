"""What each peer does in its own way, held fast so that a change is noticed.

`docs/interop.md` names the section of the specification that decides.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from openvc.errors import OpenvcError
from openvc.keys import P256SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.vc_jwt import VcJwtProofSuite
from openvc.proof.vp_jwt import VpJwtProofSuite
from world.credentials import ISSUER_DID, ISSUER_URL, NOON, sample_credential
from world.generated_credentials import disputed, generated
from world.interop import (
    CREATED,
    OUR_KEYS,
    claims_of,
    contexts,
    forged,
    our_controller,
    refusals,
    we_refuse,
)
from world.peers import Peer

from keys import jwk, multikey
from keys.public_key import KeyType, PublicKey
from proofs.errors import ProofError
from proofs.jose import jws, sd_jwt_vc, vc_jwt
from proofs.jose.errors import ClaimsDiffer, DisclosureRefused, HeaderNotAllowed
from proofs.jose.open_badges_jwt import BadgeToken
from proofs.jose.sd_jwt_vc import SdJwtCredential
from proofs.jose.vc_jwt import Token
from proofs.secure import Wish, add_proof, secure
from proofs.suites import How
from proofs.suites.ecdsa_sd_2023 import NAME, derive
from schemas.contexts import DATA_INTEGRITY_V2
from schemas.document import write
from schemas.validate import profile_schema

Json = dict[str, Any]
Method = Mapping[str, Any]

ED25519 = OUR_KEYS[KeyType.ED25519]
P256 = OUR_KEYS[KeyType.P256]
P256_JWK = dict(jwk.encode(P256.public_key))
EVERY_ONE = set(range(200))
SIGNED_BY_THEM = {name: one for name, one in disputed().items() if name != "repeated in a list"}


@pytest.fixture(scope="module")
def digitalbazaar() -> Iterator[Peer]:
    with Peer("digitalbazaar.mjs") as peer:
        peer.ask("load", documents={**contexts(), ISSUER_DID: our_controller()})
        yield peer


@pytest.fixture(scope="module")
def verifier_core() -> Iterator[Peer]:
    with Peer("verifier-core.mjs") as peer:
        peer.ask("load", documents={f"{ISSUER_URL}/.well-known/did.json": our_controller()})
        yield peer


@pytest.fixture(scope="module")
def sd_jwt_peer() -> Iterator[Peer]:
    with Peer("sd-jwt.mjs") as peer:
        yield peer


@pytest.fixture(scope="module")
def their_method(digitalbazaar: Peer) -> Method:
    method: Method = digitalbazaar.ask("key", controller=ISSUER_DID, type="P-256")["method"]
    return method


@pytest.fixture(scope="module")
def their_key(their_method: Method) -> PublicKey:
    return multikey.decode(their_method["publicKeyMultibase"])


def unsigned(**over: object) -> Json:
    """The sample without what a peer would have to fetch."""
    fetched = {"credentialStatus", "credentialSchema"}
    return {name: value for name, value in sample_credential(**over).items() if name not in fetched}


def verified(peer: Peer, credential: Json) -> bool:
    found: bool = peer.ask("verify", credential=credential, now=CREATED)["verified"]
    return found


def they_sign(peer: Peer, method: Method, credential: Json, suite: str, **wish: object) -> Json:
    wanted = {"created": CREATED, "cryptosuite": suite, "key": method["id"], **wish}
    found: Json = peer.ask("issue", credential=credential, **wanted)["credential"]
    return found


# ---------------------------------------------------------------- packages for JavaScript


@pytest.mark.parametrize("name", disputed())
def test_packages_for_javascript_have_another_canonical_form(
    digitalbazaar: Peer, verifier_core: Peer, name: str
) -> None:
    signed = secure(disputed()[name], ED25519, NOON)
    assert we_refuse([signed], ED25519.public_key) == {}
    assert not verified(digitalbazaar, signed)
    assert not verified(verifier_core, signed)


@pytest.mark.parametrize("name", SIGNED_BY_THEM)
def test_packages_for_javascript_sign_that_other_form(
    digitalbazaar: Peer, their_method: Method, their_key: PublicKey, name: str
) -> None:
    signed = they_sign(digitalbazaar, their_method, SIGNED_BY_THEM[name], "ecdsa-rdfc-2019")
    assert verified(digitalbazaar, signed)
    assert we_refuse([signed], their_key).keys() == {0}


def test_jsonld_takes_a_small_number_for_zero_so_that_it_can_be_changed(
    digitalbazaar: Peer, their_method: Method
) -> None:
    signed = they_sign(digitalbazaar, their_method, disputed()["small number"], "ecdsa-rdfc-2019")
    signed["credentialSubject"]["achievement"]["creditsAvailable"] = 2e-7
    assert verified(digitalbazaar, signed)


def test_rdf_canonize_gives_up_on_a_list_that_repeats_a_value(
    digitalbazaar: Peer, their_method: Method
) -> None:
    with pytest.raises(AssertionError, match="deep iterations"):
        they_sign(digitalbazaar, their_method, disputed()["repeated in a list"], "ecdsa-rdfc-2019")


@pytest.mark.parametrize("text", ["_:c14n0", "see _:b0 there"])
def test_ecdsa_sd_primitives_take_such_a_text_for_a_node(
    digitalbazaar: Peer, their_method: Method, their_key: PublicKey, text: str
) -> None:
    pointers = ("/issuer", "/name", "/credentialSubject/achievement")
    wish = Wish(cryptosuite=NAME, mandatory_pointers=pointers)
    base = add_proof(unsigned(name=text), P256, NOON, wish)
    ours = derive(base, base["proof"], ["/evidence"], How())
    assert we_refuse([ours], P256.public_key) == {}
    assert not verified(digitalbazaar, ours)
    whole = they_sign(
        digitalbazaar, their_method, unsigned(name=text), NAME, mandatoryPointers=pointers
    )
    shown = digitalbazaar.ask("derive", credential=whole, selectivePointers=["/evidence"])
    theirs = shown["credential"]
    assert verified(digitalbazaar, theirs)
    assert we_refuse([theirs], their_key).keys() == {0}


def test_ecdsa_sd_primitives_read_over_a_stray_character_of_base64(digitalbazaar: Peer) -> None:
    wish = Wish(cryptosuite=NAME, mandatory_pointers=("/issuer",))
    base = add_proof(unsigned(), P256, NOON, wish)
    shown = next(
        found
        for pointer in ("/credentialSubject", "/name", "/evidence", "/validFrom")
        for found in [derive(base, base["proof"], ["/credentialSubject", pointer], How())]
        if len(found["proof"]["proofValue"]) % 4 == len("u")
    )
    shown["proof"]["proofValue"] += "A"
    assert verified(digitalbazaar, shown)
    assert we_refuse([shown], P256.public_key).keys() == {0}


def test_jsonld_signatures_reads_a_proof_in_contexts_that_somebody_put_into_it(
    digitalbazaar: Peer,
) -> None:
    signed = secure(unsigned(), ED25519, NOON)
    signed["proof"]["@context"] = [*signed["@context"], DATA_INTEGRITY_V2]
    assert verified(digitalbazaar, signed)
    assert we_refuse([signed], ED25519.public_key).keys() == {0}


def test_verifier_core_cannot_read_schemas_of_2020_12(verifier_core: Peer) -> None:
    document = sample_credential()
    del document["credentialStatus"]
    schema = json.loads(profile_schema())
    verifier_core.ask("load", documents={document["credentialSchema"]["id"]: schema})
    signed = secure(document, ED25519, NOON)
    answer = verifier_core.ask("verify", credential=signed, now=CREATED)
    assert answer["verified"]
    assert "INVALID_SCHEMA" in json.dumps(answer["schema"])


# ---------------------------------------------------------------- @sd-jwt


def test_sd_jwt_vc_reads_over_disclosures_that_belong_to_nothing(sd_jwt_peer: Peer) -> None:
    text = sd_jwt_vc.secure(claims_of(unsigned()), P256, disclosable=("name",))
    stray = text + "WyJzYWx0IiwiYyIsM10~"
    wish = {"issuer": P256_JWK, "now": int(NOON.timestamp())}
    assert sd_jwt_peer.ask("verify", compact=stray, **wish)["verified"]
    with pytest.raises(DisclosureRefused):
        SdJwtCredential.read(stray).sd_jwt.claims()


def test_sd_jwt_vc_drops_a_changed_disclosure_without_a_word(sd_jwt_peer: Peer) -> None:
    wish = {"issuer": P256_JWK, "now": int(NOON.timestamp())}
    text = sd_jwt_vc.secure(claims_of(unsigned()), P256, disclosable=("name",))
    changed = forged(text, 1)
    answer = sd_jwt_peer.ask("verify", compact=changed, **wish)
    assert answer["verified"]
    assert "name" not in answer["claims"]
    with pytest.raises(DisclosureRefused):
        SdJwtCredential.read(changed).sd_jwt.claims()


# ---------------------------------------------------------------- openvc-core


def test_openvc_puts_credentials_into_a_claim_and_we_into_the_payload() -> None:
    suite = VcJwtProofSuite()
    theirs = P256SigningKey.generate(f"{ISSUER_DID}#theirs")
    credentials = generated(200)
    ours = [vc_jwt.secure(one, P256) for one in credentials]
    refused = refusals(
        lambda token: suite.verify(token, public_key_jwk=P256_JWK), ours, OpenvcError
    )
    assert refused.keys() == EVERY_ONE
    for one in credentials:
        with pytest.raises(HeaderNotAllowed, match="typ"):
            Token.read(suite.sign(one, signing_key=theirs))


def test_openvc_says_when_a_badge_was_signed_where_open_badges_say_since_when_it_is_valid() -> None:
    theirs = P256SigningKey.generate(f"{ISSUER_DID}#theirs")
    token = VcJwtProofSuite().sign(unsigned(), signing_key=theirs)
    with pytest.raises(ClaimsDiffer, match="nbf"):
        BadgeToken.read(token)


def test_openvc_puts_presentations_into_a_claim_and_we_into_the_payload() -> None:
    occasion = {"audience": "https://verifier.example", "nonce": "n-0S6_WzA2Mj"}
    ours = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "VerifiablePresentation"}
    suite = VpJwtProofSuite()
    payload = vc_jwt.secure(ours, P256, typ=vc_jwt.PRESENTATION, **occasion)
    with pytest.raises(OpenvcError, match="vp"):
        suite.verify(payload, holder_key_jwk=P256_JWK, **occasion)
    claims = {"iss": ISSUER_DID, "aud": occasion["audience"], "nonce": occasion["nonce"]}
    claim = jws.sign({"typ": "JWT"}, write({**claims, "vp": ours}), P256)
    assert suite.verify(claim, holder_key_jwk=P256_JWK, **occasion).holder == ISSUER_DID
    with pytest.raises(OpenvcError, match="nonce"):
        suite.verify(claim, holder_key_jwk=P256_JWK, **occasion | {"nonce": "another"})
    holder = P256SigningKey.generate(f"{ISSUER_DID}#theirs")
    token = suite.sign([], holder_key=holder, **occasion)
    read = jws.Jws.read(token)
    read.verify(jwk.decode(holder.public_jwk()))
    assert read.claims().view["nonce"] == occasion["nonce"]
    with pytest.raises(ProofError):
        Token.read(token, vc_jwt.PRESENTATION)


@pytest.mark.parametrize("text", ["bell \x07", "delete \x7f"])
def test_openvc_has_the_canonical_form_from_before_control_characters_were_escaped(
    text: str,
) -> None:
    signed = secure(unsigned(name=text), ED25519, NOON)
    with pytest.raises(OpenvcError):
        DataIntegrityProofSuite().verify(
            signed,
            public_key_jwk=dict(jwk.encode(ED25519.public_key)),
            now=NOON,
            extra_contexts=contexts(),
        )
