"""Accounts: the people that submissions and assessments name."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from issuer.accounts.actions import open_account
from issuer.achievements.draft import Line, Written
from issuer.authorisation import MayWrite
from issuer.database import Write
from service.moment import Now
from service.problems import responses

router = APIRouter(prefix="/accounts", tags=["accounts"])


class AccountDraft(Written):
    """A person: what they agreed to be called in public, and by what else they are known.

    `identities` are `email:…`, `key:…`, `profile:…` or `name:…`. They are never published; they
    keep anybody from assessing their own work.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "M. Okafor", "identities": ["email:okafor@assessor.example"]}]
        }
    )

    name: Line
    identities: Annotated[tuple[Line, ...], Field(max_length=20)] = ()


class AccountView(Written):
    """An account, without what is not for others."""

    id: str
    name: str


@router.post("", status_code=201, responses=responses(401, 403, 422))
def create(draft: AccountDraft, caller: MayWrite, session: Write, now: Now) -> AccountView:
    """Make an account for a holder or an assessor."""
    made = open_account(
        session, caller.organisation_id, name=draft.name, identities=draft.identities, now=now
    )
    return AccountView(id=made.id, name=made.name)
