from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.errors import ProofError as OpenvcProofError
from world.credentials import NOON, sample_controller, sample_credential, sample_signer
from world.interop import contexts, status_list
from world.peers import Peer

from keys import jwk
from proofs.secure import secure

Credential = dict[str, Any]
Tamper = Callable[[Credential], object]

SIGNER = sample_signer()


@pytest.fixture(scope="module")
def credential() -> Credential:
    return secure(sample_credential(), SIGNER, NOON)


@pytest.fixture(scope="module")
def digitalbazaar(credential: Credential) -> Iterator[Peer]:
    did = credential["issuer"]["id"]
    with Peer("digitalbazaar.mjs") as peer:
        peer.ask("load", documents={**contexts(), did: sample_controller()})
        yield peer


def publish(peer: Peer, credential: Credential, *, withdrawn: bool) -> None:
    published = status_list(credential, SIGNER, withdrawn=withdrawn)
    peer.ask("load", documents={published["id"]: published})


def openvc_accepts(credential: Credential) -> bool:
    try:
        DataIntegrityProofSuite().verify(
            credential,
            public_key_jwk=dict(jwk.encode(SIGNER.public_key)),
            now=NOON,
            extra_contexts=contexts(),
        )
    except OpenvcProofError:
        return False
    return True


def set_first_level(credential: Credential) -> None:
    credential["credentialSubject"]["result"][0]["achievedLevel"] += "-better"


TAMPERINGS: dict[str, Tamper] = {
    "another name": lambda c: c.update(name="Grand master of everything"),
    "a better level": set_first_level,
    "a longer validity": lambda c: c.update(validUntil="2099-01-01T00:00:00Z"),
    "another evidence digest": lambda c: c["evidence"][0].update(digestMultibase="uAAAA"),
    "a claim removed": lambda c: c["credentialSubject"].pop("result"),
    "a claim added": lambda c: c["credentialSubject"]["achievement"].update(tag=["expert"]),
    "a later signature": lambda c: c["proof"].update(created="2026-01-01T00:00:00Z"),
}


def test_digitalbazaar_verifies_it(digitalbazaar: Peer, credential: Credential) -> None:
    publish(digitalbazaar, credential, withdrawn=False)
    answer = digitalbazaar.ask("verify", credential=credential, now=NOON.isoformat())
    assert answer == {"verified": True, "withdrawn": [False], "why": []}


def test_digitalbazaar_sees_the_withdrawal(digitalbazaar: Peer, credential: Credential) -> None:
    publish(digitalbazaar, credential, withdrawn=True)
    answer = digitalbazaar.ask("verify", credential=credential, now=NOON.isoformat())
    assert answer["withdrawn"] == [True]


def test_digitalbazaar_refuses_a_list_that_was_changed(
    digitalbazaar: Peer, credential: Credential
) -> None:
    published = status_list(credential, SIGNER, withdrawn=True)
    clear = status_list(credential, SIGNER, withdrawn=False)
    published["credentialSubject"] = clear["credentialSubject"]
    digitalbazaar.ask("load", documents={published["id"]: published})
    answer = digitalbazaar.ask("verify", credential=credential, now=NOON.isoformat())
    assert answer["verified"] is False


def test_digitalbazaar_refuses_it_after_its_last_day(
    digitalbazaar: Peer, credential: Credential
) -> None:
    publish(digitalbazaar, credential, withdrawn=False)
    later = (NOON + timedelta(days=365 * 50)).isoformat()
    assert digitalbazaar.ask("verify", credential=credential, now=later)["verified"] is False


def test_openvc_verifies_it(credential: Credential) -> None:
    assert openvc_accepts(credential)


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS)
def test_every_peer_refuses_what_was_changed(
    digitalbazaar: Peer, credential: Credential, tamper: Tamper
) -> None:
    publish(digitalbazaar, credential, withdrawn=False)
    changed = secure(sample_credential(), SIGNER, NOON)
    assert changed == credential
    tamper(changed)
    assert changed != credential
    answer = digitalbazaar.ask("verify", credential=changed, now=NOON.isoformat())
    assert answer["verified"] is False
    assert not openvc_accepts(changed)


def test_every_peer_refuses_another_issuers_key(
    digitalbazaar: Peer, credential: Credential
) -> None:
    borrowed = credential | {"issuer": {"id": "did:web:somebody-else.example", "type": ["Profile"]}}
    answer = digitalbazaar.ask("verify", credential=borrowed, now=NOON.isoformat())
    assert answer["verified"] is False
    assert not openvc_accepts(borrowed)
