"""SD-JWT (RFC 9901), section 7.1 (verification) and section 9 (security considerations).

Where the issuer itself signs something that contradicts itself, it is refused too: whoever reads
the same token in another order would read something else.
"""

import base64
import hashlib
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from world.attacks import (
    Surface,
    assert_a_clear_no,
    assert_refused_everywhere,
    within_memory,
)
from world.credentials import ISSUER_DID, METHOD, NOON, sample_credential, sample_signer
from world.processor import SECOND

from keys import jwk
from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from proofs.errors import InvalidSignature
from proofs.jose import jws, sd_jwt, sd_jwt_vc
from proofs.jose.errors import DisclosureRefused, JoseError, KeyBindingFails, MalformedSdJwt
from proofs.jose.sd_jwt import LIMITS, MOST_DISCLOSURES, RESERVED, SdJwt
from proofs.jose.sd_jwt_vc import SdJwtCredential
from schemas.document import write

Json = dict[str, Any]
ISSUER: Final = sample_signer()
HOLDER: Final = MemorySigner("", generate(KeyType.ED25519))
OTHER: Final = MemorySigner("", generate(KeyType.ED25519))
HEADER: Final = {"typ": "dc+sd-jwt", "kid": METHOD}
CLAIMS: Final[Json] = {
    "iss": ISSUER_DID,
    "vct": "https://issuer.example/types/skill",
    "name": "Reliable data import",
    "level": "beginning",
}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def disclosure(*parts: object) -> str:
    return b64(json.dumps(parts).encode())


def digest(text: str) -> str:
    return b64(hashlib.sha256(text.encode()).digest())


def signed(claims: Json, *disclosures: str, header: Json = HEADER) -> str:
    """An SD-JWT of exactly these claims, signed by the issuer."""
    token = jws.sign(header, write(CLAIMS | claims), ISSUER)
    return "~".join([token, *disclosures, ""])


def claims_of(text: str) -> Json:
    return SdJwtCredential.read(text).sd_jwt.claims()


CITY = disclosure("s1", "city", "Zürich")
CANTON = disclosure("s2", "canton", "ZH")
ITEM = disclosure("s3", "an item")


def test_the_honest_twin_shows_what_its_holder_chose(verifier: Surface) -> None:
    token = sd_jwt_vc.secure(CLAIMS, ISSUER, disclosable=("name", "level"))
    assert verifier.judge(token).outcomes["proof"] == "passed"
    shown = sd_jwt.present(token, ["name"])
    assert claims_of(shown).get("name") == CLAIMS["name"]
    assert "level" not in claims_of(shown)
    assert verifier.judge(shown).outcomes["proof"] == "passed"


