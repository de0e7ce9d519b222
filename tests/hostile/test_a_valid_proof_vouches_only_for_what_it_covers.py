"""Proof wrapping and stripping: Data Integrity 1.0, sections 2.1.1, 2.1.2 and 5 (security).

A signed credential is put inside something that nobody signed, or one proof of several is taken
away; nothing of what surrounds it may be believed, and no chain may lose a link.
"""

import copy
import json
from typing import Any, Final

import pytest
from world.attacks import Surface, assert_a_clear_no, did_of, empty_proof, stranger
from world.credentials import ISSUER_DID, METHOD, NOON, sample_credential, sample_signer

from keys.memory import MemorySigner
from keys.public_key import KeyType
from proofs.jose import vc_jwt
from proofs.secure import Wish, add_proof, secure
from schemas.contexts import OB_V3, VC_V2
from schemas.document import write

Json = dict[str, Any]
INNER: Final = secure(sample_credential(name="Signed"), sample_signer(), NOON)
PROOF: Final = INNER["proof"]
SHELL: Final[Json] = {
    "@context": [VC_V2, OB_V3],
    "id": "https://evil.example/c/1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "FORGED",
    "issuer": {"id": ISSUER_DID, "type": ["Profile"], "name": "FORGED"},
    "validFrom": "2026-03-02T09:30:00Z",
    "credentialSubject": {"type": ["AchievementSubject"], "id": "did:example:FORGED"},
}

WRAPPED: dict[str, Json] = {
    "in the subject": SHELL | {"credentialSubject": INNER},
    "in the subject, with its proof outside": SHELL | {"credentialSubject": INNER, "proof": PROOF},
    "within the subject": SHELL
    | {"credentialSubject": SHELL["credentialSubject"] | {"achievement": INNER}},
    "as evidence": SHELL | {"evidence": [INNER]},
    "as evidence, with its proof outside": SHELL | {"evidence": [INNER], "proof": PROOF},
    "as an endorsement": SHELL | {"endorsement": [INNER]},
    "as a credential in a credential": SHELL | {"verifiableCredential": INNER, "proof": PROOF},
    "as a related resource": SHELL | {"relatedResource": [INNER]},
    "as a status": SHELL | {"credentialStatus": INNER},
    "as a schema": SHELL | {"credentialSchema": INNER},
    "as the issuer": SHELL | {"issuer": INNER, "proof": PROOF},
    "as the proof": SHELL | {"proof": INNER},
    "as one of the proofs": SHELL | {"proof": [INNER, PROOF]},
    "as a member of the proof": SHELL | {"proof": PROOF | {"verifiableCredential": INNER}},
    "in terms of use": SHELL | {"termsOfUse": [INNER]},
    "only its proof": SHELL | {"proof": PROOF},
    "its proof with its address": SHELL | {"id": INNER["id"], "proof": PROOF},
    "its proof twice": SHELL | {"proof": [PROOF, PROOF]},
    "all of its members under others": {**INNER, **SHELL},
    "as the first of a list": {"@context": [VC_V2, OB_V3], "@graph": [INNER, SHELL]},
    "beside a subject": INNER
    | {"credentialSubject": [INNER["credentialSubject"], SHELL["credentialSubject"]]},
}


@pytest.mark.parametrize("attack", WRAPPED.values(), ids=WRAPPED)
def test_what_surrounds_a_signed_credential_is_not_believed(
    verifier: Surface, attack: Json
) -> None:
    for answer in (verifier.judge(attack), verifier.verify(attack)):
        assert_a_clear_no(answer)
        assert answer.outcomes["proof"] != "passed"
        assert "FORGED" not in json.dumps(answer.body)
        assert "Signed" not in json.dumps(answer.body)


PRESENTED: dict[str, Json] = {
    "both kinds at once": SHELL
    | {"type": ["VerifiableCredential", "VerifiablePresentation"], "verifiableCredential": INNER},
    "a presentation with a subject": SHELL
    | {"type": ["VerifiablePresentation"], "verifiableCredential": [INNER]},
    "a presentation with its proof": SHELL
    | {"type": ["VerifiablePresentation"], "verifiableCredential": [INNER], "proof": PROOF},
    "a presentation in a presentation": {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [
            {"type": ["VerifiablePresentation"], "verifiableCredential": [INNER], "name": "FORGED"}
        ],
    },
    "a signed one beside an unsigned one": {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [INNER, SHELL],
    },
    "an envelope around it": {
        "@context": [VC_V2],
        "type": ["EnvelopedVerifiableCredential"],
        "id": "data:application/vc," + json.dumps(INNER),
        "name": "FORGED",
    },
}


