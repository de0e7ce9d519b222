"""Every way of securing, of naming an issuer and of publishing a status, honest and not."""

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from world.credentials import NOON
from world.did_webvh import OTHER, History
from world.judging import LISTS, Shelf

from keys import did_jwk, did_key, jwk
from keys.memory import MemorySigner, generate, public_half
from keys.multikey import encode
from keys.public_key import KeyType
from proofs.jose import jws, open_badges_jwt, sd_jwt, sd_jwt_vc, vc_jwt
from proofs.secure import Wish, add_proof, secure
from proofs.selective import disclose
from proofs.status import Purpose, StatusEntry, StatusList, status_list_credential
from proofs.suites import SUITES, How
from schemas.contexts import ED25519_2020_V1, OB_V3_EXTENSIONS, VC_V1, VC_V2
from schemas.document import write
from service.moment import moment_of_request
from verifier.app import create_app
from verifier.settings import VerifierSettings
from verifier.verification import Verifier

Json = dict[str, Any]
SITE = "https://guild.example"


@dataclass
class World:
    """What strangers publish, and the service that looks at it."""

    client: TestClient
    shelf: Shelf = field(default_factory=Shelf)

    def verify(self, given: object) -> int:
        answer = self.client.post("/credentials/verify", json={"verifiableCredential": given})
        assert answer.status_code in {200, 400}, answer.text
        return answer.status_code

    def checks(self, given: object) -> dict[str, str]:
        answer = self.client.post("/credentials/verify", json={"verifiableCredential": given})
        return {each["code"]: each["outcome"] for each in answer.json()["report"]["checks"]}


def noon() -> datetime:
    return NOON


@pytest.fixture
def world() -> Iterator[World]:
    app = create_app(VerifierSettings())
    app.dependency_overrides[moment_of_request] = noon
    with TestClient(app, base_url="https://verifier.example") as client:
        found = World(client)
        app.state.verifier = Verifier(found.shelf, LISTS)
        yield found


def signer(kind: KeyType, method: str = "") -> MemorySigner:
    private = generate(kind)
    return MemorySigner(method or did_key.method_for(public_half(private)), private)


def did_of(who: MemorySigner) -> str:
    return who.verification_method.partition("#")[0]


def credential(issuer: str, **over: object) -> Json:
    return {
        "@context": [VC_V2],
        "id": "urn:uuid:0f8b6c1e-5d2a-4e7f-9a3b-1c2d3e4f5a6b",
        "type": ["VerifiableCredential"],
        "name": "A name",
        "issuer": issuer,
        "validFrom": "2026-03-03T11:00:00Z",
        "credentialSubject": {"id": "did:example:holder", "description": "Somebody"},
    } | over


# ------------------------------------------------------------------ Data Integrity

SUITES_AND_KEYS = [
    (name, kind)
    for name, suite in SUITES.items()
    if not suite.deprecated
    for kind in sorted(suite.key_types)
]


@pytest.mark.parametrize(("name", "kind"), SUITES_AND_KEYS)
def test_a_cryptosuite(world: World, name: str, kind: KeyType) -> None:
    who = signer(kind)
    pointers = ("/issuer", "/validFrom")
    wish = Wish(name, mandatory_pointers=pointers)
    made = add_proof(credential(did_of(who)), who, NOON, wish)
    if SUITES[name].discloses:
        assert world.verify(made) == 400
        made = disclose(made, ["/name", "/credentialSubject/id"])
    assert world.verify(made) == 200
    for change in ({"name": "Another"}, {"issuer": did_of(signer(kind))}, {"validFrom": LATER}):
        assert world.verify(made | change) == 400
    assert world.verify(made | {"proof": made["proof"] | {"proofPurpose": "authentication"}}) == 400


LATER = "2026-03-03T11:30:00Z"


def test_a_proof_set_and_a_proof_chain(world: World) -> None:
    who = signer(KeyType.P256)
    first = add_proof(credential(did_of(who)), who, NOON, Wish("ecdsa-jcs-2019", id="urn:a:1"))
    both = add_proof(first, who, NOON, Wish("ecdsa-rdfc-2019", id="urn:a:2"))
    third = Wish("ecdsa-rdfc-2019", id="urn:a:3", previous_proof=("urn:a:1", "urn:a:2"))
    chain = add_proof(both, who, NOON, third)
    for secured in (both, chain):
        assert world.verify(secured) == 200
        assert world.verify(secured | {"name": "Another"}) == 400
    one, two, three = chain["proof"]
    assert world.verify(chain | {"proof": [one, three]}) == 400
    assert world.verify(chain | {"proof": [one, two | {"previousProof": "urn:a:3"}, three]}) == 400