LEVELS = disclosure("s4", "outer", {"_sd": [digest(CITY)]})
CYCLE = "A" * 43
HOSTILE: dict[str, str] = {
    "a digest twice in one place": signed({"_sd": [digest(CITY)] * 2}, CITY),
    "a digest twice though nothing is shown": signed({"_sd": [digest(CITY)] * 2}),
    "a digest in two places": signed({"_sd": [digest(CITY)], "a": {"_sd": [digest(CITY)]}}, CITY),
    "a digest in two places, nothing shown": signed({"a": {"_sd": ["x"]}, "b": {"_sd": ["x"]}}),
    "a digest of a member and of an item": signed(
        {"_sd": [digest(ITEM)], "list": [{"...": digest(ITEM)}]}, ITEM
    ),
    "a digest in a disclosure and outside it": signed(
        {"_sd": [digest(LEVELS), digest(CITY)]}, LEVELS, CITY
    ),
    "a disclosure twice": signed({"_sd": [digest(CITY)]}, CITY, CITY),
    "a disclosure of nothing that was signed": signed({}, CITY),
    "one disclosure too many": signed({"_sd": [digest(CITY)]}, CITY, CANTON),
    "a digest in a text": signed({"note": digest(CITY)}, CITY),
    "a digest as the name of a member": signed({digest(CITY): True}, CITY),
    "a member that is there already": signed(
        {"_sd": [digest(disclosure("s", "level", "master"))]}, disclosure("s", "level", "master")
    ),
    "a member that another disclosure names": signed(
        {"_sd": [digest(CITY), digest(disclosure("s", "city", "Bern"))]},
        CITY,
        disclosure("s", "city", "Bern"),
    ),
    "a member disclosed as an item": signed({"list": [{"...": digest(CITY)}]}, CITY),
    "an item disclosed as a member": signed({"_sd": [digest(ITEM)]}, ITEM),
    "a hidden item that says more": signed({"list": [{"...": digest(ITEM), "x": 1}]}, ITEM),
    "digests that are no list": signed({"_sd": digest(CITY)}, CITY),
    "digests that are no texts": signed({"_sd": [{"a": 1}]}),
    "an item that hides no text": signed({"list": [{"...": 7}]}),
    "an unknown hash": signed({"_sd_alg": "md5", "_sd": [digest(CITY)]}, CITY),
    "a hash that is no text": signed({"_sd_alg": ["sha-256"], "_sd": [digest(CITY)]}, CITY),
    "another hash than was used": signed({"_sd_alg": "sha-512", "_sd": [digest(CITY)]}, CITY),
    "a hash hidden in a disclosure": signed(
        {"_sd": [digest(disclosure("s", "_sd_alg", "md5"))]}, disclosure("s", "_sd_alg", "md5")
    ),
    "a disclosure with a member twice": signed(
        {"_sd": [digest(b64(b'["s","a",{"b":1,"b":2}]'))]}, b64(b'["s","a",{"b":1,"b":2}]')
    ),
    "a disclosure that is no list": signed({}, b64(b'{"a":1}')),
    "a disclosure of four parts": signed({}, disclosure("s", "a", 1, 2)),
    "a disclosure of one part": signed({}, disclosure("s")),
    "a disclosure without a salt": signed({}, disclosure(1, "a", 1)),
    "a disclosure that ends its list early": signed({}, b64(b'["s","a",1],"d":["s","b",2]')),
    "a disclosure that is not UTF-8": signed({}, b64(b'["s","a","\xff"]')),
    "an empty disclosure": signed({}, ""),
    "a key that the token brings": signed(
        {}, header=HEADER | {"jwk": jwk.encode(OTHER.public_key)}
    ),
    "another kind of token": signed({}, header=HEADER | {"typ": "JWT"}),
    "no type": signed({"vct": ""}),
    "no issuer": signed({"iss": ""}),
    "a document in a token of claims": signed(
        {"@context": ["https://www.w3.org/ns/credentials/v2"]}
    ),
}


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE)
def test_what_can_be_read_two_ways_is_refused(verifier: Surface, token: str) -> None:
    with pytest.raises(JoseError):
        claims_of(token)
    assert_refused_everywhere(verifier, token)


@pytest.mark.parametrize("name", sorted(RESERVED))
@pytest.mark.parametrize("value", [[], ["x"], "x", {"a": 1}], ids=str)
def test_a_reserved_name_is_not_disclosed(verifier: Surface, name: str, value: object) -> None:
    hidden = disclosure("salt", name, value)
    token = signed({"_sd": [digest(hidden)]}, hidden)
    with pytest.raises(DisclosureRefused):
        claims_of(token)
    assert_refused_everywhere(verifier, token)
    inner = disclosure("salt", "outer", {"_sd": [digest(hidden)]})
    assert_refused_everywhere(verifier, signed({"_sd": [digest(inner)]}, inner, hidden))