@pytest.mark.parametrize("attack", PRESENTED.values(), ids=PRESENTED)
def test_what_is_around_a_presented_credential_is_never_shown_as_signed(
    verifier: Surface, attack: Json
) -> None:
    """Of a presentation of one, that one may be judged; of its wrapping, nothing is said."""
    answer = verifier.judge(attack)
    assert "FORGED" not in json.dumps(answer.body)
    if answer.status == 200 and answer.outcomes["proof"] == "passed":
        assert answer.body["credential"]["name"] == "Signed"
    presented = verifier.present(attack)
    assert_a_clear_no(presented)
    assert presented.status == 400
    refused = verifier.verify(attack)
    assert refused.status != 200
    assert_a_clear_no(refused)


def test_a_token_that_holds_a_signed_document_is_judged_by_the_token(verifier: Surface) -> None:
    """The stranger's token names the stranger, so the proof within it vouches for nothing."""
    author = stranger()
    forged = {**INNER, "issuer": did_of(author), "name": "FORGED"}
    answer = verifier.judge(vc_jwt.secure(forged, author))
    assert_a_clear_no(answer)
    assert answer.outcomes["issuer"] != "passed"
    claimed = vc_jwt.secure({**INNER, "name": "FORGED"}, author)
    answer = verifier.judge(claimed)
    assert_a_clear_no(answer)
    assert "FORGED" not in json.dumps(answer.body)


# ---------------------------------------------------------------- several proofs

SECOND: Final = MemorySigner(METHOD, sample_signer().private)


def a_set() -> Json:
    once = add_proof(sample_credential(), sample_signer(), NOON, Wish(id="urn:uuid:first"))
    return add_proof(once, SECOND, NOON, Wish(cryptosuite="eddsa-jcs-2022", id="urn:uuid:second"))


def a_chain(length: int = 2) -> Json:
    document = add_proof(sample_credential(), sample_signer(), NOON, Wish(id="urn:uuid:p0"))
    for number in range(1, length):
        wish = Wish(id=f"urn:uuid:p{number}", previous_proof=(f"urn:uuid:p{number - 1}",))
        document = add_proof(document, SECOND, NOON, wish)
    return document


def proof_of(document: Json, number: int) -> Json:
    found: Json = copy.deepcopy(document["proof"][number])
    return found


def test_honest_sets_and_chains_are_confirmed(verifier: Surface) -> None:
    assert verifier.judge(a_set()).verdict == "confirmed"
    for length in (2, 3, 4):
        assert verifier.judge(a_chain(length)).verdict == "confirmed"


REQUIRED: Final = [
    {"verificationMethod": METHOD, "cryptosuite": "eddsa-rdfc-2022"},
    {"cryptosuite": "eddsa-jcs-2022"},
]


def test_a_set_with_every_required_proof_verifies(verifier: Surface) -> None:
    assert verifier.judge(a_set(), requiredProofs=REQUIRED).verdict == "confirmed"
    assert verifier.verify(a_set(), requiredProofs=REQUIRED).status == 200


@pytest.mark.parametrize("left", [0, 1])
def test_a_required_proof_taken_out_of_a_set_is_missed(verifier: Surface, left: int) -> None:
    """Which nobody notices who does not require it."""
    less = a_set() | {"proof": proof_of(a_set(), left)}
    assert verifier.verify(less).status == 200
    answer = verifier.judge(less, requiredProofs=REQUIRED)
    assert_a_clear_no(answer)
    assert answer.outcomes["proof"] == "failed"
    assert str(REQUIRED[1 - left]["cryptosuite"]) in answer.said
    refused = verifier.verify(less, requiredProofs=REQUIRED)
    assert refused.status == 400
    assert "PROOF_VERIFICATION_ERROR" in str(refused.body["problemDetails"])


def test_a_required_proof_by_another_key_is_missed(verifier: Surface) -> None:
    other = [{"verificationMethod": f"{ISSUER_DID}#another"}]
    assert verifier.verify(a_set(), requiredProofs=other).status == 400


@pytest.mark.parametrize(
    "required", ["all", [7], [{"key": METHOD}], [{"cryptosuite": "x" * 101}], [{}] * 17]
)
def test_a_requirement_that_says_nothing_clear_is_refused(
    verifier: Surface, required: object
) -> None:
    assert verifier.judge(a_set(), requiredProofs=required).status == 422
    assert verifier.verify(a_set(), requiredProofs=required).status == 400


