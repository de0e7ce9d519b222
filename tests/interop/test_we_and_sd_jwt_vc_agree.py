"""npm `@sd-jwt/sd-jwt-vc` beside ours: issuers, holders and verifiers of both."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from world.generated_credentials import generated
from world.interop import NOON, OUR_KEYS, claims_of, forged, refusals
from world.peers import Peer

from keys import jwk
from keys.public_key import KeyType, PublicKey
from proofs.errors import ProofError
from proofs.jose import sd_jwt, sd_jwt_vc
from proofs.jose.sd_jwt import SdJwt
from proofs.jose.sd_jwt_vc import SdJwtCredential
from schemas.errors import SchemaError

Json = dict[str, Any]

GENERATED = generated(200)
CLAIMS = list(map(claims_of, GENERATED))
EVERY_ONE = set(range(200))
NOW = int(NOON.timestamp())
HIDEABLE = ("name", "evidence", "credentialSubject.achievement", "credentialSubject")
"""For our issuer; the achievement is hidden within what is hidden."""

FRAME = {
    "_sd": ["name", "evidence", "credentialSubject"],
    "_sd_decoy": 2,
    "type": {"_sd": ["1"]},
    "credentialSubject": {"_sd": ["achievement"], "achievement": {"_sd": ["criteria"]}},
}
"""For their issuer; also an item of an array, and names that stand for nothing."""

OCCASION = {"nonce": "n-0S6_WzA2Mj", "aud": "https://verifier.example"}


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with Peer("sd-jwt.mjs") as found:
        yield found


@pytest.fixture(scope="module", params=OUR_KEYS)
def kind(request: pytest.FixtureRequest) -> KeyType:
    found: KeyType = request.param
    return found


@pytest.fixture(scope="module")
def ours(kind: KeyType) -> list[str]:
    return [sd_jwt_vc.secure(one, OUR_KEYS[kind], disclosable=HIDEABLE) for one in CLAIMS]


@pytest.fixture(scope="module")
def their_key(peer: Peer, kind: KeyType) -> PublicKey:
    return jwk.decode(peer.ask("key", name=f"issuer {kind}", type=kind)["jwk"])


@pytest.fixture(scope="module")
def theirs(peer: Peer, kind: KeyType, their_key: PublicKey) -> list[str]:
    assert their_key.type is kind
    wish = {"key": f"issuer {kind}", "frame": FRAME}
    return texts(peer.ask_all("issue", [{"claims": one, **wish} for one in CLAIMS]))


def texts(answers: Any) -> list[str]:  # noqa: ANN401 - JSON
    return [answer["compact"] for answer in answers]


def they_verify(peer: Peer, issuer: PublicKey, compact: list[str], **wanted: object) -> Any:  # noqa: ANN401 - JSON
    wish = {"issuer": jwk.encode(issuer), "now": NOW, **wanted}
    return peer.ask_all("verify", [{"compact": one, **wish} for one in compact])


def we_read(text: str, issuer: PublicKey) -> Json:
    read = SdJwtCredential.read(text)
    read.sd_jwt.jws.verify(issuer)
    return read.sd_jwt.claims()


def test_they_read_every_claim_of_ours_as_it_is(peer: Peer, kind: KeyType, ours: list[str]) -> None:
    answers = they_verify(peer, OUR_KEYS[kind].public_key, ours)
    assert [answer["why"] for answer in answers] == [[]] * len(ours)
    assert [answer["claims"] for answer in answers] == CLAIMS


def test_they_refuse_ours_when_a_value_is_changed(
    peer: Peer, kind: KeyType, ours: list[str]
) -> None:
    """Not so when only a disclosure is; see test_where_others_leave_the_standard."""
    changed = [forged(one, at, disclosures_too=False) for at, one in enumerate(ours)]
    answers = they_verify(peer, OUR_KEYS[kind].public_key, changed)
    assert not any(answer["verified"] for answer in answers)


def test_we_read_every_claim_of_theirs_as_it_is(their_key: PublicKey, theirs: list[str]) -> None:
    for one, text in zip(CLAIMS, theirs, strict=True):
        found = we_read(text, their_key)
        found.pop("iat", None)
        assert found == one


def test_we_refuse_theirs_when_a_value_is_changed(their_key: PublicKey, theirs: list[str]) -> None:
    changed = [forged(one, at) for at, one in enumerate(theirs)]
    refused = refusals(lambda one: we_read(one, their_key), changed, ProofError, SchemaError)
    assert refused.keys() == EVERY_ONE


def test_holders_of_both_show_the_same_of_ours(peer: Peer, kind: KeyType, ours: list[str]) -> None:
    shown = {"credentialSubject": {"achievement": True}}
    wish = {"frame": {**shown, "name": True}}
    their = texts(peer.ask_all("present", [{"compact": one, **wish} for one in ours]))
    key = OUR_KEYS[kind].public_key
    for text, their_text in zip(ours, their, strict=True):
        mine = we_read(sd_jwt.present(text, ["name", "achievement"]), key)
        assert mine == we_read(their_text, key)
        assert "evidence" not in mine
        assert "achievement" in mine["credentialSubject"]


def test_holders_of_both_show_the_same_of_theirs(
    peer: Peer, their_key: PublicKey, theirs: list[str]
) -> None:
    mine = [sd_jwt.present(text, ["name", "achievement"]) for text in theirs]
    wish = {"frame": {"name": True, "credentialSubject": {"achievement": True}}}
    their = texts(peer.ask_all("present", [{"compact": one, **wish} for one in theirs]))
    answers = they_verify(peer, their_key, mine)
    assert [answer["why"] for answer in answers] == [[]] * len(mine)
    assert [answer["claims"] for answer in answers] == [
        answer["claims"] for answer in they_verify(peer, their_key, their)
    ]


def test_they_accept_what_our_holder_signs_for_this_occasion_only(peer: Peer) -> None:
    issuer, holder = OUR_KEYS[KeyType.P256], OUR_KEYS[KeyType.ED25519]
    bound = [
        sd_jwt.bind(
            sd_jwt_vc.secure(one, issuer, holder=holder.public_key, disclosable=HIDEABLE),
            holder,
            nonce=OCCASION["nonce"],
            audience=OCCASION["aud"],
            now=NOON,
        )
        for one in CLAIMS
    ]
    answers = they_verify(peer, issuer.public_key, bound, **OCCASION)
    assert [answer["why"] for answer in answers] == [[]] * len(bound)
    for other in ({"nonce": "another"}, {"aud": "https://another.example"}):
        (answer,) = they_verify(peer, issuer.public_key, bound[:1], **OCCASION | other)
        assert not answer["verified"]


def test_we_accept_what_their_holder_signs_for_this_occasion_only(
    peer: Peer, kind: KeyType, their_key: PublicKey
) -> None:
    holder = peer.ask("key", name=f"holder {kind}", type=kind)["jwk"]
    wish = {"key": f"issuer {kind}", "frame": FRAME, "holder": holder}
    whole = texts(peer.ask_all("issue", [{"claims": one, **wish} for one in CLAIMS]))
    binding = {"key": f"holder {kind}", "iat": NOW, **OCCASION}
    asked = [{"compact": one, "binding": binding, "frame": {"name": True}} for one in whole]
    ours = {"nonce": OCCASION["nonce"], "audience": OCCASION["aud"]}
    for text in texts(peer.ask_all("present", asked)):
        read = SdJwtCredential.read(text).sd_jwt
        read.jws.verify(their_key)
        read.check_key_binding(NOON, **ours)
    for other in ({"nonce": "another"}, {"audience": "https://another.example"}):
        with pytest.raises(ProofError):
            read.check_key_binding(NOON, **ours | other)
    with pytest.raises(ProofError):
        read.check_key_binding(NOON + timedelta(days=1), **ours)
    with pytest.raises(ProofError):
        SdJwt.read(whole[0]).check_key_binding(NOON, **ours)