def test_an_old_suite_in_a_document_of_1_1_is_verified_as_deprecated(world: World) -> None:
    who = signer(KeyType.ED25519)
    view = {
        "@context": [VC_V1, ED25519_2020_V1],
        "type": ["VerifiableCredential"],
        "issuer": did_of(who),
        "issuanceDate": "2026-03-03T11:00:00Z",
        "credentialSubject": {"id": "did:example:somebody"},
    }
    options = {
        "type": "Ed25519Signature2020",
        "created": "2026-03-03T11:00:00Z",
        "verificationMethod": who.verification_method,
        "proofPurpose": "assertionMethod",
    }
    made = view | {"proof": SUITES["Ed25519Signature2020"].create(view, options, who, How())}
    assert world.verify(made) == 200
    assert world.checks(made)["format"] == "warning"
    assert world.verify(made | {"issuanceDate": LATER}) == 400


@pytest.mark.parametrize(
    ("member", "value", "status"),
    [
        ("expires", datetime.fromisoformat("2026-03-03T11:59:00Z"), 400),
        ("expires", datetime.fromisoformat("2026-03-03T12:01:00Z"), 200),
        ("created", datetime.fromisoformat("2026-03-03T13:00:00Z"), 400),
    ],
)
def test_the_period_of_a_proof(world: World, member: str, value: datetime, status: int) -> None:
    who = signer(KeyType.ED25519)
    wish = Wish(expires=value if member == "expires" else None)
    at = value if member == "created" else NOON
    assert world.verify(add_proof(credential(did_of(who)), who, at, wish)) == status


# ------------------------------------------------------------------ tokens


def altered(token: str) -> str:
    """The same token with another name in its payload."""
    head, payload, rest = token.split(".", 2)
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["name"] = "Another"
    other = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{other}.{rest}"


@pytest.mark.parametrize("kind", [KeyType.ED25519, KeyType.P256, KeyType.P384])
def test_a_vc_jwt_as_text_and_in_its_envelope(world: World, kind: KeyType) -> None:
    who = signer(kind)
    token = vc_jwt.secure(credential(did_of(who)), who, now=NOON)
    for given in (token, vc_jwt.envelope(token, "vc+jwt", VC_V2)):
        assert world.verify(given) == 200
    assert world.verify(altered(token)) == 400
    assert world.verify(vc_jwt.envelope(altered(token), "vc+jwt", VC_V2)) == 400


def test_an_sd_jwt_of_a_document_with_what_its_holder_chose(world: World) -> None:
    who = signer(KeyType.P256)
    hidden = ("credentialSubject.description",)
    text = sd_jwt_vc.secure_document(credential(did_of(who)), who, disclosable=hidden)
    assert world.verify(text) == 200
    shown = sd_jwt.present(text, [])
    assert world.verify(shown) == 200
    assert world.verify(vc_jwt.envelope(shown, "vc+sd-jwt", VC_V2)) == 200
    assert world.verify(altered(shown)) == 400
    assert world.verify(shown + "WyJzYWx0IiwgIm5hbWUiLCAiQW5vdGhlciJd~") == 400


def test_an_sd_jwt_vc_with_key_binding(world: World) -> None:
    who, holder = signer(KeyType.P256), signer(KeyType.ED25519)
    claims = {"iss": did_of(who), "vct": f"{SITE}/types/skill", "name": "A name", "level": "2"}
    names = ("level",)
    text = sd_jwt_vc.secure(claims, who, disclosable=names, holder=holder.public_key)
    chosen = sd_jwt.present(text, ["level"])
    bound = sd_jwt.bind(chosen, holder, nonce="8c1d", audience="client.example", now=NOON)
    assert world.verify(bound) == 200
    stranger = signer(KeyType.ED25519)
    forged = sd_jwt.bind(chosen, stranger, nonce="8c1d", audience="client.example", now=NOON)
    assert world.verify(forged) == 400
    body = {"verifiablePresentation": bound, "options": {"challenge": "8c1d"}}
    assert world.client.post("/presentations/verify", json=body).status_code == 200
    body["options"] = {"challenge": "replayed"}
    assert world.client.post("/presentations/verify", json=body).status_code == 400


