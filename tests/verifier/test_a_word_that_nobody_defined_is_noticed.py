"""VCDM 2.0, sections 4.5 (Types) and 5.2.1 (Semantic Interoperability), where RDF is not signed."""

from collections.abc import Callable
from typing import Any

import pytest
from world.credentials import NOON, sample_credential, sample_signer
from world.judging import judged, the

from proofs.jose import vc_jwt
from proofs.secure import Wish, add_proof, secure
from verifier.verdict import Outcome, Verdict

Json = dict[str, Any]

FORMS: dict[str, Callable[[Json], Json | str]] = {
    "VC-JWT": lambda view: vc_jwt.secure(view, sample_signer(), now=NOON),
    "JCS": lambda view: secure(view, sample_signer(), NOON, cryptosuite="eddsa-jcs-2022"),
}
SAMPLE = sample_credential()
UNDEFINED: dict[str, Json] = {
    "a type": {"type": [*SAMPLE["type"], "MasterOfEverything"]},
    "a member": {"mastery": "of everything"},
    "a member of the subject": {
        "credentialSubject": SAMPLE["credentialSubject"] | {"mastery": "of everything"}
    },
    "the type of the status": {
        "credentialStatus": SAMPLE["credentialStatus"] | {"type": "MasteryList"}
    },
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("over", UNDEFINED.values(), ids=UNDEFINED)
def test_it_is_something_to_know_and_named(form: Callable[[Json], Json | str], over: Json) -> None:
    view = sample_credential() | over
    del view["credentialSchema"]  # which has words of its own
    report = judged(form(view))
    check = the(report, "format")
    assert (check.outcome, check.because) == (Outcome.WARNING, "undefined")
    assert "is defined by none of the contexts" in check.detail
    assert report.verdict is not Verdict.CONFIRMED


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_where_every_word_is_defined_there_is_nothing_to_know(
    form: Callable[[Json], Json | str],
) -> None:
    report = judged(form(sample_credential()))
    assert the(report, "format").outcome is Outcome.PASSED
    assert report.verdict is Verdict.CONFIRMED


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_context_that_we_do_not_carry_may_define_it(form: Callable[[Json], Json | str]) -> None:
    contexts = [*SAMPLE["@context"], "https://elsewhere.example/words"]
    report = judged(form(sample_credential(mastery="yes", **{"@context": contexts})))
    assert the(report, "format").outcome is Outcome.PASSED


def test_one_signature_over_the_meaning_is_enough() -> None:
    both = add_proof(FORMS["JCS"](sample_credential()), sample_signer(), NOON, Wish())  # type: ignore[arg-type]
    assert the(judged(both), "format").outcome is Outcome.PASSED
