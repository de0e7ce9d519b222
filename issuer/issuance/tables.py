"""What was issued?"""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from issuer.columns import identifier, moment, octets


class Credential(SQLModel, table=True):
    """The exact signed bytes, and the credential's place in its status list."""

    __tablename__ = "credential"
    __table_args__ = (
        UniqueConstraint("status_list_id", "status_index"),
        Index("ix_credential_newest", "organisation_id", "issued_at", "code"),
    )

    id: str = identifier()
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    submission_id: str = Field(foreign_key="submission.id", unique=True)
    code: str = Field(unique=True, max_length=13)
    raw: bytes = octets()
    public: bool = True
    status_list_id: str = Field(foreign_key="status_list.id", index=True)
    status_index: int
    issued_at: datetime = moment()


class IssueRequest(SQLModel, table=True):
    """A request that was carried out, so that its retry finds the same credential."""

    __tablename__ = "issue_request"
    __table_args__ = (UniqueConstraint("account_id", "idempotency_key"),)

    id: str = identifier()
    account_id: str = Field(foreign_key="account.id")
    idempotency_key: str = Field(max_length=200)
    request_digest: str
    credential_id: str = Field(foreign_key="credential.id")
    created_at: datetime = moment()