@pytest.mark.parametrize("kind", [KeyType.P256, KeyType.RSA])
@pytest.mark.parametrize("with_jwk", [True, False])
def test_the_compact_jws_of_open_badges(world: World, kind: KeyType, *, with_jwk: bool) -> None:
    who = signer_at_site(world, kind)
    token = open_badges_jwt.secure(credential(SITE), who, with_jwk=with_jwk)
    assert world.verify(token) == 200
    assert world.verify(altered(token)) == 400
    stranger = MemorySigner(who.verification_method, generate(kind))
    assert (
        world.verify(open_badges_jwt.secure(credential(SITE), stranger, with_jwk=with_jwk)) == 400
    )


def signer_at_site(world: World, kind: KeyType) -> MemorySigner:
    """An issuer with a plain https document, as Open Badges has them."""
    who = signer(kind, f"{SITE}#key")
    method = {
        "id": f"{SITE}#key",
        "type": "JsonWebKey",
        "controller": SITE,
        "publicKeyJwk": jwk.encode(who.public_key),
    }
    document = {"id": SITE, "verificationMethod": [method], "assertionMethod": [method["id"]]}
    world.shelf.put(SITE, write(document))
    return who


# ------------------------------------------------------------------ issuers


def web(did: str, kind: str, fragment: str = "#key") -> Callable[[MemorySigner], Json]:
    def document(who: MemorySigner) -> Json:
        key: Json = (
            {"publicKeyMultibase": encode(who.public_key)}
            if kind == "Multikey"
            else {"publicKeyJwk": jwk.encode(who.public_key)}
        )
        method = {"id": fragment, "type": kind, "controller": did, **key}
        return {"id": did, "verificationMethod": [method], "assertionMethod": [fragment]}

    return document


WEB = {
    "did:web:guild.example": f"{SITE}/.well-known/did.json",
    "did:web:guild.example%3A8443": f"{SITE}:8443/.well-known/did.json",
    "did:web:guild.example:chapters:north": f"{SITE}/chapters/north/did.json",
}


@pytest.mark.parametrize(("did", "address"), WEB.items())
@pytest.mark.parametrize("kind", ["Multikey", "JsonWebKey", "JsonWebKey2020"])
@pytest.mark.parametrize("relative", [True, False])
def test_an_issuer_under_did_web(
    world: World, did: str, address: str, kind: str, *, relative: bool
) -> None:
    who = signer(KeyType.ED25519, f"{did}#key")
    fragment = "#key" if relative else f"{did}#key"
    world.shelf.put(address, write(web(did, kind, fragment)(who)))
    made = secure(credential(did), who, NOON)
    assert world.verify(made) == 200
    world.shelf.put(address, write(web(did, kind, fragment)(signer(KeyType.ED25519))))
    assert world.verify(made) == 400
    world.shelf.refuse(address, 404)
    assert world.verify(made) == 400


@pytest.mark.parametrize("kind", [KeyType.ED25519, KeyType.P256, KeyType.P384])
def test_an_issuer_under_did_jwk(world: World, kind: KeyType) -> None:
    private = generate(kind)
    did = did_jwk.did_for(public_half(private))
    token = vc_jwt.secure(credential(did), MemorySigner(f"{did}#0", private), now=NOON)
    assert world.verify(token) == 200
    other = did_jwk.did_for(public_half(generate(kind)))
    token = vc_jwt.secure(credential(other), MemorySigner(f"{other}#0", private), now=NOON)
    assert world.verify(token) == 400


def test_an_issuer_under_did_webvh(world: World) -> None:
    history = History.begin()
    log = "https://guild.example/.well-known/did.jsonl"
    world.shelf.put(log, history.log, "text/jsonl")
    who = MemorySigner(f"{history.did}#key", OTHER.private)
    made = secure(credential(history.did), who, NOON)
    assert world.verify(made) == 200
    world.shelf.put(log, history.log.replace(b'"versionTime": "2026', b'"versionTime": "2025'))
    assert world.verify(made) == 400


@pytest.mark.parametrize("did", ["did:example:1", "did:key:z6Mk", "did:web:", "not a did", "did:x"])
def test_an_issuer_that_cannot_be_looked_up(world: World, did: str) -> None:
    who = signer(KeyType.ED25519, f"{did}#key")
    token = vc_jwt.secure(credential(did), who, now=NOON)
    assert world.verify(token) == 400


