"""Who is this?"""

import hashlib
from typing import Final

from sqlalchemy import Connection, bindparam
from sqlmodel import Session, col, select

from issuer.accounts.scopes import Caller, Scope
from issuer.accounts.tables import Account, ApiKey
from issuer.errors import NotAuthenticated, NotFound

PREFIX = "skm_"


def key_digest(key: str) -> str:
    """What is kept of an API key; 256 random bits need no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


_CALLER: Final = select(
    col(ApiKey.account_id), col(ApiKey.organisation_id), col(ApiKey.scopes)
).where(col(ApiKey.digest) == bindparam("digest"), col(ApiKey.ended_at).is_(None))


def caller(connection: Connection, key: str) -> Caller:
    """Who holds this API key.  Asked for every request, and so without a session.

    Raises:
        NotAuthenticated: nobody, or the key was ended.
    """
    found = connection.execute(_CALLER, {"digest": key_digest(key)}).one_or_none()
    if found is None:
        raise NotAuthenticated
    account_id, organisation_id, scopes = found
    return Caller(account_id, organisation_id, frozenset(map(Scope, scopes)))


def account(session: Session, organisation_id: str, account_id: str) -> Account:
    """One account.

    Raises:
        NotFound: none of that id in this organisation.
    """
    found = session.get(Account, account_id)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("account", account_id)
    return found


def account_named(session: Session, organisation_id: str, name: str) -> Account | None:
    """The oldest account with this public name."""
    return session.exec(
        select(Account)
        .where(col(Account.organisation_id) == organisation_id, col(Account.name) == name)
        .order_by(col(Account.created_at), col(Account.id))
    ).first()


def has_api_keys(session: Session, organisation_id: str) -> bool:
    """Whether anybody could already use the API."""
    return (
        session.exec(
            select(ApiKey.id).where(col(ApiKey.organisation_id) == organisation_id)
        ).first()
        is not None
    )


def api_keys(session: Session, organisation_id: str) -> list[tuple[ApiKey, Account]]:
    """Every API key that was ever made, with whose it is; oldest first."""
    return list(
        session.exec(
            select(ApiKey, Account)
            .join(Account, col(Account.id) == col(ApiKey.account_id))
            .where(col(ApiKey.organisation_id) == organisation_id)
            .order_by(col(ApiKey.created_at), col(ApiKey.id))
        )
    )


def api_key(session: Session, organisation_id: str, key_id: str) -> ApiKey:
    """One API key, by its id; not by its secret, which nobody keeps.

    Raises:
        NotFound: none of that id in this organisation.
    """
    found = session.get(ApiKey, key_id)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("API key", key_id)
    return found
