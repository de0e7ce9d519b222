"""What every cryptosuite has in common, for every kind of key that it takes."""

from typing import Any

import pytest
from world.credentials import METHOD, NOON, sample_credential

from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from proofs.errors import (
    BrokenChain,
    InvalidJsonLd,
    InvalidSignature,
    MalformedProof,
    NotDerived,
    NothingSelected,
    ProofError,
    UnknownCryptosuite,
    WrongKeyForSuite,
)
from proofs.secure import Wish, add_proof, secure
from proofs.suites import SUITES, How
from proofs.suites.ecdsa_sd_2023 import derive
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import ED25519_2020_V1, VC_V1
from schemas.document import Document, write

SIGNERS = {key_type: MemorySigner(METHOD, generate(key_type)) for key_type in KeyType}
WHOLE = [
    pytest.param(suite.name, key_type, id=f"{suite.name} with {key_type}")
    for suite in SUITES.values()
    if not suite.deprecated and not suite.discloses
    for key_type in sorted(suite.key_types)
]
MANDATORY = ("/issuer", "/validFrom", "/credentialSubject/achievement/name")
Json = dict[str, Any]


def verify(view: Json, key_type: KeyType) -> None:
    document = Document.read(write(view))
    for proof in read_proofs(document):
        verify_proof(document, proof, SIGNERS[key_type].public_key)


def signed(name: str, key_type: KeyType) -> Json:
    return secure(sample_credential(), SIGNERS[key_type], NOON, cryptosuite=name)


@pytest.mark.parametrize(("name", "key_type"), WHOLE)
def test_what_it_signs_it_verifies(name: str, key_type: KeyType) -> None:
    verify(signed(name, key_type), key_type)


@pytest.mark.parametrize(("name", "key_type"), WHOLE)
@pytest.mark.parametrize(
    "change",
    [{"name": "Master"}, {"description": "added"}, {"validUntil": "2099-01-01T00:00:00Z"}],
    ids=str,
)
def test_a_change_is_noticed(name: str, key_type: KeyType, change: Json) -> None:
    with pytest.raises(InvalidSignature):
        verify(signed(name, key_type) | change, key_type)


@pytest.mark.parametrize(("name", "key_type"), WHOLE)
def test_a_change_of_the_proof_options_is_noticed(name: str, key_type: KeyType) -> None:
    view = signed(name, key_type)
    view["proof"] |= {"created": "2027-01-01T00:00:00Z"}
    with pytest.raises(InvalidSignature):
        verify(view, key_type)


@pytest.mark.parametrize(("name", "key_type"), WHOLE)
def test_a_key_of_another_kind_is_refused(name: str, key_type: KeyType) -> None:
    other = next(kind for kind in KeyType if kind not in SUITES[name].key_types)
    with pytest.raises(WrongKeyForSuite):
        signed(name, other)
    with pytest.raises(WrongKeyForSuite):
        verify(signed(name, key_type), other)


@pytest.mark.parametrize(("name", "key_type"), WHOLE)
def test_signatures_of_nothing_are_refused(name: str, key_type: KeyType) -> None:
    view = signed(name, key_type)
    length = 96 if key_type is KeyType.P384 else 64
    for value in ("z" + "1" * length, "z1", "z", view["proof"]["proofValue"][:-1]):
        view["proof"] |= {"proofValue": value}
        with pytest.raises((InvalidSignature, MalformedProof)):
            verify(view, key_type)


@pytest.mark.parametrize("name", [s.name for s in SUITES.values() if s.deprecated])
def test_deprecated_suites_are_never_made(name: str) -> None:
    with pytest.raises(UnknownCryptosuite, match="known are"):
        secure(sample_credential(), SIGNERS[KeyType.ED25519], NOON, cryptosuite=name)


