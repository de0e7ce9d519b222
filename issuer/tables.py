"""Which tables are there?  Importing this module makes all of them known to SQLModel."""

from sqlmodel import SQLModel

from issuer.accounts.tables import Account, ApiKey
from issuer.achievements.tables import AchievementVersion
from issuer.artifacts.tables import Artifact, StoredFile
from issuer.assessments.tables import Assessment
from issuer.issuance.tables import Credential, IssueRequest
from issuer.organisations.tables import Organisation, SigningKey
from issuer.revocation.tables import StatusListRow, SuspensionPlace
from issuer.submissions.tables import Submission

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Account",
    "AchievementVersion",
    "ApiKey",
    "Artifact",
    "Assessment",
    "Credential",
    "IssueRequest",
    "Organisation",
    "SigningKey",
    "StatusListRow",
    "StoredFile",
    "Submission",
    "SuspensionPlace",
]
