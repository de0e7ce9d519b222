"""The examples of vc-di-eddsa, appendix B.1; where they are from: eddsa_rdfc_2022/README.md."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys import multibase, multikey
from keys.memory import MemorySigner
from proofs.canonical import canonical
from proofs.digests import Algorithm
from proofs.secure import secure
from proofs.suites.hash_and_sign import hashing
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import conformance_loader
from schemas.document import Document

FOLDER = Path(__file__).parent / "eddsa_rdfc_2022"
KEY = json.loads((FOLDER / "key.json").read_text())
HASHES = json.loads((FOLDER / "hashes.json").read_text())
SIGNED = json.loads((FOLDER / "signed.json").read_text())
UNSIGNED = {name: value for name, value in SIGNED.items() if name != "proof"}
OPTIONS = {name: value for name, value in SIGNED["proof"].items() if name != "proofValue"}


def test_the_canonical_document_is_the_published_one() -> None:
    expected = (FOLDER / "canonical-document.nq").read_bytes()
    assert canonical(UNSIGNED, loader=conformance_loader) == expected
    assert hashlib.sha256(expected).hexdigest() == HASHES["document"]


def test_the_canonical_configuration_is_the_published_one() -> None:
    expected = (FOLDER / "canonical-configuration.nq").read_bytes()
    found = canonical({**OPTIONS, "@context": UNSIGNED["@context"]}, loader=conformance_loader)
    assert found == expected
    assert hashlib.sha256(expected).hexdigest() == HASHES["configuration"]


def test_the_hash_data_is_the_configuration_first_and_then_the_document() -> None:
    document = (FOLDER / "canonical-document.nq").read_bytes()
    configuration = (FOLDER / "canonical-configuration.nq").read_bytes()
    found = hashing(document, configuration, Algorithm.SHA256)
    assert found.hex() == HASHES["configuration"] + HASHES["document"]


def test_the_published_key_makes_the_published_signature() -> None:
    private = Ed25519PrivateKey.from_private_bytes(
        multibase.decode(KEY["privateKeyMultibase"]).removeprefix(b"\x80\x26")
    )
    signer = MemorySigner(OPTIONS["verificationMethod"], private)
    assert multikey.encode(signer.public_key) == KEY["publicKeyMultibase"]
    created = datetime.fromisoformat(OPTIONS["created"])
    assert secure(UNSIGNED, signer, created, loader=conformance_loader) == SIGNED
    assert multibase.decode(SIGNED["proof"]["proofValue"]).hex() == HASHES["signature"]


@pytest.mark.parametrize("name", ["signed.json", "signed-draft.json"])
def test_the_published_credentials_verify(name: str) -> None:
    document = Document.read((FOLDER / name).read_bytes())
    key = multikey.decode(KEY["publicKeyMultibase"])
    verify_proof(document, read_proofs(document)[0], key, loader=conformance_loader)