def test_ed25519_signature_2020_is_verified_in_a_document_of_1_1() -> None:
    suite, signer = SUITES["Ed25519Signature2020"], SIGNERS[KeyType.ED25519]
    view = {
        "@context": [VC_V1, ED25519_2020_V1],
        "type": ["VerifiableCredential"],
        "issuer": "did:web:issuer.example",
        "issuanceDate": "2026-03-03T12:00:00Z",
        "credentialSubject": {"id": "did:example:somebody"},
    }
    options = {
        "type": "Ed25519Signature2020",
        "created": "2026-03-03T12:00:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    secured = {**view, "proof": suite.create(view, options, signer, How())}
    verify(secured, KeyType.ED25519)
    with pytest.raises(InvalidSignature):
        verify(secured | {"issuanceDate": "2027-03-03T12:00:00Z"}, KeyType.ED25519)


# ------------------------------------------------------------- JCS and its contexts


@pytest.mark.parametrize("name", ["eddsa-jcs-2022", "ecdsa-jcs-2019"])
def test_a_jcs_proof_keeps_the_contexts_that_were_signed(name: str) -> None:
    key_type = min(SUITES[name].key_types)
    view = signed(name, key_type)
    assert view["proof"]["@context"] == view["@context"]
    verify(view | {"@context": [*view["@context"], "https://later.example/v1"]}, key_type)
    with pytest.raises(MalformedProof, match="@context"):
        verify(view | {"@context": ["https://later.example/v1", *view["@context"]]}, key_type)


def test_a_jcs_proof_covers_what_rdf_would_forget() -> None:
    view = signed("eddsa-jcs-2022", KeyType.ED25519)
    for change in ({"nothing": None}, {"empty": []}, {"undefined": "term"}):
        with pytest.raises(InvalidSignature):
            verify(view | change, KeyType.ED25519)


# ------------------------------------------------------------- selective disclosure


def base_proof() -> Json:
    wish = Wish(cryptosuite="ecdsa-sd-2023", mandatory_pointers=MANDATORY)
    return add_proof(sample_credential(), SIGNERS[KeyType.P256], NOON, wish)


def derived(*pointers: str) -> Json:
    base = base_proof()
    return derive(base, base["proof"], pointers, How())


def test_a_base_proof_proves_nothing_to_others() -> None:
    with pytest.raises(NotDerived):
        verify(base_proof(), KeyType.P256)


@pytest.mark.parametrize(
    "pointers",
    [
        (),
        ("/validUntil",),
        ("/credentialSubject/result/1",),
        ("/evidence/0/id", "/evidence/2"),
        ("/credentialSubject",),
        ("/credentialSubject", "/credentialSubject/achievement"),
        tuple(f"/{name}" for name in sample_credential() if name != "@context"),
    ],
    ids=str,
)
def test_a_part_of_it_verifies(pointers: tuple[str, ...]) -> None:
    verify(derived(*pointers), KeyType.P256)


def test_only_what_was_chosen_is_shown() -> None:
    shown = derived("/evidence/0/id")
    assert "validUntil" not in shown
    assert "result" not in shown["credentialSubject"]
    assert shown["evidence"][0].keys() == {"id", "type"}
    assert shown["issuer"] == sample_credential()["issuer"]


@pytest.mark.parametrize(
    "change", [{"name": "Master"}, {"validFrom": "2020-01-01T00:00:00Z"}], ids=str
)
def test_what_is_changed_after_it_was_derived_is_noticed(change: Json) -> None:
    with pytest.raises(InvalidSignature):
        verify(derived("/validUntil") | change, KeyType.P256)


def test_what_must_be_shown_cannot_be_left_out() -> None:
    shown = derived("/validUntil")
    with pytest.raises(InvalidSignature):
        verify({k: v for k, v in shown.items() if k != "validFrom"}, KeyType.P256)


def test_what_may_be_shown_cannot_be_taken_away_afterwards() -> None:
    shown = derived("/validUntil")
    with pytest.raises(InvalidSignature):
        verify({k: v for k, v in shown.items() if k != "validUntil"}, KeyType.P256)


def test_two_selections_cannot_be_mixed() -> None:
    one, other = derived("/validUntil"), derived("/name")
    with pytest.raises(InvalidSignature):
        verify(one | {"name": other["name"]}, KeyType.P256)
    with pytest.raises(InvalidSignature):
        verify(one | {"proof": other["proof"]}, KeyType.P256)


@pytest.mark.parametrize("pointer", ["/nowhere", "/evidence/99", "validUntil", "/a~2", "/name/x"])
def test_a_pointer_that_leads_nowhere_is_named(pointer: str) -> None:
    with pytest.raises(NothingSelected):
        derived(pointer)


def test_an_ordered_list_is_refused_before_it_is_signed() -> None:
    view = sample_credential()
    view["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"] = ["a", "b"]
    with pytest.raises(InvalidJsonLd, match="ordered list"):
        add_proof(view, SIGNERS[KeyType.P256], NOON, Wish(cryptosuite="ecdsa-sd-2023"))


def test_a_selection_of_nothing_is_refused() -> None:
    wish = Wish(cryptosuite="ecdsa-sd-2023")
    base = add_proof(sample_credential(), SIGNERS[KeyType.P256], NOON, wish)
    with pytest.raises(NothingSelected):
        derive(base, base["proof"], (), How())


@pytest.mark.parametrize(
    "value",
    ["u", "u2V0A", "u2V0B", "u2V0BgA", "u2V0BhUCAQID2YCCAoAA", "z" + "A" * 40, "u" + "_" * 500_000],
)
def test_values_that_only_look_like_a_proof_are_refused(value: str) -> None:
    shown = derived("/validUntil")
    shown["proof"]["proofValue"] = value
    with pytest.raises(ProofError):
        verify(shown, KeyType.P256)


# ------------------------------------------------------------- sets and chains


def chained(*wishes: Wish) -> Json:
    view = sample_credential()
    for wish in wishes:
        view = add_proof(view, SIGNERS[KeyType.ED25519], NOON, wish)
    return view


FIRST, SECOND = Wish(id="urn:uuid:1"), Wish(id="urn:uuid:2", cryptosuite="eddsa-jcs-2022")


def test_a_set_of_proofs_holds_in_any_order() -> None:
    view = chained(FIRST, SECOND)
    verify(view, KeyType.ED25519)
    verify(view | {"proof": view["proof"][::-1]}, KeyType.ED25519)


def test_a_proof_of_a_set_stands_without_the_others() -> None:
    view = chained(FIRST, SECOND)
    verify(view | {"proof": view["proof"][0]}, KeyType.ED25519)


@pytest.mark.parametrize("cryptosuite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("previous", [("urn:uuid:1",), ("urn:uuid:1", "urn:uuid:2")])
def test_a_chained_proof_covers_those_that_it_builds_on(
    cryptosuite: str, previous: tuple[str, ...]
) -> None:
    view = chained(FIRST, SECOND, Wish(cryptosuite=cryptosuite, previous_proof=previous))
    verify(view, KeyType.ED25519)
    view["proof"][0] = chained(Wish(id="urn:uuid:1", purpose="authentication"))["proof"]
    with pytest.raises(ProofError):
        verify(view, KeyType.ED25519)


def test_a_chained_proof_falls_with_the_one_that_it_builds_on() -> None:
    view = chained(FIRST, Wish(previous_proof=("urn:uuid:1",)))
    with pytest.raises(BrokenChain, match="is not there"):
        verify(view | {"proof": view["proof"][1:]}, KeyType.ED25519)


def test_a_chain_to_nowhere_is_not_made() -> None:
    with pytest.raises(BrokenChain):
        chained(Wish(previous_proof=("urn:uuid:9",)))


@pytest.mark.parametrize(
    "proofs",
    [
        [{"id": "urn:1", "previousProof": "urn:1"}],
        [{"id": "urn:1", "previousProof": "urn:2"}, {"id": "urn:2", "previousProof": "urn:1"}],
        [{"id": "urn:1"}, {"id": "urn:1"}, {"previousProof": "urn:1"}],
    ],
    ids=["itself", "a circle", "two of one name"],
)
def test_a_chain_that_cannot_be_followed_is_refused(proofs: list[Json]) -> None:
    whole = chained(FIRST)
    view = whole | {
        "proof": [whole["proof"] | {"id": f"urn:{i}"} | proof for i, proof in enumerate(proofs, 5)]
    }
    with pytest.raises(BrokenChain):
        read_proofs(Document.read(write(view)))
