"""What happens when an issuer starts for the first time?

The same as on every start, and a first API key, which is told once.
"""

from dataclasses import dataclass, field
from datetime import datetime

from issuer.accounts.actions import OPERATOR, create_api_key, open_account
from issuer.accounts.queries import account_named, has_api_keys
from issuer.accounts.scopes import Scope
from issuer.columns import SYSTEM_CHANCE, Chance
from issuer.desk import open_desk
from issuer.settings import IssuerSettings


@dataclass(frozen=True, slots=True)
class FirstRun:
    """Who the issuer is, its first API key if it was made now, and what must be said aloud."""

    did: str
    name: str
    api_key: str | None = field(repr=False)
    notes: tuple[str, ...]


def prepare(settings: IssuerSettings, now: datetime, chance: Chance = SYSTEM_CHANCE) -> FirstRun:
    """Make an issuer ready; doing it again changes nothing.

    Raises:
        StoreFault: the signing key does not open.
    """
    desk = open_desk(settings, now=now)
    seal = desk.seal
    try:
        with desk.database.write() as session:
            key = None
            if not has_api_keys(session, seal.organisation_id):
                operator = account_named(session, seal.organisation_id, OPERATOR) or open_account(
                    session, seal.organisation_id, name=OPERATOR, identities=(), now=now
                )
                key = create_api_key(
                    session, operator, label="first", scopes=Scope, now=now, chance=chance
                )
    finally:
        desk.database.close()
    return FirstRun(seal.did, seal.name, key, desk.notes)