def changed_chain() -> dict[str, Json]:
    chain, length = a_chain(3), 3
    proofs = [proof_of(chain, number) for number in range(length)]
    first, second, third = proofs
    other = proof_of(add_proof(sample_credential(name="x"), SECOND, NOON, Wish()) | {"proof": [
        add_proof(sample_credential(name="x"), SECOND, NOON, Wish(id="urn:uuid:p0"))["proof"]
    ]}, 0)  # fmt: skip
    return {
        "without the first": chain | {"proof": [second, third]},
        "without the middle": chain | {"proof": [first, third]},
        "the last alone": chain | {"proof": third},
        "the first exchanged": chain | {"proof": [other, second, third]},
        "the first without its name": chain
        | {"proof": [{k: v for k, v in first.items() if k != "id"}, second, third]},
        "the first twice": chain | {"proof": [first, first, second, third]},
        "the middle freed of the first": chain
        | {"proof": [{k: v for k, v in second.items() if k != "previousProof"}, third]},
        "the last freed of the others": chain
        | {"proof": [{k: v for k, v in third.items() if k != "previousProof"}]},
        "the last building on the first": chain
        | {"proof": [first, second, third | {"previousProof": "urn:uuid:p0"}]},
        "a circle": chain | {"proof": [first | {"previousProof": "urn:uuid:p2"}, second, third]},
        "a proof building on itself": chain
        | {"proof": [first, second, third | {"previousProof": "urn:uuid:p2"}]},
        "building on nothing": chain | {"proof": [first, second | {"previousProof": []}, third]},
        "building on a number": chain | {"proof": [first, second | {"previousProof": 7}, third]},
        "building on very many": chain
        | {"proof": [first, second | {"previousProof": ["urn:uuid:p0"] * 10_000}, third]},
    }


CHAINS: Final = changed_chain()


@pytest.mark.parametrize("attack", CHAINS.values(), ids=CHAINS)
def test_no_link_of_a_chain_can_be_taken_away(verifier: Surface, attack: Json) -> None:
    for answer in (verifier.judge(attack), verifier.verify(attack)):
        assert_a_clear_no(answer)
        assert answer.outcomes["proof"] != "passed"


def test_one_proof_that_does_not_hold_spoils_the_set(verifier: Surface) -> None:
    """No proof is ignored, so a good one cannot lend its worth to a bad one."""
    document = a_set()
    for number in (0, 1):
        attack = copy.deepcopy(document)
        attack["proof"][number]["created"] = "2026-03-03T11:00:00Z"
        for answer in (verifier.judge(attack), verifier.verify(attack)):
            assert_a_clear_no(answer)
            assert answer.outcomes["proof"] == "failed"


def test_a_strangers_proof_beside_the_issuers_is_not_the_issuers(verifier: Surface) -> None:
    both = add_proof(INNER, stranger(), NOON, Wish())
    for answer in (verifier.judge(both), verifier.verify(both)):
        assert_a_clear_no(answer)
    first = both["proof"][::-1]
    assert_a_clear_no(verifier.judge(both | {"proof": first}))


def test_proofs_nobody_can_check_do_not_hide_behind_one_that_holds(verifier: Surface) -> None:
    unknown = empty_proof(sample_signer(), "unheard-of-2099")
    for proofs in ([PROOF, unknown], [unknown, PROOF], [PROOF, {"type": "Unheard2099"}]):
        assert_a_clear_no(verifier.judge(INNER | {"proof": proofs}))
        assert_a_clear_no(verifier.verify(INNER | {"proof": proofs}))


PURPOSES: Final = ("authentication", "keyAgreement", "capabilityInvocation", "", None, [])


@pytest.mark.parametrize("purpose", PURPOSES, ids=repr)
def test_a_proof_for_something_else_is_none_for_a_credential(
    verifier: Surface, purpose: object
) -> None:
    assert_a_clear_no(verifier.judge(INNER | {"proof": PROOF | {"proofPurpose": purpose}}))
    if isinstance(purpose, str) and purpose:
        signed = secure(sample_credential(), sample_signer(), NOON, purpose=purpose)
        answer = verifier.judge(signed)
        assert_a_clear_no(answer)
        assert answer.outcomes["proof"] == "failed"


def test_a_derived_proof_cannot_be_wrapped_in_more(verifier: Surface) -> None:
    author = stranger(KeyType.P256)
    document = sample_credential(issuer=did_of(author))
    base = add_proof(document, author, NOON, Wish(cryptosuite="ecdsa-sd-2023"))
    assert_a_clear_no(verifier.judge(base))
    assert len(write(base)) < 500_000
