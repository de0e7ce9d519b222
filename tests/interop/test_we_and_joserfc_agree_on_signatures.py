"""PyPI `joserfc` beside our JSON Web Signatures, with every algorithm that we write."""

from typing import Any

import pytest
from joserfc import jws as their_jws
from joserfc.errors import BadSignatureError, SecurityWarning
from joserfc.jwk import ECKey, OKPKey, RSAKey
from world.generated_credentials import generated
from world.interop import forged, refusals

from keys import jwk
from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from proofs.errors import ProofError
from proofs.jose import jws
from proofs.jose.jws import WRITTEN, Jws
from schemas.document import write

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")

PAYLOADS = list(map(write, generated(200)))
EVERY_ONE = set(range(200))
METHOD = "did:web:issuer.example#key"
THEIR_KEYS: dict[KeyType, Any] = {
    KeyType.ED25519: OKPKey.generate_key("Ed25519"),
    KeyType.P256: ECKey.generate_key("P-256"),
    KeyType.P384: ECKey.generate_key("P-384"),
    KeyType.RSA: RSAKey.generate_key(2048),
}


@pytest.fixture(scope="module", params=WRITTEN, ids=WRITTEN.values())
def kind(request: pytest.FixtureRequest) -> KeyType:
    found: KeyType = request.param
    return found


@pytest.fixture(scope="module")
def signer(kind: KeyType) -> MemorySigner:
    return MemorySigner(METHOD, generate(kind))


@pytest.fixture(scope="module")
def ours(signer: MemorySigner) -> list[str]:
    return [jws.sign({"kid": METHOD}, payload, signer) for payload in PAYLOADS]


@pytest.fixture(scope="module")
def theirs(kind: KeyType) -> list[str]:
    header = {"alg": WRITTEN[kind], "kid": METHOD}
    key, roomy = THEIR_KEYS[kind], registry(kind)
    return [
        their_jws.serialize_compact(dict(header), payload, key, registry=roomy)
        for payload in PAYLOADS
    ]


def registry(kind: KeyType) -> their_jws.JWSRegistry:
    """Theirs refuses payloads over 128 000 bytes; a credential may be longer."""
    found = their_jws.JWSRegistry(algorithms=[WRITTEN[kind]])
    found.max_payload_length = 900_000
    return found


def they_read(token: str, signer: MemorySigner) -> bytes:
    kind = signer.public_key.type
    key = type(THEIR_KEYS[kind]).import_key(dict(jwk.encode(signer.public_key)))
    read = their_jws.deserialize_compact(token, key, registry=registry(kind))
    return bytes(read.payload)


def we_read(token: str, kind: KeyType) -> bytes:
    read = Jws.read(token)
    read.verify(jwk.decode(THEIR_KEYS[kind].as_dict(private=False)))
    return read.payload


def test_they_verify_what_we_sign(ours: list[str], signer: MemorySigner) -> None:
    assert [they_read(token, signer) for token in ours] == PAYLOADS


def test_they_refuse_what_we_signed_when_a_value_is_changed(
    ours: list[str], signer: MemorySigner
) -> None:
    changed = [forged(token, at) for at, token in enumerate(ours)]
    refused = refusals(lambda token: they_read(token, signer), changed, BadSignatureError)
    assert refused.keys() == EVERY_ONE


def test_we_verify_what_they_sign(theirs: list[str], kind: KeyType) -> None:
    assert [we_read(token, kind) for token in theirs] == PAYLOADS


def test_we_refuse_what_they_signed_when_a_value_is_changed(
    theirs: list[str], kind: KeyType
) -> None:
    changed = [forged(token, at) for at, token in enumerate(theirs)]
    refused = refusals(lambda token: we_read(token, kind), changed, ProofError)
    assert refused.keys() == EVERY_ONE


def test_they_warn_of_the_older_name_of_ed25519_that_we_write() -> None:
    """RFC 9864; most readers know no other name yet."""
    signer = MemorySigner(METHOD, generate(KeyType.ED25519))
    token = jws.sign({}, PAYLOADS[0], signer)
    with pytest.warns(SecurityWarning, match="RFC 9864"):
        they_read(token, signer)


def test_we_read_the_newer_name_of_ed25519() -> None:
    key = THEIR_KEYS[KeyType.ED25519]
    token = their_jws.serialize_compact({"alg": "Ed25519"}, PAYLOADS[0], key, ["Ed25519"])
    assert we_read(token, KeyType.ED25519) == PAYLOADS[0]
