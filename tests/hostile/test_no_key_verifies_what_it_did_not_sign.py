"""Keys, suites and signatures that do not belong together, before the verifier itself.

FIPS 186-5; RFC 8032, sections 5.1.3 and 5.1.7; Data Integrity ECDSA and EdDSA, sections 3.
"""

import json
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from world.attacks import Surface, assert_a_clear_no, empty_proof
from world.credentials import ISSUER_DID, METHOD, NOON, sample_credential, sample_signer
from world.judging import DID_URL

from keys import jwk, multibase, multikey
from keys.errors import MalformedKey
from keys.memory import MemorySigner, generate
from keys.public_key import KeyType, PublicKey
from proofs.errors import ProofError
from proofs.secure import Wish, add_proof
from proofs.suites import SUITES
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document, write

Json = dict[str, Any]
PRIME: Final = 2**255 - 19
ORDERS: Final = {
    KeyType.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    KeyType.P384: int("f" * 48 + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16),
}
KEYS: Final = {
    kind: MemorySigner(METHOD, generate(kind))
    for kind in (KeyType.ED25519, KeyType.P256, KeyType.P384)
}
MADE: Final = [
    (name, kind)
    for name, suite in SUITES.items()
    if not (suite.deprecated or suite.discloses)
    for kind in sorted(suite.key_types)
]


def publish(verifier: Surface, method: Json) -> None:
    entry = {"id": METHOD, "controller": ISSUER_DID} | method
    document = {"id": ISSUER_DID, "verificationMethod": [entry], "assertionMethod": [METHOD]}
    verifier.shelf.put(DID_URL, write(document))


def as_multikey(raw: bytes) -> Json:
    return {"type": "Multikey", "publicKeyMultibase": multibase.encode_base58btc(raw)}


def as_jwk(**members: object) -> Json:
    return {"type": "JsonWebKey", "publicKeyJwk": members}


def b64(data: bytes) -> str:
    return multibase.encode_base64url(data)[1:]


# ---------------------------------------------------------------- keys that are none

SMALL: Final = {
    "the neutral point": (1).to_bytes(32, "little"),
    "the point of order 2": (PRIME - 1).to_bytes(32, "little"),
    "a point of order 4": bytes(32),
    "a point of order 4, other sign": bytes(31) + b"\x80",
    "a point of order 8": bytes.fromhex(
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
    ),
    "the other point of order 8": bytes.fromhex(
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    ),
}
STRANGE: Final = {
    "zero, not canonical": PRIME.to_bytes(32, "little"),
    "one, not canonical": (PRIME + 1).to_bytes(32, "little"),
    "the largest, not canonical": (2**255 - 1).to_bytes(32, "little"),
    "all bits": b"\xff" * 32,
    "no point": (2).to_bytes(32, "little"),
    "too short": b"\x58" * 31,
    "too long": b"\x58" * 33,
    "nothing": b"",
}
ED25519_PREFIX: Final = b"\xed\x01"
X, Y = (b64(part) for part in KEYS[KeyType.P256].public_key.coordinates())
BAD_KEYS: dict[str, Json] = {
    **{f"{name}, Multikey": as_multikey(ED25519_PREFIX + raw) for name, raw in SMALL.items()},
    **{f"{name}, Multikey": as_multikey(ED25519_PREFIX + raw) for name, raw in STRANGE.items()},
    **{
        f"{name}, JWK": as_jwk(kty="OKP", crv="Ed25519", x=b64(raw))
        for name, raw in (SMALL | STRANGE).items()
    },
    "P-256 with the point at infinity": as_multikey(b"\x80\x24" + b"\0" * 33),
    "P-256 with a point that is not on it": as_multikey(b"\x80\x24\x02" + b"\xff" * 32),
    "P-256 in full instead of compressed": as_multikey(b"\x80\x24\x04" + b"\1" * 64),
    "P-256 under the name of P-384": as_jwk(kty="EC", crv="P-384", x=X, y=Y),
    "P-256 with x and y exchanged": as_jwk(kty="EC", crv="P-256", x=Y, y=X),
    "P-256 without y": as_jwk(kty="EC", crv="P-256", x=X),
    "P-256 as OKP": as_jwk(kty="OKP", crv="P-256", x=X, y=Y),
    "Ed25519 as EC": as_jwk(kty="EC", crv="Ed25519", x=X, y=Y),
    "a curve of Bitcoin": as_jwk(kty="EC", crv="secp256k1", x=X, y=Y),
    "P-521": as_jwk(kty="EC", crv="P-521", x=b64(b"\1" * 66), y=b64(b"\1" * 66)),
    "X25519": as_jwk(kty="OKP", crv="X25519", x=b64(b"\x09" + bytes(31))),
    "a shared secret": as_jwk(kty="oct", k=b64(b"\1" * 32)),
    "RSA of one bit": as_jwk(kty="RSA", n="AQ", e="AQAB"),
    "RSA of 512 bits": as_jwk(kty="RSA", n=b64(b"\xc1" * 64), e="AQAB"),
    "RSA of a million bits": as_jwk(kty="RSA", n=b64(b"\xc1" * 125_000), e="AQAB"),
    "RSA with an exponent of one": as_jwk(kty="RSA", n=b64(b"\xc1" * 256), e="AQ"),
    "RSA with an exponent without end": as_jwk(
        kty="RSA", n=b64(b"\xc1" * 256), e=b64(b"\xc1" * 256)
    ),
    "a private key": as_jwk(kty="EC", crv="P-256", x=X, y=Y, d=X),
    "a private key in a Multikey": as_multikey(b"\x86\x26" + b"\1" * 32),
    "a kind that nobody knows": as_multikey(b"\xff\xff\x03" + b"\1" * 32),
    "a Multikey of half a megabyte": {"type": "Multikey", "publicKeyMultibase": "z" * 400_000},
    "both spellings, which differ": as_multikey(ED25519_PREFIX + SMALL["the neutral point"])
    | {"publicKeyJwk": jwk.encode(KEYS[KeyType.P256].public_key)},
}


