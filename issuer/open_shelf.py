"""What may anybody read?  The public pages' shelf, over the database and the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from issuer.achievements.queries import published_version
from issuer.artifacts.queries import public_file
from issuer.desk import Desk
from issuer.issuance.queries import credential_by_code
from issuer.organisations.queries import did_document
from issuer.organisations.tables import Organisation
from issuer.public.lifetime import Standing
from issuer.public.shelf import Kept, KeptFile, Surroundings
from issuer.revocation.actions import renewed
from issuer.revocation.lists import is_due
from issuer.revocation.queries import published_list
from proofs.digests import Digest
from proofs.errors import MalformedDigest

RUBRIC: Final = "rubric.json"
CRITERIA: Final = "criteria.md"


@dataclass(frozen=True, slots=True)
class OpenShelf:
    """One request's view of what is public."""

    desk: Desk
    session: Session
    now: datetime

    @property
    def surroundings(self) -> Surroundings:
        """Who the issuer is, and where an independent check is to be had."""
        return Surroundings(self.desk.seal.name, self.desk.settings.verifier_url)

    def credential(self, code: str) -> Kept | None:
        """The public credential with this canonical code."""
        found = credential_by_code(self.session, self._organisation, code)
        if found is None or not found.public:
            return None
        return Kept(found.code, found.raw, Standing(found.state, found.changed_at, found.reason))

    def evidence(self, digest: str) -> KeptFile | None:
        """The public file with this digest."""
        try:
            parsed = Digest.parse(digest)
        except MalformedDigest:
            return None
        known = public_file(self.session, digest)
        stream = self.desk.store.open(parsed) if known else None
        if known is None or stream is None:
            return None
        return KeptFile(stream, known.size, known.media_type)

    def status_list(self, name: str) -> bytes | None:
        """The signed status list with this name; never one whose validity has ended."""
        found = published_list(self.session, self._organisation, name)
        if found is None:
            return None
        if not is_due(found.valid_until, self.now):
            return found.raw
        self.session.rollback()  # one connection at a time
        with self.desk.database.write() as session:
            return renewed(session, self.desk.seal, name, now=self.now)

    def did_document(self) -> bytes | None:
        """The issuer's DID document."""
        organisation = self.session.get(Organisation, self._organisation)
        return did_document(self.session, organisation) if organisation else None

    def achievement(self, slug: str, version: str) -> bytes | None:
        """An achievement's version, as JSON."""
        found = published_version(self.session, self._organisation, slug, version)
        return found.document if found else None

    def achievement_document(self, slug: str, version: str, name: str) -> bytes | None:
        """A document of that version, as it was bound by digest."""
        found = published_version(self.session, self._organisation, slug, version)
        if found is None:
            return None
        return {RUBRIC: found.rubric, CRITERIA: found.criteria}.get(name)

    @property
    def _organisation(self) -> str:
        return self.desk.seal.organisation_id
