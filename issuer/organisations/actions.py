"""How does an organisation begin, and get its keys?"""

from datetime import datetime

from sqlmodel import Session

from issuer.errors import AddressChanged
from issuer.organisations.queries import (
    organisation_by_did,
    other_organisation,
    signing_keys,
)
from issuer.organisations.tables import Organisation, SigningKey
from keys import multikey
from keys.public_key import PublicKey


def establish(session: Session, *, did: str, name: str, url: str, now: datetime) -> Organisation:
    """The organisation of this DID; it takes the name that the settings give it.

    Raises:
        AddressChanged: this installation issued under another DID.
    """
    known = organisation_by_did(session, did)
    if known is None:
        if (other := other_organisation(session, did)) is not None:
            raise AddressChanged(other.did, did)
        known = Organisation(did=did, name=name, url=url, created_at=now)
    elif (known.name, known.url) != (name, url):
        known.name, known.url = name, url
    session.add(known)
    session.flush()
    return known


def publish_key(  # noqa: PLR0913 - what a published key is made of
    session: Session,
    organisation: Organisation,
    *,
    fragment: str,
    uri: str,
    public_key: PublicKey,
    now: datetime,
) -> SigningKey:
    """Publish a key, so that what it signs can be checked; publishing it again changes nothing."""
    written = multikey.encode(public_key)
    for known in signing_keys(session, organisation.id):
        if known.public_key_multibase == written:
            return known
    key = SigningKey(
        organisation_id=organisation.id,
        fragment=fragment,
        uri=uri,
        public_key_multibase=written,
        created_at=now,
    )
    session.add(key)
    session.flush()
    return key
