"""Multibase, Multikey and JWK: what is written can be read, and only what is written so."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from keys import jwk, multibase, multikey
from keys.errors import MalformedKey
from keys.memory import generate, public_half
from keys.public_key import KeyType, PublicKey

P384 = PublicKey(
    KeyType.P384,
    ec.derive_private_key(5, ec.SECP384R1())
    .public_key()
    .public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
)
KEYS = {
    "Ed25519": public_half(generate(KeyType.ED25519)),
    "P-256": public_half(generate(KeyType.P256)),
    "P-384": P384,
}
PREFIXES = {"Ed25519": "z6Mk", "P-256": "zDn", "P-384": "z82"}
OF_THE_SPECIFICATION = "z6MkmM42vxfqZQsv4ehtTjFFxQ4sQKS2w6WR7emozFAn5cxu"


@given(st.binary(max_size=200))
def test_bytes_survive_both_bases(data: bytes) -> None:
    assert multibase.decode(multibase.encode_base58btc(data)) == data
    assert multibase.decode(multibase.encode_base64url(data)) == data


@given(st.text(max_size=60))
def test_a_text_that_can_be_read_is_the_text_that_is_written(text: str) -> None:
    try:
        data = multibase.decode(text)
    except MalformedKey:
        return
    assert text in {multibase.encode_base58btc(data), multibase.encode_base64url(data)}


@pytest.mark.parametrize(
    "text",
    ["", "x", "m" + "AAAA", "z0", "zO", "zé", "uA", "uAB==", "uAA\n", "u+A", "uAAé", "z" * 5_000],
)
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(MalformedKey):
        multibase.decode(text)


@pytest.mark.parametrize("name", KEYS)
def test_a_multikey_is_read_back_and_begins_as_its_kind_does(name: str) -> None:
    written = multikey.encode(KEYS[name])
    assert written.startswith(PREFIXES[name])
    assert multikey.decode(written) == KEYS[name]


def test_the_key_of_the_specification_is_read() -> None:
    assert multikey.encode(multikey.decode(OF_THE_SPECIFICATION)) == OF_THE_SPECIFICATION


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        "u7QE",
        OF_THE_SPECIFICATION[:-1],
        OF_THE_SPECIFICATION + "1",
        multibase.encode_base58btc(b"\xec\x01" + bytes(32)),
        multibase.encode_base64url(b"\xed\x01" + bytes(range(32))),
        "z" + "1" * 500,
    ],
    ids=[
        "nothing",
        "no bytes",
        "another base",
        "cut short",
        "too long",
        "another kind",
        "base64",
        "long",
    ],
)
def test_what_is_no_multikey_is_refused(text: str) -> None:
    with pytest.raises(MalformedKey):
        multikey.decode(text)


@pytest.mark.parametrize("name", KEYS)
def test_a_jwk_is_read_back(name: str) -> None:
    assert jwk.decode(jwk.encode(KEYS[name]) | {"kid": "x", "alg": "whatever"}) == KEYS[name]


def test_the_thumbprint_is_that_of_rfc_8037() -> None:
    key = jwk.decode(
        {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    )
    assert jwk.thumbprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


P256 = jwk.encode(KEYS["P-256"])
WRONG = {
    "a private key": P256 | {"d": "AAAA"},
    "no kind": {},
    "a symmetric key": {"kty": "oct", "k": "AAAA"},
    "another curve": P256 | {"crv": "secp256k1"},
    "a kind that does not fit its curve": P256 | {"kty": "OKP"},
    "half a point": {name: value for name, value in P256.items() if name != "y"},
    "a short coordinate": P256 | {"x": "AAAA"},
    "a padded coordinate": P256 | {"x": P256["x"] + "="},
    "a number": P256 | {"x": 5},
    "no point of the curve": P256 | {"y": P256["x"]},
}


@pytest.mark.parametrize("view", WRONG.values(), ids=WRONG)
def test_what_is_no_public_jwk_is_refused(view: dict[str, object]) -> None:
    with pytest.raises(MalformedKey):
        jwk.decode(view)
