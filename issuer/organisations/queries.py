"""What is known of an organisation?"""

from sqlmodel import Session, col, select

from issuer.organisations.tables import Organisation, SigningKey
from keys import controller, multikey
from keys.lifecycle import KeyLife
from schemas.document import write


def organisation_by_did(session: Session, did: str) -> Organisation | None:
    """The organisation with this DID."""
    return session.exec(select(Organisation).where(col(Organisation.did) == did)).one_or_none()


def other_organisation(session: Session, did: str) -> Organisation | None:
    """An organisation of this installation that has another DID."""
    return session.exec(select(Organisation).where(col(Organisation.did) != did)).first()


def signing_keys(session: Session, organisation_id: str) -> list[SigningKey]:
    """Every key it ever signed with, oldest first."""
    return list(
        session.exec(
            select(SigningKey)
            .where(col(SigningKey.organisation_id) == organisation_id)
            .order_by(col(SigningKey.created_at), col(SigningKey.fragment))
        )
    )


def did_document(session: Session, organisation: Organisation) -> bytes:
    """What is published under `/.well-known/did.json`: old keys too, old signatures need them."""
    keys = [
        (
            key.fragment,
            multikey.decode(key.public_key_multibase),
            KeyLife(key.expires_at, key.revoked_at),
        )
        for key in signing_keys(session, organisation.id)
    ]
    return write(controller.build(organisation.did, keys))
