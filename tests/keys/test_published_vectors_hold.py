"""Keys and signatures that others published: RFC 6979, RFC 8032, did:key and did:jwk."""

from itertools import product
from typing import Final

import pytest

from keys import did_jwk, did_key, jwk, multikey
from keys.controller import Relationship
from keys.public_key import KeyType, PublicKey

P256: Final = PublicKey(
    KeyType.P256,
    bytes.fromhex("0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
)  # fmt: skip
P384: Final = PublicKey(
    KeyType.P384,
    bytes.fromhex(
        "02"
        "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64"
        "def8f0ea9055866064a254515480bc13"
    ),
)
ED25519: Final = PublicKey(
    KeyType.ED25519,
    bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
)
SIGNATURES: Final = {
    P256: (  # RFC 6979, A.2.5, SHA-256
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
        "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    ),
    P384: (  # RFC 6979, A.2.6, SHA-384
        (
            "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c"
            "81a648152e44acf96e36dd1e80fabe46"
        ),
        (
            "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94f"
            "a329c145786e679e7b82c71a38628ac8"
        ),
    ),
}
ORDER: Final = {
    P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    P384: int(
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
        "581a0db248b0a77aecec196accc52973",
        16,
    ),
}
ED25519_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
OF_RFC_8032: Final = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b4"
    "6bd25bf5f0595bbe24655141438e7a100b"
)
CURVES: Final = {"P-256": P256, "P-384": P384}


def numbers(key: PublicKey) -> tuple[int, int]:
    r, s = SIGNATURES[key]
    return int(r, 16), int(s, 16)


def spelled(key: PublicKey, r: int, s: int) -> bytes:
    length = len(key.raw) - 1
    return r.to_bytes(length, "big") + s.to_bytes(length, "big")


@pytest.mark.parametrize("key", CURVES.values(), ids=CURVES)
def test_the_signature_of_rfc_6979_holds_for_its_message_only(key: PublicKey) -> None:
    signature = spelled(key, *numbers(key))
    assert key.verifies(signature, b"sample")
    assert not key.verifies(signature, b"test")


@pytest.mark.parametrize("key", CURVES.values(), ids=CURVES)
def test_both_signs_of_s_hold_so_a_signature_is_no_name_for_a_credential(key: PublicKey) -> None:
    """FIPS 186-5 allows both; whoever compares proof values compares nothing."""
    r, s = numbers(key)
    assert key.verifies(spelled(key, r, ORDER[key] - s), b"sample")
    assert not key.verifies(spelled(key, ORDER[key] - r, s), b"sample")


@pytest.mark.parametrize("key", CURVES.values(), ids=CURVES)
def test_numbers_outside_of_one_to_the_order_never_verify(key: PublicKey) -> None:
    r, s = numbers(key)
    largest = 2 ** (8 * (len(key.raw) - 1)) - 1
    outside = (0, ORDER[key], ORDER[key] + 1, largest)
    hostile = [*product(outside, outside), *((r, o) for o in outside), *((o, s) for o in outside)]
    hostile += [(1, 0), (0, 1), (1, 1), (s, r)]
    assert [pair for pair in hostile if key.verifies(spelled(key, *pair), b"sample")] == []


@pytest.mark.parametrize("key", CURVES.values(), ids=CURVES)
def test_only_the_raw_spelling_of_a_signature_is_read(key: PublicKey) -> None:
    raw = spelled(key, *numbers(key))
    half = len(raw) // 2
    padded = b"\0" + raw[:half] + b"\0" + raw[half:]
    for other in (padded, raw[:-1], raw + b"\0", b"\x30" + raw[1:], b""):
        assert not key.verifies(other, b"sample")


def test_an_ed25519_signature_cannot_be_spelled_in_another_way() -> None:
    """RFC 8032, 5.1.7: S is below the order, or there would be sixteen of each."""
    signature = bytes.fromhex(OF_RFC_8032)
    assert ED25519.verifies(signature, b"")
    s = int.from_bytes(signature[32:], "little")
    for multiple in range(1, 16):
        again = (s + multiple * ED25519_ORDER).to_bytes(33, "little")[:32]
        assert not ED25519.verifies(signature[:32] + again, b"")


MULTIKEYS: Final = {
    "z6MkmM42vxfqZQsv4ehtTjFFxQ4sQKS2w6WR7emozFAn5cxu": KeyType.ED25519,
    "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK": KeyType.ED25519,
    "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv": KeyType.P256,
    "z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54": KeyType.P384,
}


@pytest.mark.parametrize(("text", "key_type"), MULTIKEYS.items(), ids=MULTIKEYS)
def test_the_keys_of_the_did_key_specification_are_read(text: str, key_type: KeyType) -> None:
    key = multikey.decode(text)
    assert key.type is key_type
    assert multikey.encode(key) == text
    assert jwk.decode(jwk.encode(key)) == key
    document = did_key.resolve(f"did:key:{text}")
    method = f"did:key:{text}#{text}"
    assert document.key_for(method, Relationship.ASSERTION).public_key == key


def test_the_key_of_the_did_jwk_specification_is_read_and_written() -> None:
    did = (
        "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVV"
        "M3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9"
    )
    key = did_jwk.resolve(did).key_for(f"{did}#0", Relationship.ASSERTION).public_key
    assert jwk.encode(key) == {
        "kty": "EC",
        "crv": "P-256",
        "x": "acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0",
        "y": "_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE",
    }


def test_the_multikey_and_the_jwk_of_one_published_key_are_the_same_key() -> None:
    x = "igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns"
    key = multikey.decode("zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv")
    assert jwk.encode(key)["x"] == x
