"""The examples of vc-di-ecdsa, appendix A; where they are from: ecdsa_2019/README.md."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from keys import multibase, multikey
from keys.memory import MemorySigner
from keys.public_key import CURVES, KeyType, PublicKey
from proofs import jcs
from proofs.canonical import canonical
from proofs.digests import Algorithm
from proofs.errors import ProofError
from proofs.secure import Wish, add_proof
from proofs.suites.hash_and_sign import HASHES, hashing, proof_configuration, without_value
from proofs.suites.suite import How
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import conformance_loader
from schemas.document import Document, write

FOLDER = Path(__file__).parent / "ecdsa_2019"
DOCUMENT = json.loads((FOLDER / "document.json").read_text())
PROOFS = json.loads((FOLDER / "proofs.json").read_text())
KEYS = json.loads((FOLDER / "keys.json").read_text())
SECRETS = {KeyType.P256: b"\x86\x26", KeyType.P384: b"\x87\x26"}


HOW = How(loader=conformance_loader)


def key_of(name: str) -> PublicKey:
    return multikey.decode(KEYS[name.split()[1]]["publicKeyMultibase"])


def signer_of(name: str) -> MemorySigner:
    key = key_of(name)
    secret = multibase.decode(KEYS[name.split()[1]]["secretKeyMultibase"])
    number = int.from_bytes(secret.removeprefix(SECRETS[key.type]), "big")
    private = ec.derive_private_key(number, CURVES[key.type]())
    return MemorySigner(PROOFS[name]["proof"]["verificationMethod"], private)


def secured(name: str) -> Document:
    return Document.read(write(DOCUMENT | {"proof": PROOFS[name]["proof"]}))


def verify(document: Document, key: PublicKey) -> None:
    verify_proof(document, read_proofs(document)[0], key, loader=conformance_loader)


@pytest.mark.parametrize("name", PROOFS)
def test_what_is_signed_is_what_was_published(name: str) -> None:
    algorithm = HASHES[key_of(name).type]
    options = without_value(PROOFS[name]["proof"])
    if "rdfc" in name:
        document = canonical(DOCUMENT, algorithm, loader=conformance_loader)
        configuration = proof_configuration(DOCUMENT, options, algorithm, HOW)
    else:
        document, configuration = jcs.canonical(DOCUMENT), jcs.canonical(options)
    assert hashing(document, configuration, algorithm).hex() == PROOFS[name]["hashData"]


@pytest.mark.parametrize("name", PROOFS)
def test_the_published_credentials_verify(name: str) -> None:
    verify(secured(name), key_of(name))


@pytest.mark.parametrize("name", PROOFS)
def test_the_published_credentials_do_not_verify_when_they_are_changed(name: str) -> None:
    changed = Document.read(write(secured(name).copy() | {"name": "Another Credential"}))
    with pytest.raises(ProofError):
        verify(changed, key_of(name))


@pytest.mark.parametrize("name", PROOFS)
def test_the_published_key_signs_the_published_credential_anew(name: str) -> None:
    signer = signer_of(name)
    assert signer.public_key == key_of(name)
    made = datetime.fromisoformat(PROOFS[name]["proof"]["created"])
    wish = Wish(cryptosuite=name.split(maxsplit=1)[0])
    again = Document.read(write(add_proof(DOCUMENT, signer, made, wish, loader=conformance_loader)))
    assert without_value(again.view["proof"]).items() >= (
        without_value(PROOFS[name]["proof"]).items()
    )
    verify(again, signer.public_key)


def test_p_384_is_hashed_with_sha_384_and_not_with_sha_256() -> None:
    assert HASHES[KeyType.P384] is Algorithm.SHA384
    assert len(PROOFS["ecdsa-rdfc-2019 P-384"]["hashData"]) == 2 * 2 * 48
