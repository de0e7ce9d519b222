"""What the OpenAPI document shows as an example is what the API accepts."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from issuer.accounts.routes import AccountDraft
from issuer.achievements.draft import AchievementDraft
from issuer.app import create_app
from issuer.artifacts.routes import CommitDraft
from issuer.assessments.draft import AssessmentDraft
from issuer.assessments.routes import AssessorNamed
from issuer.issuance.deriving import CredentialToDerive
from issuer.issuance.routes import CredentialBatch
from issuer.issuance.vc_api import CredentialToIssue
from issuer.revocation.routes import Suspension, Withdrawal
from issuer.revocation.vc_api import StatusUpdate
from issuer.settings import IssuerSettings
from issuer.submissions.draft import AiUseDraft, SubmissionDraft

BODIES = (
    AccountDraft,
    AchievementDraft,
    AiUseDraft,
    AssessmentDraft,
    AssessorNamed,
    CommitDraft,
    CredentialBatch,
    CredentialToDerive,
    CredentialToIssue,
    StatusUpdate,
    SubmissionDraft,
    Suspension,
    Withdrawal,
)


@pytest.mark.parametrize("body", BODIES)
def test_an_example_is_accepted(body: type[Any]) -> None:
    adapter = TypeAdapter(body)
    examples = adapter.json_schema()["examples"]
    assert examples
    for example in examples:
        adapter.validate_python(example)


def test_no_body_is_left_out_here() -> None:
    document = create_app(IssuerSettings()).openapi()
    named = {
        content["schema"]["$ref"].rpartition("/")[2]
        for methods in document["paths"].values()
        for operation in methods.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        if "$ref" in content["schema"]
    }
    assert named == {body.__name__ for body in BODIES}
