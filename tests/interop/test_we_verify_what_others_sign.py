from collections.abc import Iterator
from typing import Any

import pytest
from openvc.keys import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from world.credentials import NOON, sample_credential
from world.interop import contexts, received
from world.peers import Peer

from keys import jwk, multikey
from keys.public_key import PublicKey
from proofs.errors import ProofError
from proofs.verify import read_proofs, verify_proof

Credential = dict[str, Any]
Signed = tuple[Credential, PublicKey]

ISSUER = "did:web:another.example"


def unsigned() -> Credential:
    credential: Credential = sample_credential()
    return credential | {"issuer": credential["issuer"] | {"id": ISSUER}}


def by_digitalbazaar() -> Iterator[Signed]:
    with Peer("digitalbazaar.mjs") as peer:
        peer.ask("load", documents=contexts())
        method = peer.ask("key", controller=ISSUER)["method"]
        created = NOON.isoformat().replace("+00:00", "Z")
        issued = peer.ask("issue", credential=unsigned(), created=created)["credential"]
        yield issued, multikey.decode(method["publicKeyMultibase"])


def by_openvc() -> Iterator[Signed]:
    key = Ed25519SigningKey.generate(f"{ISSUER}#key-1")
    issued = DataIntegrityProofSuite().add_proof(
        unsigned(),
        signing_key=key,
        verification_method=key.kid,
        created=NOON,
        extra_contexts={url: dict(document) for url, document in contexts().items()},
    )
    yield issued, jwk.decode(key.public_jwk())


@pytest.fixture(scope="module", params=[by_digitalbazaar, by_openvc])
def signed(request: pytest.FixtureRequest) -> Iterator[Signed]:
    yield from request.param()


def verify(credential: Credential, key: PublicKey) -> None:
    document = received(credential)
    for proof in read_proofs(document):
        verify_proof(document, proof, key)


def test_it_verifies(signed: Signed) -> None:
    verify(*signed)


@pytest.mark.parametrize("member", ["id", "name", "validFrom", "credentialSubject", "evidence"])
def test_it_is_refused_without_a_member(signed: Signed, member: str) -> None:
    credential, key = signed
    with pytest.raises(ProofError):
        verify({name: value for name, value in credential.items() if name != member}, key)


def test_it_is_refused_with_a_member_added(signed: Signed) -> None:
    credential, key = signed
    with pytest.raises(ProofError):
        verify(credential | {"description": "added afterwards"}, key)


def test_it_is_refused_with_an_undefined_member_added(signed: Signed) -> None:
    credential, key = signed
    with pytest.raises(ProofError):
        verify(credential | {"notDefinedAnywhere": "added afterwards"}, key)


def test_it_is_refused_with_another_key(signed: Signed) -> None:
    credential, _ = signed
    stranger = jwk.decode(Ed25519SigningKey.generate("x").public_jwk())
    with pytest.raises(ProofError):
        verify(credential, stranger)