@pytest.mark.parametrize("method", BAD_KEYS.values(), ids=BAD_KEYS)
def test_a_key_with_which_too_much_verifies_is_no_key(verifier: Surface, method: Json) -> None:
    publish(verifier, method)
    document = sample_credential()
    everything_fits = b"\1" + b"\0" * 63  # R the neutral point, S zero
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"):
        value = multibase.encode_base58btc(everything_fits)
        attack = document | {"proof": empty_proof(sample_signer(), suite, value=value)}
        answer = verifier.judge(attack)
        assert_a_clear_no(answer)
        assert answer.outcomes["proof"] != "passed"


@pytest.mark.parametrize("raw", (SMALL | STRANGE).values(), ids=SMALL | STRANGE)
def test_such_a_point_is_no_key_in_any_spelling(raw: bytes) -> None:
    for read in (
        lambda: PublicKey(KeyType.ED25519, raw),
        lambda: multikey.decode(multibase.encode_base58btc(ED25519_PREFIX + raw)),
        lambda: jwk.decode({"kty": "OKP", "crv": "Ed25519", "x": b64(raw)}),
    ):
        with pytest.raises(MalformedKey):
            read()


# ---------------------------------------------------------------- signatures that are none


def good(name: str, kind: KeyType) -> Json:
    return add_proof(sample_credential(), KEYS[kind], NOON, Wish(cryptosuite=name))


def verify(document: Json, key: PublicKey) -> None:
    received = Document.read(write(document))
    verify_proof(received, read_proofs(received)[0], key)


def with_value(document: Json, value: bytes) -> Json:
    return document | {
        "proof": document["proof"] | {"proofValue": multibase.encode_base58btc(value)}
    }


@pytest.mark.parametrize(("name", "kind"), MADE)
def test_signatures_that_fit_careless_equations_do_not_hold(
    verifier: Surface, name: str, kind: KeyType
) -> None:
    publish(verifier, {"type": "Multikey", "publicKeyMultibase": multikey.encode(
        KEYS[kind].public_key
    )})  # fmt: skip
    document = good(name, kind)
    assert verifier.judge(document).outcomes["proof"] == "passed"
    signature = multibase.decode(document["proof"]["proofValue"])
    half = len(signature) // 2
    r, s = signature[:half], signature[half:]
    hostile = [
        bytes(2 * half),
        bytes(half) + s,
        r + bytes(half),
        b"\xff" * 2 * half,
        s + r,
        r + r,
        b"\1" + bytes(2 * half - 1),
        signature[:-1],
        signature + b"\0",
        b"\0" + signature,
        b"",
    ]
    if kind in ORDERS:
        order = ORDERS[kind].to_bytes(half, "big")
        hostile += [order + s, r + order, order + order]
    for value in hostile:
        answer = verifier.judge(with_value(document, value))
        assert_a_clear_no(answer)
        assert answer.outcomes["proof"] == "failed"


