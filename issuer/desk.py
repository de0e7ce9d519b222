"""What does a running issuer work with?

Everything that is opened once: settings, database, store of evidence, and the seal.  Opening
applies migrations, makes the first signing key, and publishes it, those that were added, and the
first status lists.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlmodel import Session

from issuer.artifacts.store import EvidenceStore
from issuer.database import Database
from issuer.issuance.making import Workshop
from issuer.migrations import upgrade
from issuer.organisations.actions import establish, publish_key
from issuer.organisations.queries import signing_keys
from issuer.organisations.seal import Seal
from issuer.organisations.tables import Organisation, SigningKey
from issuer.revocation.lists import open_lists
from issuer.settings import IssuerSettings
from keys import multikey
from keys.did_web import did_for
from keys.errors import KeyExists
from keys.lifecycle import KeyLife, may_sign
from keys.public_key import KeyType
from keys.signer import Signer
from keys.stores import open_signer
from keys.stores.file import FileKeyStore
from keys.stores.passphrase import Passphrase, find_passphrase

FIRST_KEY: Final = "key-1"
IN_OUR_FOLDER: Final = "file:#"
"""A key URI without a folder: the key is among this issuer's own files."""

MORE_KINDS: Final = (KeyType.P256, KeyType.P384)
"""Kinds of keys that sign what others ask for, if the folder has one."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An opened issuer."""

    settings: IssuerSettings
    database: Database
    store: EvidenceStore
    seal: Seal
    notes: tuple[str, ...] = ()

    @property
    def workshop(self) -> Workshop:
        """What issuing needs."""
        return Workshop(self.seal, self.store)


def keys_folder(settings: IssuerSettings) -> Path:
    """Where the encrypted key files are."""
    return settings.data_dir.resolve() / "keys"


def open_desk(settings: IssuerSettings, *, now: datetime) -> Desk:
    """Open everything, making on the first run what is not there yet.

    Raises:
        StoreFault: the signing key is not there or does not open.
        AddressChanged: the settings name another address than the data does.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_address)
    upgrade(database)
    folder = keys_folder(settings)
    given = settings.key_passphrase
    passphrase = find_passphrase(
        folder, given.get_secret_value() if given else None, development=settings.development
    )
    with database.write() as session:
        organisation = establish(
            session,
            did=did_for(settings.issuer_url),
            name=settings.issuer_name,
            url=settings.issuer_url,
            now=now,
        )
        if not _active(session, organisation, KeyType.ED25519, now):
            store = FileKeyStore.at(folder)
            _publish(session, organisation, store, _first_name(store, passphrase), now)
        _publish_more(session, organisation, FileKeyStore.at(folder), now)
        first, *more = (
            _signer(organisation, _active(session, organisation, kind, now)[-1], folder, passphrase)
            for kind in (KeyType.ED25519, *MORE_KINDS)
            if _active(session, organisation, kind, now)
        )
        seal = Seal(
            organisation.id,
            organisation.did,
            organisation.name,
            organisation.url,
            first,
            holds=settings.issuer_holds,
            more_signers=tuple(more),
        )
        open_lists(session, seal, now=now)
    notes = (passphrase.note,) if passphrase.note else ()
    return Desk(settings, database, EvidenceStore(settings.data_dir / "evidence"), seal, notes)


def _active(
    session: Session, organisation: Organisation, kind: KeyType, now: datetime
) -> list[SigningKey]:
    """The published keys of a kind that may sign, oldest first."""
    return [
        key
        for key in signing_keys(session, organisation.id)
        if may_sign(_life(key).state(now))
        and multikey.decode(key.public_key_multibase).type is kind
    ]


def _publish_more(
    session: Session, organisation: Organisation, store: FileKeyStore, now: datetime
) -> None:
    """Publish the newest key of the folder of each further kind, if there is one."""
    newest = {store.public_key(name).type: name for name in store.names()}
    for kind in MORE_KINDS:
        if kind in newest:
            _publish(session, organisation, store, newest[kind], now)


def _publish(
    session: Session, organisation: Organisation, store: FileKeyStore, name: str, now: datetime
) -> None:
    publish_key(
        session,
        organisation,
        fragment=name,
        uri=f"{IN_OUR_FOLDER}{name}",
        public_key=store.public_key(name),
        now=now,
    )


def _first_name(store: FileKeyStore, passphrase: Passphrase) -> str:
    """The newest key of the folder that can sign credentials; one is made if there is none."""
    fit = [name for name in store.names() if store.public_key(name).type is KeyType.ED25519]
    if fit:
        return fit[-1]
    with suppress(KeyExists):  # another process was faster
        store.create(FIRST_KEY, KeyType.ED25519, passphrase.text)
    return FIRST_KEY


def _signer(
    organisation: Organisation, key: SigningKey, folder: Path, passphrase: Passphrase
) -> Signer:
    method = f"{organisation.did}#{key.fragment}"
    uri = key.uri
    if uri.startswith(IN_OUR_FOLDER):  # so that the data may move to another place or machine
        uri = f"file:{quote(str(folder))}#{uri.removeprefix(IN_OUR_FOLDER)}"
    return open_signer(uri, method, lambda _: passphrase.text)


def _life(key: SigningKey) -> KeyLife:
    return KeyLife(key.expires_at, key.revoked_at)
