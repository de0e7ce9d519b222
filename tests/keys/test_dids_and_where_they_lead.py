import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import did_jwk, did_key, did_web, jwk, multibase
from keys.controller import Relationship
from keys.did import Did, DidUrl
from keys.errors import KeyFault, MalformedDid, MethodNotSupported
from keys.memory import generate, public_half
from keys.public_key import KeyType

KEY = public_half(generate(KeyType.ED25519))
POINT = public_half(generate(KeyType.P256))

LEADS = {
    "did:web:guild.example": "https://guild.example/.well-known/did.json",
    "did:web:guild.example%3A8443": "https://guild.example:8443/.well-known/did.json",
    "did:web:guild.example:people:ada": "https://guild.example/people/ada/did.json",
    "did:web:localhost%3A8000": "https://localhost:8000/.well-known/did.json",
}


@pytest.mark.parametrize(("did", "url"), LEADS.items(), ids=LEADS)
def test_a_did_web_leads_to_its_document(did: str, url: str) -> None:
    assert did_web.document_url(did, loopback_http=False) == url


def test_plain_http_is_only_for_this_machine_and_only_when_allowed() -> None:
    local = "did:web:localhost%3A8000"
    assert did_web.document_url(local, loopback_http=True).startswith("http://localhost:8000/")
    far = did_web.document_url("did:web:guild.example", loopback_http=True)
    assert far.startswith("https://")
    tricky = did_web.document_url("did:web:localhost.evil.example", loopback_http=True)
    assert tricky.startswith("https://")


@pytest.mark.parametrize(
    ("url", "did"),
    [
        ("https://guild.example", "did:web:guild.example"),
        ("http://localhost:8000/", "did:web:localhost%3A8000"),
        ("https://guild.example/people/ada", "did:web:guild.example:people:ada"),
    ],
)
def test_an_address_has_a_did(url: str, did: str) -> None:
    assert did_web.did_for(url) == did


@pytest.mark.parametrize(
    "url", ["", "guild.example", "https://", "https://x:99999999/", "https://ü.de"]
)
def test_what_is_no_address_has_none(url: str) -> None:
    with pytest.raises(MalformedDid):
        did_web.did_for(url)


@pytest.mark.parametrize(
    "did",
    [
        "did:web:guild.example:..",
        "did:web:guild.example:%2e%2e",
        "did:web:user%40guild.example",
        "did:web:guild.example%2Fpath",
        "did:web:guild.example%3A0",
        "did:web:guild.example%3Ax",
        "did:web:%5B%3A%3A1%5D",
        "did:web:-",
        "did:web:GUILD.example",
    ],
)
def test_a_did_web_cannot_lead_astray(did: str) -> None:
    with pytest.raises(MalformedDid):
        did_web.document_url(did, loopback_http=True)


@pytest.mark.parametrize(
    "text",
    ["", "did", "did:web", "did:web:", "did:web:a:", "DID:web:a", "did:Web:a", "did:web:a b",
     "did:web:ä", "did:web:a/b", "did:web:a?x", "did:web:%zz", "did:web:" + "a" * 3_000],
)  # fmt: skip
def test_what_is_no_did_is_refused(text: str) -> None:
    with pytest.raises(MalformedDid):
        Did.parse(text)


@pytest.mark.parametrize("text", ["did:web:a#", "did:web:a#b c", "did:web:a#b#c", "#x"])
def test_what_is_no_did_url_is_refused(text: str) -> None:
    with pytest.raises(MalformedDid):
        DidUrl.parse(text)


def test_a_did_url_is_split_and_put_together() -> None:
    for text in ("did:web:a.example", "did:web:a.example#key-1"):
        assert str(DidUrl.parse(text)) == text
    assert DidUrl.parse("did:web:a.example").fragment is None


@given(st.text(max_size=80))
def test_any_text_is_a_did_or_malformed(text: str) -> None:
    try:
        assert str(Did.parse(text)) == text
    except MalformedDid:
        return


@pytest.mark.parametrize("key", [KEY, POINT], ids=["Ed25519", "P-256"])
def test_a_did_key_is_its_own_document(key: object) -> None:
    did = did_key.did_for(key)
    document = did_key.resolve(did)
    for purpose in Relationship:
        assert document.key_for(did_key.method_for(key), purpose).public_key == key


@pytest.mark.parametrize("key", [KEY, POINT], ids=["Ed25519", "P-256"])
def test_a_did_jwk_is_its_own_document(key: object) -> None:
    did = did_jwk.did_for(key)
    document = did_jwk.resolve(did)
    assert document.key_for(f"{did}#0", Relationship.ASSERTION).public_key == key


def encoded(view: object) -> str:
    return "did:jwk:" + multibase.encode_base64url(json.dumps(view).encode())[1:]


def test_a_did_jwk_for_encryption_signs_nothing() -> None:
    did = encoded(jwk.encode(KEY) | {"use": "enc"})
    with pytest.raises(KeyFault):
        did_jwk.resolve(did).key_for(f"{did}#0", Relationship.ASSERTION)


@pytest.mark.parametrize(
    "did",
    [
        "did:jwk:AAAA",
        encoded([1]),
        encoded({}),
        encoded(jwk.encode(KEY) | {"d": "x"}),
        "did:jwk:A=",
    ],
)
def test_a_did_jwk_of_no_key_is_refused(did: str) -> None:
    with pytest.raises(MalformedDid):
        did_jwk.resolve(did)


def test_a_did_key_of_no_key_is_refused() -> None:
    with pytest.raises(MalformedDid):
        did_key.resolve("did:key:z6MkInvalid")


def test_other_methods_are_named_in_the_error() -> None:
    for resolve in (did_key.resolve, did_jwk.resolve):
        with pytest.raises(MethodNotSupported, match="ion"):
            resolve("did:ion:abc")
    with pytest.raises(MethodNotSupported):
        did_web.document_url("did:key:abc", loopback_http=False)
