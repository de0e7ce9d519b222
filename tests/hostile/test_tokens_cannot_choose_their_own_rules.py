"""JOSE, before the verifier itself: RFC 8725 (JWT Best Current Practices), sections 2 and 3.

A token names its algorithm and its key; what counts is what its issuer publishes.
"""

import base64
import hmac
import json
import time
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from world.attacks import (
    Surface,
    assert_a_clear_no,
    assert_refused_everywhere,
    did_of,
    stranger,
    within_memory,
)
from world.credentials import CREDENTIAL_URL, ISSUER_DID, sample_credential, sample_signer
from world.judging import DID_URL, Shelf, honest_shelf
from world.processor import SECOND

from keys import jwk, multibase
from keys.memory import MemorySigner, generate
from keys.public_key import CURVES, FIELD_BYTES, KeyType
from keys.signer import Signer
from proofs.errors import InvalidSignature, ProofError, WrongKeyForSuite
from proofs.jose import jws, open_badges_jwt, vc_jwt
from proofs.jose.jws import LONGEST, Jws
from schemas.document import write

Json = dict[str, Any]
NAME: Final = f"{ISSUER_DID}#tokens"
VC: Final = {"typ": "vc+jwt", "kid": NAME}
KINDS: Final = (KeyType.ED25519, KeyType.P256, KeyType.P384, KeyType.RSA)
KEYS: Final = {kind: MemorySigner(NAME, generate(kind)) for kind in KINDS}
P256: Final = KEYS[KeyType.P256]
STRANGER: Final = MemorySigner(NAME, generate(KeyType.P256))


def published(*keys: MemorySigner) -> Shelf:
    """The honest shelf, with an issuer that publishes these keys."""
    shelf = honest_shelf()
    methods = [
        {
            "id": key.verification_method,
            "type": "JsonWebKey",
            "controller": ISSUER_DID,
            "publicKeyJwk": jwk.encode(key.public_key),
        }
        for key in (sample_signer(), *keys)
    ]
    names = [method["id"] for method in methods]
    document = {"id": ISSUER_DID, "verificationMethod": methods, "assertionMethod": names}
    shelf.put(DID_URL, write(document))
    return shelf


def publish(verifier: Surface, *keys: MemorySigner) -> None:
    verifier.shelf.answers[DID_URL] = published(*keys).answers[DID_URL]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(header: Json, signer: Signer = P256, payload: Json | None = None) -> str:
    """A token signed over exactly this header."""
    body = write(payload or sample_credential())
    signing_input = f"{b64(json.dumps(header).encode())}.{b64(body)}"
    return f"{signing_input}.{b64(signer.sign(signing_input.encode()))}"


def with_signature(given: str, signature: bytes) -> str:
    return f"{given.rpartition('.')[0]}.{b64(signature)}"


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_honest_twin_is_confirmed(verifier: Surface, kind: KeyType) -> None:
    publish(verifier, KEYS[kind])
    found = verifier.judge(vc_jwt.secure(sample_credential(), KEYS[kind]))
    assert found.verdict == "confirmed"
    assert found.seconds < SECOND


# ---------------------------------------------------------------- no signature, shared secrets


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "", "None "])
@pytest.mark.parametrize("signature", [b"", b"\0" * 64], ids=["empty", "zeros"])
def test_none_is_no_signature(verifier: Surface, name: str, signature: bytes) -> None:
    publish(verifier, P256)
    given = with_signature(token(VC | {"alg": name}), signature)
    for answer in (verifier.judge(given), verifier.verify(given)):
        assert_a_clear_no(answer)
        assert answer.outcomes["proof"] != "passed"


def spellings_of(key: MemorySigner) -> dict[str, bytes]:
    """Everything that a careless library may take for a secret when it holds a public key."""
    public = key.private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {
        "PEM": pem,
        "PEM without its last line end": pem.rstrip(),
        "DER": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "raw": key.public_key.raw,
        "JWK": json.dumps(jwk.encode(key.public_key)).encode(),
        "nothing": b"",
    }


