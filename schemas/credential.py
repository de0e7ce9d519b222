"""What does one of our credentials say?

VCDM 2.0, section 4, and Open Badges 3.0, `OpenBadgeCredential`: exactly the terms of these
two contexts, so that any conforming verifier can check it.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from schemas.achievement import Achievement
from schemas.contexts import OB_V3, VC_V2
from schemas.evidence_entry import Evidence, RelatedResource
from schemas.model import Moment, Said
from schemas.profile import IdentityObject, Profile
from schemas.result import Result


class CredentialStatus(Said):
    """Where withdrawal, or a hold, is published; Bitstring Status List 1.0, section 2.1."""

    id: str
    type: Literal["BitstringStatusListEntry"] = "BitstringStatusListEntry"
    status_purpose: Literal["revocation", "suspension"] = "revocation"
    status_list_index: str = Field(pattern=r"^(0|[1-9][0-9]*)$")
    status_list_credential: str


class CredentialSchema(Said):
    """The JSON Schema of the profile; VC JSON Schema, section 3.1."""

    id: str
    type: Literal["JsonSchema"] = "JsonSchema"


class AchievementSubject(Said):
    """What was achieved, by whom, and who assessed it."""

    id: str | None = None
    type: tuple[Literal["AchievementSubject"], ...] = ("AchievementSubject",)
    identifier: tuple[IdentityObject, ...] = Field(min_length=1)
    activity_start_date: Moment | None = None
    activity_end_date: Moment | None = None
    source: Profile
    achievement: Achievement
    result: tuple[Result, ...] = Field(min_length=1)


class OpenBadgeCredential(Said):
    """A whole credential before it is signed."""

    context: tuple[str, ...] = Field(default=(VC_V2, OB_V3), alias="@context")
    id: str
    type: tuple[str, ...] = ("VerifiableCredential", "OpenBadgeCredential")
    name: str
    description: str | None = None
    issuer: Profile
    valid_from: Moment
    valid_until: Moment
    awarded_date: Moment
    credential_subject: AchievementSubject
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    related_resource: tuple[RelatedResource, ...] = Field(min_length=1)
    credential_status: (
        CredentialStatus | Annotated[tuple[CredentialStatus, ...], Field(min_length=1)]
    )
    credential_schema: CredentialSchema
    endorsement: tuple[dict[str, Any], ...] = ()

    @model_validator(mode="after")
    def _exactly_the_terms_of_two_standards(self) -> "OpenBadgeCredential":
        if self.context != (VC_V2, OB_V3):
            raise ValueError(f"@context must be exactly {VC_V2}, {OB_V3}, in this order")
        if self.type != ("VerifiableCredential", "OpenBadgeCredential"):
            raise ValueError("type must be exactly VerifiableCredential, OpenBadgeCredential")
        return self

    @model_validator(mode="after")
    def _withdrawal_once_and_no_purpose_twice(self) -> "OpenBadgeCredential":
        given = self.credential_status
        entries = given if isinstance(given, tuple) else (given,)
        purposes = [entry.status_purpose for entry in entries]
        if "revocation" not in purposes or len(set(purposes)) != len(purposes):
            raise ValueError("credentialStatus needs an entry for revocation, and no purpose twice")
        return self

    @model_validator(mode="after")
    def _one_result_for_each_criterion(self) -> "OpenBadgeCredential":
        subject = self.credential_subject
        criteria = {
            criterion.id: {level.id for level in criterion.rubric_criterion_level}
            for criterion in subject.achievement.result_description
        }
        results = {result.result_description: result.achieved_level for result in subject.result}
        if results.keys() != criteria.keys() or len(subject.result) != len(criteria):
            raise ValueError("result needs exactly one entry for each criterion of the rubric")
        for criterion, level in results.items():
            if level not in criteria[criterion]:
                raise ValueError(f"achievedLevel {level} is not a level of {criterion}")
        if self.valid_until <= self.valid_from:
            raise ValueError("validUntil must be later than validFrom")
        return self
