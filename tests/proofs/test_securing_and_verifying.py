from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from world.credentials import (
    METHOD,
    NOON,
    other_signer,
    sample_credential,
    sample_signer,
    sample_status_list,
    signed_document,
)

from keys.memory import MemorySigner, public_half
from proofs import errors
from proofs.errors import (
    AlreadySecured,
    InvalidSignature,
    MalformedProof,
    MissingProof,
    ProofError,
    TooManyProofs,
    UndefinedTerm,
    UnknownCryptosuite,
    WrongKeyForSuite,
    WrongProofPurpose,
)
from proofs.limits import Limits
from proofs.secure import secure
from proofs.suites import SUITES, How, eddsa_rdfc_2022
from proofs.verify import read_proof, read_proofs, verify_proof
from schemas.document import Document, write

P256 = ec.derive_private_key(7, ec.SECP256R1())
KEY = sample_signer().public_key


class FaultySigner:
    """A signer whose hardware answers with the wrong bytes."""

    verification_method = METHOD
    public_key = KEY

    def sign(self, message: bytes) -> bytes:
        return other_signer().sign(message)


def proof(**over: object) -> dict[str, Any]:
    return {**signed_document().view["proof"], **over}


def test_the_proof_stands_last_and_the_document_is_left_as_it_was() -> None:
    unsigned = sample_credential()
    signed = secure(unsigned, sample_signer(), NOON)
    assert list(signed) == [*unsigned, "proof"]
    assert "proof" not in unsigned
    signed["credentialSubject"]["type"].append("changed")
    assert unsigned == sample_credential()


def test_the_proof_says_when_with_which_key_and_for_what() -> None:
    (found,) = read_proofs(signed_document())
    assert found.created == NOON
    assert found.expires is None
    assert found.verification_method == METHOD
    assert found.purpose == "assertionMethod"
    assert found.cryptosuite == "eddsa-rdfc-2022"


def test_the_same_input_gives_the_same_signature() -> None:
    assert signed_document().raw == signed_document().raw


def test_a_status_list_is_signed_and_verified_like_a_credential() -> None:
    document = Document.read(write(sample_status_list(5)))
    verify_proof(document, read_proofs(document)[0], KEY)


def test_each_proof_of_a_set_is_verified_alone() -> None:
    first, second = signed_document(), secure(sample_credential(), other_signer(), NOON)
    both = {**first.view, "proof": [first.view["proof"], second["proof"]]}
    document = Document.read(write(both))
    mine, other = read_proofs(document)
    verify_proof(document, mine, KEY)
    verify_proof(document, other, other_signer().public_key)
    with pytest.raises(InvalidSignature):
        verify_proof(document, other, KEY)


def test_a_document_is_not_secured_twice() -> None:
    with pytest.raises(AlreadySecured):
        secure(signed_document().view, sample_signer(), NOON)


def test_a_signature_that_does_not_hold_is_never_handed_out() -> None:
    with pytest.raises(InvalidSignature):
        secure(sample_credential(), FaultySigner(), NOON)


def test_the_suite_refuses_keys_of_another_type() -> None:
    with pytest.raises(WrongKeyForSuite):
        secure(sample_credential(), MemorySigner(METHOD, P256), NOON)
    document = signed_document()
    with pytest.raises(WrongKeyForSuite):
        verify_proof(document, read_proofs(document)[0], public_half(P256))


def test_a_proof_for_another_purpose_is_refused() -> None:
    document = Document.read(
        write(secure(sample_credential(), sample_signer(), NOON, purpose="authentication"))
    )
    (found,) = read_proofs(document)
    with pytest.raises(WrongProofPurpose):
        verify_proof(document, found, KEY)
    verify_proof(document, found, KEY, purpose="authentication")


def test_an_unknown_suite_is_named_with_those_that_are_known() -> None:
    document = Document.read(
        write(signed_document().copy() | {"proof": proof(cryptosuite="home-made-2026")})
    )
    with pytest.raises(UnknownCryptosuite, match=r"home-made-2026.*known are .*eddsa-rdfc-2022"):
        verify_proof(document, read_proofs(document)[0], KEY)


def test_every_option_of_the_proof_is_signed() -> None:
    for change in (
        {"created": "2026-03-03T12:00:01Z"},
        {"expires": "2030-01-01T00:00:00Z"},
        {"verificationMethod": "did:web:evil.example#key"},
        {"domain": "evil.example"},
        {"challenge": "x"},
        {"nonce": "x"},
        {"id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33"},
    ):
        document = Document.read(write(signed_document().copy() | {"proof": proof(**change)}))
        with pytest.raises(InvalidSignature):
            verify_proof(document, read_proofs(document)[0], KEY)


def test_an_unknown_option_is_an_undefined_term() -> None:
    document = Document.read(write(signed_document().copy() | {"proof": proof(unheardOf="x")}))
    with pytest.raises(UndefinedTerm):
        verify_proof(document, read_proofs(document)[0], KEY)


