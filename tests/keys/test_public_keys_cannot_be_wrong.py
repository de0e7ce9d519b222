"""A key that exists is good; a signature that does not fit is never taken for one that does."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from keys import jwk
from keys.errors import MalformedKey, WrongKeyType
from keys.memory import MemorySigner, PrivateKey, generate, public_half
from keys.public_key import KeyType, PublicKey

SIGNED_WITH = (KeyType.ED25519, KeyType.P256)
SMALL_ORDER = {
    "order 1": "0100000000000000000000000000000000000000000000000000000000000000",
    "order 2": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 4": "0000000000000000000000000000000000000000000000000000000000000000",
    "order 4, other sign": "0000000000000000000000000000000000000000000000000000000000000080",
    "order 8": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "order 8, other sign": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "order 8, other": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "order 8, both others": "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "order 1, not canonical": "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "order 4, not canonical": "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "largest": "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
}


@pytest.mark.parametrize("raw", SMALL_ORDER.values(), ids=SMALL_ORDER)
def test_a_key_with_which_anything_verifies_is_refused(raw: str) -> None:
    with pytest.raises(MalformedKey):
        PublicKey(KeyType.ED25519, bytes.fromhex(raw))


def test_the_key_of_rfc_8032_verifies_its_signature() -> None:
    key = PublicKey(
        KeyType.ED25519,
        bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
    )
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        "f9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert key.verifies(signature, b"")
    assert not key.verifies(signature, b"x")


@pytest.mark.parametrize("key_type", SIGNED_WITH)
def test_what_is_signed_verifies_and_nothing_else_does(key_type: KeyType) -> None:
    signer = MemorySigner("did:web:x.example#1", generate(key_type))
    signature = signer.sign(b"message")
    assert len(signature) == 64
    assert signer.public_key.verifies(signature, b"message")
    assert not signer.public_key.verifies(signature, b"massage")
    assert not public_half(generate(key_type)).verifies(signature, b"message")


@pytest.mark.parametrize("key_type", SIGNED_WITH)
@given(flipped=st.integers(0, 511))
def test_one_bit_decides(key_type: KeyType, flipped: int) -> None:
    signer = MemorySigner("", SAMPLES[key_type])
    signature = bytearray(signer.sign(b"message"))
    signature[flipped // 8] ^= 1 << flipped % 8
    assert not signer.public_key.verifies(bytes(signature), b"message")


SAMPLES: dict[KeyType, PrivateKey] = {
    KeyType.ED25519: Ed25519PrivateKey.from_private_bytes(bytes(range(32))),
    KeyType.P256: ec.derive_private_key(7, ec.SECP256R1()),
}


@pytest.mark.parametrize("key_type", SIGNED_WITH)
@pytest.mark.parametrize("length", [0, 1, 63, 65, 96, 128])
def test_a_signature_of_another_length_never_verifies(key_type: KeyType, length: int) -> None:
    assert not public_half(SAMPLES[key_type]).verifies(bytes(length), b"message")


def test_the_signature_of_nothing_is_none() -> None:
    for key in map(public_half, SAMPLES.values()):
        assert not key.verifies(bytes(64), b"message")
        assert not key.verifies(b"\xff" * 64, b"message")


@pytest.mark.parametrize(
    ("key_type", "raw"),
    [
        (KeyType.ED25519, b""),
        (KeyType.ED25519, bytes(31)),
        (KeyType.P256, bytes(33)),
        (KeyType.P256, b"\x02" + b"\xff" * 32),
        (KeyType.P256, b"\x04" + bytes(64)),
        (KeyType.P384, b"\x02" + bytes(32)),
    ],
)
def test_what_is_no_point_is_no_key(key_type: KeyType, raw: bytes) -> None:
    with pytest.raises(MalformedKey):
        PublicKey(key_type, raw)


def test_curves_that_we_do_not_sign_with_are_refused() -> None:
    with pytest.raises(WrongKeyType, match="secp256k1"):
        public_half(ec.generate_private_key(ec.SECP256K1()))


@pytest.mark.parametrize("key_type", KeyType)
def test_every_kind_signs_what_its_public_half_verifies(key_type: KeyType) -> None:
    signer = MemorySigner("did:web:x.example#1", generate(key_type))
    signature = signer.sign(b"message")
    assert signer.public_key.verifies(signature, b"message")
    assert not signer.public_key.verifies(signature, b"massage")
    assert not signer.public_key.verifies(bytes(len(signature)), b"message")
    assert jwk.decode(jwk.encode(signer.public_key)) == signer.public_key


@pytest.mark.parametrize("bits", [1024, 4608])
def test_rsa_keys_that_are_too_short_or_too_long_are_refused(bits: int) -> None:
    with pytest.raises(MalformedKey, match="2048 to 4096"):
        public_half(rsa.generate_private_key(65_537, bits))


def test_an_rsa_key_with_an_endless_exponent_is_refused() -> None:
    numbers = rsa.generate_private_key(65_537, 2048).public_key().public_numbers()
    long = rsa.RSAPublicNumbers(2**64 + 1, numbers.n).public_key()
    with pytest.raises(MalformedKey, match="exponent"):
        PublicKey(KeyType.RSA, long.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def test_a_signer_does_not_show_its_key() -> None:
    assert "private" not in repr(MemorySigner("did:web:x.example#1", SAMPLES[KeyType.ED25519]))