def test_an_ed25519_signature_has_one_spelling(verifier: Surface) -> None:
    """S below the order, and R as it is written; RFC 8032, section 5.1.7."""
    order = 2**252 + 27742317777372353535851937790883648493
    document = add_proof(sample_credential(), sample_signer(), NOON, Wish())
    signature = multibase.decode(document["proof"]["proofValue"])
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    others = [(s + n * order).to_bytes(33, "little")[:32] for n in range(1, 16)]
    others += [(order - s).to_bytes(32, "little"), (s | 1 << 255).to_bytes(32, "little")]
    for other in others:
        with pytest.raises(ProofError):
            verify(with_value(document, r + other), sample_signer().public_key)
    for point in (SMALL | STRANGE).values():
        if len(point) == 32:
            value = with_value(document, point + signature[32:])
            assert_a_clear_no(verifier.judge(value))


@pytest.mark.parametrize("kind", ORDERS, ids=str)
def test_the_other_sign_of_an_ecdsa_signature_says_the_same_and_no_more(kind: KeyType) -> None:
    """Both hold (FIPS 186-5), so a proof value is no name for a credential; nothing uses it so."""
    document = good("ecdsa-rdfc-2019", kind)
    signature = multibase.decode(document["proof"]["proofValue"])
    half = len(signature) // 2
    turned = ORDERS[kind] - int.from_bytes(signature[half:], "big")
    same = with_value(document, signature[:half] + turned.to_bytes(half, "big"))
    verify(same, KEYS[kind].public_key)
    with pytest.raises(ProofError):
        verify(same | {"name": "Other"}, KEYS[kind].public_key)


# ---------------------------------------------------------------- suites and keys


@pytest.mark.parametrize("other", sorted(KEYS), ids=str)
@pytest.mark.parametrize(("name", "kind"), MADE)
def test_a_suite_takes_only_the_kind_of_key_that_signed(
    verifier: Surface, name: str, kind: KeyType, other: KeyType
) -> None:
    if other is kind:
        return
    publish(verifier, {"type": "JsonWebKey", "publicKeyJwk": jwk.encode(KEYS[other].public_key)})
    answer = verifier.judge(good(name, kind))
    assert_a_clear_no(answer)
    assert answer.outcomes["proof"] == "failed"


@pytest.mark.parametrize("claimed", [*SUITES, "none", "", "ecdsa-rdfc-2019 ", "EDDSA-RDFC-2022"])
@pytest.mark.parametrize(("name", "kind"), MADE)
def test_a_signature_of_one_suite_is_none_of_another(
    verifier: Surface, name: str, kind: KeyType, claimed: str
) -> None:
    if claimed == name:
        return
    publish(verifier, {"type": "JsonWebKey", "publicKeyJwk": jwk.encode(KEYS[kind].public_key)})
    document = good(name, kind)
    for change in ({"cryptosuite": claimed}, {"type": claimed, "cryptosuite": claimed}):
        answer = verifier.judge(document | {"proof": document["proof"] | change})
        assert_a_clear_no(answer)
        assert answer.outcomes["proof"] != "passed"


def test_a_key_of_the_right_kind_on_a_curve_that_we_do_not_use_signs_nothing() -> None:
    for curve in (ec.SECP256K1(), ec.SECP521R1(), ec.BrainpoolP256R1()):
        numbers = ec.generate_private_key(curve).public_key().public_numbers()
        size = (curve.key_size + 7) // 8
        found = {
            "x": b64(numbers.x.to_bytes(size, "big")),
            "y": b64(numbers.y.to_bytes(size, "big")),
        }
        for name in ("P-256", "P-384", curve.name):
            with pytest.raises(MalformedKey):
                jwk.decode(json.loads(json.dumps({"kty": "EC", "crv": name} | found)))