PROOF_FLAWS: dict[str, dict[str, Any]] = {
    "no type": {"type": None},
    "several types": {"type": ["DataIntegrityProof"]},
    "no suite": {"cryptosuite": None},
    "a suite that is no text": {"cryptosuite": ["eddsa-rdfc-2022"]},
    "no method": {"verificationMethod": ""},
    "a method that is an object": {"verificationMethod": {"id": METHOD}},
    "no purpose": {"proofPurpose": None},
    "no value": {"proofValue": None},
    "a chain of numbers": {"previousProof": 1},
    "a chain of nothing": {"previousProof": []},
    "a day": {"created": "2026-03-03"},
    "a day that does not exist": {"created": "2026-02-30T12:00:00Z"},
    "a time that is nothing": {"created": None},
    "a time in another script": {"expires": "\N{ARABIC-INDIC DIGIT TWO}026-03-03T12:00:00Z"},
    "an end that is a number": {"expires": 1_800_000_000},
}


@pytest.mark.parametrize("flaw", PROOF_FLAWS.values(), ids=PROOF_FLAWS)
def test_a_flawed_proof_is_refused_at_reading(flaw: dict[str, Any]) -> None:
    with pytest.raises(MalformedProof):
        read_proof(proof(**flaw))


def test_a_type_of_proof_that_we_do_not_speak_is_named() -> None:
    with pytest.raises(UnknownCryptosuite, match="RsaSignature2018"):
        read_proof(proof(type="RsaSignature2018"))


def test_contexts_of_the_proof_that_are_not_those_of_the_document_are_refused() -> None:
    own = {"@context": ["https://www.w3.org/ns/credentials/v2"]}
    document = Document.read(write(signed_document().copy() | {"proof": proof(**own)}))
    with pytest.raises(MalformedProof, match="@context"):
        verify_proof(document, read_proofs(document)[0], KEY)


def test_contexts_of_the_proof_that_are_those_of_the_document_change_nothing() -> None:
    own = {"@context": signed_document().view["@context"]}
    document = Document.read(write(signed_document().copy() | {"proof": proof(**own)}))
    verify_proof(document, read_proofs(document)[0], KEY)


def test_one_context_may_stand_by_itself_or_in_a_list() -> None:
    minimal = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": METHOD.partition("#")[0],
        "credentialSubject": {"id": "did:example:somebody"},
    }
    signed = secure(minimal, sample_signer(), NOON)
    signed["proof"]["@context"] = "https://www.w3.org/ns/credentials/v2"
    document = Document.read(write(signed))
    verify_proof(document, read_proofs(document)[0], KEY)


def test_a_time_without_a_zone_is_utc() -> None:
    found = read_proof(proof(created="2026-03-03T12:00:00"))
    assert found.created == datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_the_time_of_creation_may_be_absent() -> None:
    bare = {name: value for name, value in proof().items() if name != "created"}
    assert read_proof(bare).created is None


def test_a_time_with_a_fraction_and_an_offset_is_read() -> None:
    found = read_proof(proof(expires="2026-03-03T14:00:00.5+02:00"))
    assert found.expires == datetime(2026, 3, 3, 12, 0, 0, 500_000, tzinfo=UTC)


VALUE_FLAWS = {
    "another base": "u" + "A" * 86,
    "a symbol outside the alphabet": "z0OIl",
    "too short": "z2",
    "endless": "z" + "2" * 100_000,
    "a byte too many": proof()["proofValue"] + "1",
    "a leading zero": "z1" + proof()["proofValue"][1:],
}


@pytest.mark.parametrize("value", VALUE_FLAWS.values(), ids=VALUE_FLAWS)
def test_a_flawed_signature_value_is_refused(value: str) -> None:
    document = Document.read(write(signed_document().copy() | {"proof": proof(proofValue=value)}))
    with pytest.raises((MalformedProof, InvalidSignature)):
        verify_proof(document, read_proofs(document)[0], KEY)


def test_no_proof_and_an_empty_list_are_missing_proofs() -> None:
    for found in ({}, {"proof": None}, {"proof": []}):
        with pytest.raises(MissingProof):
            read_proofs(Document.read(write(found)))


def test_a_proof_that_is_no_object_is_malformed() -> None:
    with pytest.raises(MalformedProof):
        read_proofs(Document.read(b'{"proof": "trust me"}'))


def test_the_number_of_proofs_is_limited() -> None:
    with pytest.raises(TooManyProofs):
        read_proofs(Document.read(write({"proof": [proof()] * 3})), Limits(proofs=2))


def test_the_configuration_of_another_suite_is_not_made() -> None:
    for flaw in ({"type": "Other"}, {"cryptosuite": "eddsa-jcs-2022"}):
        with pytest.raises(MalformedProof):
            eddsa_rdfc_2022.SUITE.create(sample_credential(), proof(**flaw), sample_signer(), How())


def test_the_table_of_suites_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        SUITES["home-made"] = SUITES["eddsa-rdfc-2022"]  # type: ignore[index]


def test_every_error_is_drawn_in_the_tree_of_its_module() -> None:
    tree = str(errors.__doc__)
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, ProofError):
            assert error.__name__ in tree


def test_an_error_never_repeats_a_whole_document() -> None:
    with pytest.raises(UndefinedTerm) as caught:
        secure(sample_credential(**{"x" * 5_000: "y"}), sample_signer(), NOON)
    assert len(str(caught.value)) < 300
