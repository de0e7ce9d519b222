"""The permanent resident card of vc-di-ecdsa, appendix A; from: ecdsa_sd_2023/README.md."""

import copy
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any, Final

import cbor2
import pytest

from keys import multibase, multikey
from proofs.canonical import canonical
from proofs.digests import Algorithm
from proofs.errors import NotDerived, ProofError
from proofs.selective import disclose
from proofs.suites.hash_and_sign import proof_configuration, without_value
from proofs.suites.suite import How
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import document_loader
from schemas.document import Document, write

FOLDER = Path(__file__).parent / "ecdsa_sd_2023"
BASE = json.loads((FOLDER / "base.json").read_text())
DERIVED = json.loads((FOLDER / "derived.json").read_text())
HASHES = json.loads((FOLDER / "hashes.json").read_text())
KEYS = json.loads((FOLDER / "keys.json").read_text())
LINES = (FOLDER / "labelled.nq").read_text().splitlines(keepends=True)
CONTEXT = json.loads((FOLDER / "context.json").read_text())
CITIZENSHIP: Final = "https://w3id.org/citizenship/v4rc1"
KEY = multikey.decode(KEYS["base"]["publicKeyMultibase"])
OWN_KEY = multikey.decode(KEYS["proof"]["publicKeyMultibase"])
SELECTED: Final = ("/validFrom", "/validUntil", "/credentialSubject/birthCountry")


def loader(url: str, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """The terms of the card beside our contexts."""
    if url != CITIZENSHIP:
        return document_loader(url, options)
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": CONTEXT,
        "tag": "static",
    }


def unsecured(view: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in view.items() if name != "proof"}


def parts(view: dict[str, Any]) -> list[Any]:
    found: list[Any] = cbor2.loads(multibase.decode(view["proof"]["proofValue"])[3:])
    return found


def verify(view: dict[str, Any]) -> None:
    document = Document.read(write(view))
    verify_proof(document, read_proofs(document)[0], KEY, loader=loader)


def test_the_published_proof_configuration_has_the_published_hash() -> None:
    options = without_value(BASE["proof"])
    found = proof_configuration(unsecured(BASE), options, Algorithm.SHA256, How(loader=loader))
    assert hashlib.sha256(found).hexdigest() == HASHES["proofHash"]


def test_the_names_of_blank_nodes_are_those_that_the_published_key_makes() -> None:
    key = bytes.fromhex(KEYS["hmacKey"])
    found = canonical(unsecured(BASE), loader=loader).decode()
    for number in range(3):
        label = hmac.digest(key, f"c14n{number}".encode(), "sha256")
        found = found.replace(f"_:c14n{number} ", f"_:{multibase.encode_base64url(label)} ")
    assert "".join(sorted(found.splitlines(keepends=True))) == "".join(LINES)


def test_the_published_base_proof_is_over_the_published_hashes_and_lines() -> None:
    signature, key, hmac_key, signatures, pointers = parts(BASE)
    assert pointers == ["/issuer"]
    assert hmac_key.hex() == KEYS["hmacKey"]
    assert multikey.decode(multibase.encode_base58btc(key)) == OWN_KEY
    data = bytes.fromhex(HASHES["proofHash"]) + key + bytes.fromhex(HASHES["mandatoryHash"])
    assert KEY.verifies(signature, data)
    mandatory = [LINES[0], LINES[16], LINES[17], LINES[21]]
    assert hashlib.sha256("".join(mandatory).encode()).hexdigest() == HASHES["mandatoryHash"]
    others = [line for line in LINES if line not in mandatory]
    assert len(others) == len(signatures)
    for line, each in zip(others, signatures, strict=True):
        assert OWN_KEY.verifies(each, line.encode())


def test_the_published_derived_proof_verifies() -> None:
    verify(DERIVED)


def test_the_published_base_proof_gives_the_published_derived_proof() -> None:
    found = disclose(BASE, SELECTED, loader=loader)
    assert parts(found) == parts(DERIVED)
    assert found["proof"] == DERIVED["proof"]
    assert unsecured(found) == unsecured(DERIVED)


def test_the_published_base_proof_is_for_its_holder_only() -> None:
    with pytest.raises(NotDerived):
        verify(BASE)


CHANGES: Final[dict[str, dict[str, Any]]] = {
    "another value": {"validUntil": "2099-12-16T23:59:59Z"},
    "another issuer": {"issuer": "did:key:zDnaeTHxNEBZoKaEo6PdA83fq98ebiFvo3X273Ydu4YmV96rg"},
    "something more": {"name": "Permanent Resident Card"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_published_derived_proof_does_not_verify_for_anything_else(
    change: dict[str, Any],
) -> None:
    with pytest.raises(ProofError):
        verify(copy.deepcopy(DERIVED) | change)
