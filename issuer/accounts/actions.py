"""How does somebody come to work with this issuer?"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlmodel import Session

from issuer.accounts.queries import PREFIX, api_key, key_digest
from issuer.accounts.scopes import Scope
from issuer.accounts.tables import Account, ApiKey
from issuer.columns import SYSTEM_CHANCE, Chance
from issuer.errors import MalformedSubmission

KEY_BYTES: Final = 32
OPERATOR: Final = "Operator"  # the account of whoever runs the issuer
KINDS: Final = ("email", "key", "profile", "name")


def normalised(identity: str) -> str:
    """`KIND:VALUE` in the one form in which two of them are compared.

    Raises:
        MalformedSubmission: no kind that we know, or no value.
    """
    kind, _, value = identity.partition(":")
    value = value.strip().casefold().rstrip("/")
    if kind not in KINDS or not value:
        raise MalformedSubmission("/identities", f"one of {', '.join(KINDS)}, a colon, a value")
    return f"{kind}:{value}"


def open_account(
    session: Session, organisation_id: str, *, name: str, identities: Iterable[str], now: datetime
) -> Account:
    """A new account.

    Args:
        session: a writing session.
        organisation_id: where.
        name: what they agreed to be called in public.
        identities: `email:…`, `key:…`, `profile:…`, `name:…`; never published, they keep
            anybody from assessing themselves.
        now: the moment.
    """
    account = Account(
        organisation_id=organisation_id,
        name=name,
        identities=sorted({normalised(identity) for identity in identities}),
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account


def create_api_key(  # noqa: PLR0913 - what a key is made of
    session: Session,
    account: Account,
    *,
    label: str,
    scopes: Iterable[Scope],
    now: datetime,
    chance: Chance = SYSTEM_CHANCE,
) -> str:
    """A new API key; it is returned once, and only its digest is kept."""
    secret = urlsafe_b64encode(chance.octets(KEY_BYTES)).rstrip(b"=").decode()
    key = PREFIX + secret
    session.add(
        ApiKey(
            organisation_id=account.organisation_id,
            account_id=account.id,
            label=label,
            digest=key_digest(key),
            scopes=sorted(scope.value for scope in scopes),
            created_at=now,
        )
    )
    session.flush()
    return key


def end_api_key(session: Session, organisation_id: str, key_id: str, *, now: datetime) -> ApiKey:
    """End an API key at once and for good; ending it again keeps the first moment.

    Raises:
        NotFound: no key of that id in this organisation.
    """
    key = api_key(session, organisation_id, key_id)
    key.ended_at = key.ended_at or now
    session.add(key)
    session.flush()
    return key
