"""Points off the curve, addresses that say more than a DID can, keys under another's name."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from keys import did_web, envelope, multikey
from keys.controller import ControllerDocument, Relationship, build
from keys.did import Did, DidUrl
from keys.envelope import Cost, Envelope, seal
from keys.errors import (
    DamagedKeyFile,
    MalformedDid,
    MalformedKey,
    MethodNotFound,
    MissingPassphrase,
    WrongPassphrase,
)
from keys.lifecycle import KeyLife
from keys.memory import generate, public_half
from keys.public_key import KeyType, PublicKey
from keys.stores.passphrase import FILENAME, find_passphrase

DID = "did:web:guild.example"
KEY = public_half(generate(KeyType.ED25519))
POINT = public_half(generate(KeyType.P256))
CHEAP = Cost(n=2**10)


@pytest.mark.parametrize("y", [2, 7, 8, 11])
def test_an_ed25519_key_that_is_not_on_the_curve_is_refused(y: int) -> None:
    with pytest.raises(MalformedKey, match="not a point"):
        PublicKey(KeyType.ED25519, y.to_bytes(32, "little"))


@given(st.binary(min_size=32, max_size=32))
def test_every_key_that_is_made_is_accepted(seed: bytes) -> None:
    key = public_half(Ed25519PrivateKey.from_private_bytes(seed))
    assert multikey.decode(multikey.encode(key)) == key


@given(st.binary(min_size=32, max_size=32))
def test_any_32_bytes_are_a_key_or_malformed_and_never_verify_by_chance(raw: bytes) -> None:
    try:
        key = PublicKey(KeyType.ED25519, raw)
    except MalformedKey:
        return
    assert not key.verifies(bytes(64), b"message")


@pytest.mark.parametrize(
    "url",
    [
        "http://[x",
        "ftp://guild.example",
        "//guild.example",
        "https://user:secret@guild.example/",
        "https://@guild.example/",
        "https://guild.example/?q=1",
        "https://guild.example/#top",
        "https://guild.example/a%20b",
        "https://[::1]/",
    ],
)
def test_an_address_that_says_more_than_a_did_can_has_none(url: str) -> None:
    with pytest.raises(MalformedDid) as caught:
        did_web.did_for(url)
    assert "secret" not in str(caught.value)


@given(st.text(max_size=60) | st.text(max_size=40).map("https://".__add__))
def test_any_text_has_a_did_that_leads_back_or_is_malformed(text: str) -> None:
    try:
        did = did_web.did_for(text)
    except MalformedDid:
        return
    assert did_web.document_url(did, loopback_http=False).startswith("https://")


def test_a_port_beyond_the_last_is_refused() -> None:
    last = did_web.document_url("did:web:a.example%3A65535", loopback_http=False)
    assert last == "https://a.example:65535/.well-known/did.json"
    with pytest.raises(MalformedDid):
        did_web.document_url("did:web:a.example%3A65536", loopback_http=False)


@given(st.from_regex(r"did:[a-z0-9]{1,8}:[A-Za-z0-9._:%#-]{1,30}", fullmatch=True))
def test_a_did_url_is_read_as_it_is_written(text: str) -> None:
    try:
        read = DidUrl.parse(text)
    except MalformedDid:
        return
    assert str(read) == text
    assert str(Did.parse(read.did)) == read.did


def test_a_document_cannot_speak_for_a_key_of_another() -> None:
    """A method `did:web:victim#k` in the attacker's document is not the victim's key."""
    view = build(DID, [("one", KEY, KeyLife())])
    victim = "did:web:victim.example#one"
    view["verificationMethod"].append(view["verificationMethod"][0] | {"id": victim})
    view["assertionMethod"].append(victim)
    document = ControllerDocument.read(view, DID)
    assert document.key_for(f"{DID}#one", Relationship.ASSERTION).public_key == KEY
    with pytest.raises(MethodNotFound):
        document.key_for(victim, Relationship.ASSERTION)


def test_a_passphrase_opens_the_key_whatever_bytes_the_environment_gave() -> None:
    private = generate(KeyType.P256)
    odd = b"caf\xe9".decode("utf-8", "surrogateescape")
    closed = Envelope.read(seal(private, odd, salt=bytes(16), nonce=bytes(12), cost=CHEAP))
    assert public_half(closed.open(odd)) == closed.public_key
    with pytest.raises(WrongPassphrase):
        closed.open("café")


def sealed_under(said: PublicKey, scalar: bytes) -> bytes:
    """What somebody makes who knows the passphrase and lies about what is inside."""
    salt, nonce = bytes(16), bytes(12)
    header = envelope._header(said, CHEAP, salt, nonce)
    sealed = AESGCM(envelope._stretch("p", salt, CHEAP)).encrypt(nonce, scalar, header)
    view = json.loads(header) | {"sealed": base64.b64encode(sealed).decode()}
    return json.dumps(view).encode()


@pytest.mark.parametrize(
    ("said", "scalar"),
    [(KEY, b"\x07" * 32), (KEY, b"short"), (POINT, bytes(32)), (POINT, b"\x07" * 32)],
    ids=["another key", "too short", "no number", "another point"],
)
def test_what_is_inside_must_be_what_the_file_says(said: PublicKey, scalar: bytes) -> None:
    with pytest.raises(DamagedKeyFile, match="holds"):
        Envelope.read(sealed_under(said, scalar)).open("p")


def test_a_key_file_of_another_version_is_not_guessed_at() -> None:
    with pytest.raises(DamagedKeyFile, match="version"):
        Envelope.read(b'{"version": "skillmark-key-2"}')


@given(st.binary(max_size=300) | st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["version", "scrypt", "salt", "nonce"]), inner, max_size=4),
).map(lambda view: json.dumps(view).encode()))  # fmt: skip
def test_any_bytes_are_a_key_file_or_damaged(data: bytes) -> None:
    with pytest.raises(DamagedKeyFile):
        Envelope.read(data)


def test_an_empty_passphrase_file_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / FILENAME).write_text("\n")
    with pytest.raises(MissingPassphrase):
        find_passphrase(tmp_path, None, development=True)