@pytest.mark.parametrize("name", ["HS256", "HS384", "HS512", "hs256"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_public_key_is_not_a_secret(verifier: Surface, kind: KeyType, name: str) -> None:
    publish(verifier, KEYS[kind])
    signing_input = token(VC | {"alg": name}, KEYS[kind]).rpartition(".")[0]
    hashed = f"sha{name[2:]}"
    for secret in spellings_of(KEYS[kind]).values():
        tag = hmac.digest(secret, signing_input.encode(), hashed)
        answer = verifier.judge(f"{signing_input}.{b64(tag)}")
        assert_a_clear_no(answer)
        assert answer.outcomes["proof"] != "passed"


@pytest.mark.parametrize("name", [*jws.ALGORITHMS, "ES512", "ES256K", "PS256", "RS1", "EdDSA "])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_algorithm_is_that_of_the_key_and_not_that_of_the_header(
    verifier: Surface, kind: KeyType, name: str
) -> None:
    publish(verifier, KEYS[kind])
    found = verifier.judge(token(VC | {"alg": name}, KEYS[kind]))
    if jws.ALGORITHMS.get(name) is kind:
        assert found.outcomes["proof"] == "passed"
    else:
        assert_a_clear_no(found)
        assert found.outcomes["proof"] != "passed"


# ---------------------------------------------------------------- headers that point elsewhere

BROUGHT: Final = jwk.encode(STRANGER.public_key)
ELSEWHERE: dict[str, Json] = {
    "a key set": {"jku": "https://evil.example/keys"},
    "a certificate": {"x5u": "https://evil.example/cert"},
    "a key": {"jwk": BROUGHT},
    "a key beside its name": {"jwk": BROUGHT | {"kid": NAME}},
    "what must be understood": {"crit": ["exp"], "exp": 1},
    "nothing that must be understood": {"crit": []},
    "an extension that must be understood": {"crit": ["https://e.example/x"]},
    "a payload that is not encoded": {"b64": False, "crit": ["b64"]},
    "a payload that is encoded": {"b64": True},
    "a packed payload": {"zip": "DEF"},
    "another issuer": {"iss": "did:web:evil.example"},
    "another issuer, nearly": {"iss": f"{ISSUER_DID}:"},
    "another kind of token": {"typ": "JWT"},
    "a presentation": {"typ": "vp+jwt"},
    "a status list": {"typ": "statuslist+jwt"},
    "another content": {"cty": "vp"},
}


@pytest.mark.parametrize("more", ELSEWHERE.values(), ids=ELSEWHERE)
@pytest.mark.parametrize("signer", [P256, STRANGER], ids=["the issuer", "a stranger"])
def test_a_header_cannot_point_elsewhere(
    verifier: Surface, signer: MemorySigner, more: Json
) -> None:
    publish(verifier, P256)
    assert_refused_everywhere(verifier, token({"alg": "ES256"} | VC | more, signer))
    assert not [url for url in verifier.shelf.asked if "evil" in url]


NAMES: dict[str, object] = {
    "a key of the stranger": did_of(stranger()) + "#0",
    "a key of another site": "did:web:evil.example#key-2026",
    "an address of another site": "https://evil.example/keys/1",
    "the issuer as a part of another": "did:web:issuer.example.evil.example#key-2026",
    "the issuer as a folder of another": "did:web:evil.example:issuer.example#key-2026",
    "the issuer as the user of another": "https://issuer.example@evil.example/key",
    "another key of the issuer": f"{ISSUER_DID}#key-2025",
    "a fragment that is a key": f"{ISSUER_DID}#zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
    "a path": f"{ISSUER_DID}/keys#key-2026",
    "a query": f"{ISSUER_DID}?v=1#key-2026",
    "a file": "file:///etc/passwd",
    "a path in a file system": "../../dev/null",
    "a database": "' OR 1=1 --",
    "nothing": "",
    "a number": 7,
    "a list": [NAME],
}


@pytest.mark.parametrize("kid", NAMES.values(), ids=NAMES)
def test_a_name_of_a_key_that_leads_elsewhere_leads_nowhere(verifier: Surface, kid: object) -> None:
    publish(verifier, P256)
    assert_refused_everywhere(verifier, token({"alg": "ES256"} | VC | {"kid": kid}, STRANGER))
    assert {url for url in verifier.shelf.asked if "did.json" in url} <= {DID_URL}
    assert not [url for url in verifier.shelf.asked if "evil" in url]


@pytest.mark.parametrize("claim", ["iss", "sub", "jti"])
def test_a_claim_cannot_contradict_the_document(verifier: Surface, claim: str) -> None:
    publish(verifier, P256)
    for other in ("did:web:evil.example", "", None, [ISSUER_DID], {"id": ISSUER_DID}):
        payload = sample_credential() | {claim: other}
        assert_refused_everywhere(verifier, token({"alg": "ES256"} | VC, P256, payload))


def test_a_badge_cannot_bring_its_key_unless_the_issuer_publishes_it(verifier: Surface) -> None:
    publish(verifier, P256)
    own = open_badges_jwt.secure(sample_credential(), P256, with_jwk=True)
    assert verifier.judge(own).verdict == "confirmed"
    foreign = open_badges_jwt.secure(sample_credential(), STRANGER, with_jwk=True)
    assert_refused_everywhere(verifier, foreign)


def test_two_documents_in_one_badge_are_not_mixed(verifier: Surface) -> None:
    """The claim `vc` beside the document itself: whatever is said is said of one of them."""
    publish(verifier, P256)
    view = sample_credential()
    claims = {"iss": ISSUER_DID, "jti": CREDENTIAL_URL, "nbf": 1772443800, "exp": 1867138200}
    both = view | {"name": "Outside"} | claims | {"vc": view | {"name": "Inside"}}
    found = verifier.judge(token({"alg": "ES256", "kid": NAME, "typ": "JWT"}, P256, both))
    assert found.outcomes["proof"] == "passed"
    assert found.body["credential"]["name"] == "Inside"
    mixed = view | claims | {"vc": view | {"id": "urn:x:other"}}
    assert_refused_everywhere(verifier, token({"alg": "ES256", "kid": NAME}, P256, mixed))


# ---------------------------------------------------------------- signatures that are none


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_numbers_that_fit_every_careless_equation_do_not_verify(
    verifier: Surface, kind: KeyType
) -> None:
    key = KEYS[kind]
    publish(verifier, key)
    given = token({"alg": jws.WRITTEN[kind]} | VC, key)
    length = 2 * FIELD_BYTES[kind] if kind in FIELD_BYTES else 384
    hostile = [b"", b"\0", b"\0" * length, b"\xff" * length, b"\0" * (length - 1) + b"\x01"]
    if kind in CURVES:
        half = length // 2
        order = {KeyType.P256: 256, KeyType.P384: 384}[kind]
        generator = ec.derive_private_key(1, CURVES[kind]()).public_key().public_numbers()
        assert order == generator.curve.key_size
        r = generator.x.to_bytes(half, "big")
        hostile += [r + b"\0" * half, b"\0" * half + r, r + r]
    for signature in hostile:
        assert verifier.judge(with_signature(given, signature)).verdict == "do_not_rely"


@pytest.mark.parametrize("kind", [KeyType.P256, KeyType.P384], ids=str)
def test_the_spelling_of_another_standard_is_no_signature(verifier: Surface, kind: KeyType) -> None:
    """DER, as X.509 writes ECDSA, beside the two numbers that JOSE wants (RFC 7518, 3.4)."""
    private = KEYS[kind].private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    publish(verifier, KEYS[kind])
    given = token({"alg": jws.WRITTEN[kind]} | VC, KEYS[kind])
    hashed = {KeyType.P256: hashes.SHA256(), KeyType.P384: hashes.SHA384()}[kind]
    der = private.sign(given.rpartition(".")[0].encode(), ec.ECDSA(hashed))
    assert_refused_everywhere(verifier, with_signature(given, der))


@pytest.mark.parametrize("kind", [KeyType.P256, KeyType.P384], ids=str)
def test_a_signature_turned_around_is_the_same_statement_and_no_other(kind: KeyType) -> None:
    """ECDSA holds for s and for n - s; nothing of ours takes a signature for a name."""
    order = {
        KeyType.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        KeyType.P384: int("f" * 48 + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16),
    }[kind]
    given = token({"alg": jws.WRITTEN[kind]} | VC, KEYS[kind])
    raw = multibase.decode("u" + given.rpartition(".")[2])
    half = len(raw) // 2
    s = order - int.from_bytes(raw[half:], "big")
    turned = with_signature(given, raw[:half] + s.to_bytes(half, "big"))
    Jws.read(turned).verify(KEYS[kind].public_key)
    other = token({"alg": jws.WRITTEN[kind]} | VC, KEYS[kind], sample_credential(name="Other"))
    with pytest.raises(InvalidSignature):
        Jws.read(with_signature(other, raw)).verify(KEYS[kind].public_key)


@pytest.mark.parametrize("wrong", KINDS, ids=str)
@pytest.mark.parametrize("right", KINDS, ids=str)
def test_a_signature_of_one_curve_is_none_of_another(right: KeyType, wrong: KeyType) -> None:
    if right is wrong:
        return
    read = Jws.read(token({"alg": jws.WRITTEN[right]} | VC, KEYS[right]))
    with pytest.raises(WrongKeyForSuite):
        read.verify(KEYS[wrong].public_key)


# ---------------------------------------------------------------- texts that are no tokens

HEADER, PAYLOAD, SIGNATURE = token({"alg": "ES256"} | VC).split(".")


def with_parts(header: bytes | None = None, payload: bytes | None = None) -> str:
    first = HEADER if header is None else b64(header)
    return f"{first}.{PAYLOAD if payload is None else b64(payload)}.{SIGNATURE}"


SPELLINGS: dict[str, str] = {
    "two parts": f"{HEADER}.{PAYLOAD}",
    "four parts": f"{HEADER}.{PAYLOAD}.{SIGNATURE}.{SIGNATURE}",
    "five parts, as if encrypted": f"{HEADER}.{PAYLOAD}.{SIGNATURE}.{SIGNATURE}.{SIGNATURE}",
    "padding": f"{HEADER}.{PAYLOAD}.{SIGNATURE}==",
    "the other alphabet": f"{HEADER}.{PAYLOAD}.{'+/' * 43}",
    "bits left over": f"{HEADER}.{PAYLOAD}.{SIGNATURE[:-1]}_",
    "a space inside": f"{HEADER}.{PAYLOAD}. {SIGNATURE}",
    "a line end inside": f"{HEADER}.{PAYLOAD}\n.{SIGNATURE}",
    "no header": f".{PAYLOAD}.{SIGNATURE}",
    "no payload": f"{HEADER}..{SIGNATURE}",
    "a header that is a list": with_parts(header=b"[]"),
    "a header with a member twice": with_parts(
        header=b'{"alg":"none","alg":"ES256","typ":"vc+jwt"}'
    ),
    "a header that is deep": with_parts(header=b'{"a":' * 400 + b"1" + b"}" * 400),
    "a header that is large": with_parts(header=b'{"a":"' + b"x" * 20_000 + b'"}'),
    "a payload with a member twice": with_parts(payload=b'{"id":"a","id":"b"}'),
    "a payload that is deep": with_parts(payload=b"[" * 100_000),
    "very many dots": HEADER + "." * 100_000,
    "very many tildes": f"{HEADER}.{PAYLOAD}.{SIGNATURE}" + "~" * 100_000,
    "a very long signature": f"{HEADER}.{PAYLOAD}.{'A' * 400_000}",
    "the JSON serialization": json.dumps(
        {"payload": PAYLOAD, "protected": HEADER, "signature": SIGNATURE}
    ),
    "the general JSON serialization": json.dumps(
        {"payload": PAYLOAD, "signatures": [{"protected": HEADER, "signature": SIGNATURE}]}
    ),
}


@pytest.mark.parametrize("given", SPELLINGS.values(), ids=SPELLINGS)
def test_a_text_that_is_no_token_is_answered_in_time(verifier: Surface, given: str) -> None:
    publish(verifier, P256)
    with within_memory():
        answers = (verifier.judge(given), verifier.verify(given))
    for answer in answers:
        assert answer.status in {200, 400, 422}
        assert answer.status != 200 or answer.verdict == "do_not_rely"


def test_a_token_longer_than_the_limit_is_refused_unread() -> None:
    begun = time.process_time()
    with pytest.raises(ProofError):
        Jws.read("e" * LONGEST + ".e.e")
    assert time.process_time() - begun < SECOND


@pytest.mark.parametrize("media", ["vc+jwt", "vp+jwt", "dc+sd-jwt"])
def test_an_envelope_says_nothing_beside_what_is_in_it(verifier: Surface, media: str) -> None:
    publish(verifier, P256)
    inner = vc_jwt.secure(sample_credential(name="Inside"), P256)
    outer = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/{media},{inner}",
        "type": "EnvelopedVerifiableCredential",
        "name": "Outside",
        "issuer": "did:web:evil.example",
        "credentialSubject": {"name": "Outside"},
    }
    found = verifier.judge(outer)
    assert "Outside" not in json.dumps(found.body)
    assert "evil" not in json.dumps(found.body.get("issuer"))