@pytest.mark.parametrize("name", ["iss", "nbf", "exp", "cnf", "vct", "status", "vct#integrity"])
def test_what_the_rules_rest_on_is_never_hidden(verifier: Surface, name: str) -> None:
    """Else a holder could leave out when it ends, or that it was withdrawn."""
    values = {"iss": ISSUER_DID, "nbf": 1, "exp": 4_000_000_000, "vct": CLAIMS["vct"]}
    hidden = disclosure("salt", name, values.get(name, {}))
    claims = {n: v for n, v in CLAIMS.items() if n != name} | {"_sd": [digest(hidden)]}
    token = jws.sign(HEADER, write(claims), ISSUER) + f"~{hidden}~"
    with pytest.raises(JoseError):
        SdJwtCredential.read(token)
    assert_refused_everywhere(verifier, token)
    with pytest.raises(JoseError):
        sd_jwt_vc.secure(CLAIMS | {name: values.get(name, {})}, ISSUER, disclosable=(name,))


def forged(change: Callable[[Json], Json]) -> str:
    """The honest token with other claims under the same signature."""
    token = sd_jwt_vc.secure(CLAIMS, ISSUER, disclosable=("name",))
    head, body, rest = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    return f"{head}.{b64(write(change(claims)))}.{rest}"


MORE = disclosure("salt", "grade", "master")
FORGERIES: dict[str, str] = {
    "a digest added": forged(lambda c: c | {"_sd": [*c["_sd"], digest(MORE)]}) + f"{MORE}~",
    "a digest exchanged": forged(lambda c: c | {"_sd": [digest(MORE)]}),
    "digests added where there were none": forged(lambda c: c | {"a": {"_sd": [digest(MORE)]}}),
    "the digests taken away": forged(lambda c: {n: v for n, v in c.items() if n != "_sd"}),
    "another hash": forged(lambda c: c | {"_sd_alg": "sha-512"}),
    "another holder": forged(lambda c: c | {"cnf": {"jwk": jwk.encode(OTHER.public_key)}}),
}


@pytest.mark.parametrize("token", FORGERIES.values(), ids=FORGERIES)
def test_digests_cannot_be_added_after_it_was_signed(verifier: Surface, token: str) -> None:
    assert_refused_everywhere(verifier, token)
    with pytest.raises((JoseError, InvalidSignature)):
        _verified(token)


def _verified(token: str) -> Json:
    read = SdJwt.read(token)
    read.jws.verify(ISSUER.public_key)
    return read.claims()


def test_a_disclosure_of_another_credential_of_the_same_issuer_is_refused(
    verifier: Surface,
) -> None:
    one = sd_jwt_vc.secure(CLAIMS, ISSUER, disclosable=("level",))
    other = sd_jwt_vc.secure(CLAIMS | {"level": "master"}, ISSUER, disclosable=("level",))
    mixed = f"{one.split('~')[0]}~{other.split('~')[1]}~"
    assert_refused_everywhere(verifier, mixed)


def test_a_document_cannot_hide_what_it_is(verifier: Surface) -> None:
    for name in ("issuer", "credentialStatus", "type", "@context", "relatedResource"):
        with pytest.raises(MalformedSdJwt):
            sd_jwt_vc.secure_document(sample_credential(), ISSUER, disclosable=(name,))
        view = sample_credential()
        hidden = disclosure("salt", name, view.pop(name))
        header = {"typ": "vc+sd-jwt", "kid": METHOD}
        token = jws.sign(header, write(view | {"_sd": [digest(hidden)]}), ISSUER)
        assert_refused_everywhere(verifier, f"{token}~{hidden}~")


# ---------------------------------------------------------------- the holder's own signature


def held() -> str:
    return sd_jwt_vc.secure(CLAIMS, ISSUER, disclosable=("name",), holder=HOLDER.public_key)


def bound(token: str | None = None, by: MemorySigner = HOLDER, **over: Any) -> str:  # noqa: ANN401
    asked = {"nonce": "8c1d", "audience": "client.example", "now": NOON}
    return sd_jwt.bind(token or held(), by, **(asked | over))


def test_the_honest_holder_is_believed(verifier: Surface) -> None:
    answer = verifier.present(bound(), challenge="8c1d", domain="client.example")
    assert answer.outcomes["presentation_proof"] == "passed"
    assert answer.outcomes["occasion"] == "passed"