# ------------------------------------------------------------------ status

LIST = f"{SITE}/status/1"


def listed(who: MemorySigner, purpose: Purpose, value: int, size: int = 1) -> Json:
    bits = StatusList.blank(purpose, width=size).with_value(7, value, size)
    return status_list_credential(
        id=LIST,
        issuer=did_of(who),
        status_list=bits,
        valid_from=NOON,
        valid_until=None,
        ttl_ms=60_000,
    )


@pytest.mark.parametrize(
    ("purpose", "value", "status"),
    [
        (Purpose.REVOCATION, 0, 200),
        (Purpose.REVOCATION, 1, 400),
        (Purpose.SUSPENSION, 0, 200),
        (Purpose.SUSPENSION, 1, 200),  # said as a warning; it may come back into force
    ],
)
def test_a_bitstring_status_list(world: World, purpose: Purpose, value: int, status: int) -> None:
    who = signer(KeyType.ED25519)
    entry = StatusEntry(f"{LIST}#7", purpose, 7, LIST).document()
    made = secure(credential(did_of(who), credentialStatus=entry), who, NOON)
    unsigned = listed(who, purpose, value)
    world.shelf.put(LIST, write(secure(unsigned, who, NOON)), "application/vc")
    assert world.verify(made) == status
    assert world.checks(made)["status"] == {
        (Purpose.REVOCATION, 1): "failed",
        (Purpose.SUSPENSION, 1): "warning",
    }.get((purpose, value), "passed")
    world.shelf.put(LIST, vc_jwt.secure(unsigned, who).encode(), "application/vc+jwt")
    assert world.verify(made) == status
    stranger = signer(KeyType.ED25519)
    for bad in (
        unsigned,
        secure(unsigned, stranger, NOON),
        secure(unsigned | {"issuer": did_of(stranger)}, stranger, NOON),
        secure(unsigned | {"validUntil": "2026-03-03T11:59:00Z"}, who, NOON),
    ):
        world.shelf.put(LIST, write(bad), "application/vc")
        assert world.verify(made) == 400


def test_a_message_of_several_bits(world: World) -> None:
    who = signer(KeyType.ED25519)
    said = ("in order", "under review", "renewed", "moved")
    entry = StatusEntry(f"{LIST}#7", Purpose.MESSAGE, 7, LIST, size=2, messages=said).document()
    unsigned = credential(did_of(who), credentialStatus=entry)
    made = secure(unsigned, who, NOON, cryptosuite="eddsa-jcs-2022")
    world.shelf.put(LIST, write(secure(listed(who, Purpose.MESSAGE, 2, 2), who, NOON)))
    assert world.checks(made)["status"] == "warning"
    answer = world.client.post("/credentials/verify", json={"verifiableCredential": made})
    assert "renewed" in answer.text


def test_the_lists_of_1edtech(world: World) -> None:
    who = signer_at_site(world, KeyType.P256)
    entry = {"id": f"{SITE}/revocations", "type": "1EdTechRevocationList"}
    unsigned = credential(SITE, credentialStatus=entry, **{"@context": [VC_V2, OB_V3_EXTENSIONS]})
    token = open_badges_jwt.secure(unsigned, who)
    for named, status in (([], 200), ([{"id": unsigned["id"]}], 400)):
        found = {"id": entry["id"], "issuer": SITE, "revokedCredential": named}
        world.shelf.put(entry["id"], write(found))
        assert world.verify(token) == status


def test_a_token_status_list(world: World) -> None:
    who = signer(KeyType.P256)
    entry = {"status_list": {"idx": 3, "uri": LIST}}
    claims = {"iss": did_of(who), "vct": f"{SITE}/types/skill", "status": entry}
    text = sd_jwt_vc.secure(claims, who)
    for value, status in ((0, 200), (1, 400)):
        packed = base64.urlsafe_b64encode(zlib.compress(bytes([value << 6]) + bytes(1023)))
        inside = {"bits": 2, "lst": packed.rstrip(b"=").decode()}
        said = {"sub": LIST, "iat": int(NOON.timestamp()), "status_list": inside}
        header = {"typ": "statuslist+jwt", "kid": who.verification_method}
        token = jws.sign(header, write(said), who)
        world.shelf.put(LIST, token.encode(), "application/statuslist+jwt")
        assert world.verify(text) == status