def test_without_key_binding_nobody_shows_it(verifier: Surface) -> None:
    answer = verifier.present(held(), challenge="8c1d", domain="client.example")
    assert answer.status == 400
    assert_a_clear_no(answer)
    with pytest.raises(KeyBindingFails):
        SdJwt.read(held()).check_key_binding(NOON, nonce="8c1d")


REPLAYS: dict[str, Callable[[], str]] = {
    "an old nonce": lambda: bound(nonce="0000"),
    "an empty nonce": lambda: bound(nonce=""),
    "another audience": lambda: bound(audience="evil.example"),
    "another key": lambda: bound(by=OTHER),
    "the issuer's key": lambda: bound(by=ISSUER),
    "another selection": lambda: sd_jwt.present(held(), []) + bound().rpartition("~")[2],
    "a binding of yesterday": lambda: bound(now=NOON - timedelta(days=1)),
    "a binding of tomorrow": lambda: bound(now=NOON + timedelta(days=1)),
    "a token where the binding is": lambda: held() + held().split("~")[0],
    "a text where the binding is": lambda: held() + "x",
    "a key that the issuer never named": lambda: bound(sd_jwt_vc.secure(CLAIMS, ISSUER)),
}


@pytest.mark.parametrize("replay", REPLAYS.values(), ids=REPLAYS)
def test_a_replayed_or_borrowed_binding_is_refused(
    verifier: Surface, replay: Callable[[], str]
) -> None:
    answer = verifier.present(replay(), challenge="8c1d", domain="client.example")
    assert answer.status == 400
    assert_a_clear_no(answer)


@pytest.mark.parametrize("typ", ["JWT", "vc+jwt", "kb+JWT ", "dc+sd-jwt"])
def test_another_signature_of_the_holder_is_no_binding(verifier: Surface, typ: str) -> None:
    token = held()
    claims = {
        "iat": int(NOON.timestamp()),
        "aud": "client.example",
        "nonce": "8c1d",
        "sd_hash": digest(token),
    }
    given = token + jws.sign({"typ": typ}, write(claims), HOLDER)
    answer = verifier.present(given, challenge="8c1d", domain="client.example")
    assert answer.status == 400
    assert_a_clear_no(answer)


# ---------------------------------------------------------------- bounds


def nested(levels: int) -> str:
    """A disclosure within a disclosure within a disclosure."""
    inner = disclosure("s", "d0", "x")
    found = [inner]
    for level in range(1, levels):
        inner = disclosure("s", f"d{level}", {"_sd": [digest(inner)]})
        found.append(inner)
    return signed({"_sd": [digest(inner)]}, *found)


def test_disclosures_are_nested_as_deep_as_documents_and_no_deeper(verifier: Surface) -> None:
    assert claims_of(nested(LIMITS.depth // 2))
    with pytest.raises(DisclosureRefused, match=f"deeper than {LIMITS.depth} levels"):
        claims_of(nested(MOST_DISCLOSURES - 10))
    assert_refused_everywhere(verifier, nested(MOST_DISCLOSURES - 10))


def test_the_number_of_disclosures_is_limited(verifier: Surface) -> None:
    many = [disclosure("s", f"n{n}", n) for n in range(MOST_DISCLOSURES - 1)]
    begun = time.process_time()
    assert claims_of(signed({"_sd": [digest(one) for one in many]}, *many))["n7"] == 7
    assert time.process_time() - begun < SECOND
    too_many = signed({}, *[CITY] * MOST_DISCLOSURES)
    assert_refused_everywhere(verifier, too_many)
    with within_memory():
        verifier.judge(too_many)


def test_very_many_digests_and_large_disclosures_are_answered_in_time(verifier: Surface) -> None:
    digests = [digest(str(n)) for n in range(9_000)]
    large = disclosure("s", "text", "x" * 100_000)
    token = signed({"_sd": [*digests, digest(large)]}, large)
    answer = verifier.judge(token)
    assert answer.seconds < SECOND
    assert_refused_everywhere(verifier, signed({"_sd": digests}, large))
