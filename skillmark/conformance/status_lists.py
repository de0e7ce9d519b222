"""Where is the status of what a suite had issued?  In memory; for as long as the process lives."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from issuer.errors import NotFound
from issuer.organisations.seal import Seal
from proofs.secure import secure
from proofs.status import MINIMUM_ENTRIES, Purpose, StatusEntry, StatusList, status_list_credential
from proofs.suites import SUITES

PURPOSES: Final = (Purpose.REVOCATION, Purpose.SUSPENSION)
VALID_FOR: Final = timedelta(days=1)
NO_CACHE_MS: Final = 0
MOST_CREDENTIALS: Final = 10_000


@dataclass(slots=True)
class StatusBoard:
    """One list for each purpose; credentials have the same place in each."""

    lists: dict[Purpose, StatusList] = field(
        default_factory=lambda: {purpose: StatusList.blank(purpose) for purpose in PURPOSES}
    )
    places: dict[str, int] = field(default_factory=dict)

    def with_status(self, credential: dict[str, Any], base: str) -> dict[str, Any]:
        """The credential with an `id` and an entry for each purpose.

        Args:
            credential: as it was sent.
            base: the address below which the lists are published.
        """
        if len(self.places) >= MOST_CREDENTIALS:
            self.places.clear()
        identifier = credential.get("id", f"urn:uuid:{secrets.token_hex(16)}")
        if not isinstance(identifier, str):
            return credential  # which the rules of the data model refuse
        place = self.places.setdefault(identifier, secrets.randbelow(MINIMUM_ENTRIES))
        entries = [
            StatusEntry(f"{base}/{purpose}#{place}", purpose, place, f"{base}/{purpose}").document()
            for purpose in PURPOSES
        ]
        return {**credential, "id": identifier, "credentialStatus": entries}

    def update(self, identifier: str, purpose: str, *, status: bool) -> None:
        """Set or clear one status.

        Raises:
            NotFound: nothing of this id, or no such purpose.
        """
        if identifier not in self.places or purpose not in PURPOSES:
            raise NotFound("credential with this status", identifier)
        place = self.places[identifier]
        self.lists[Purpose(purpose)] = self.lists[Purpose(purpose)].with_bit(place, value=status)

    def signed(self, purpose: str, seal: Seal, url: str, *, now: datetime) -> dict[str, Any]:
        """The list of one purpose as it is now.

        Raises:
            NotFound: no such purpose.
        """
        if purpose not in PURPOSES:
            raise NotFound("status list", purpose)
        moment = now.replace(microsecond=0)
        unsigned = status_list_credential(
            id=url,
            issuer=seal.did,
            status_list=self.lists[Purpose(purpose)],
            valid_from=moment,
            valid_until=moment + VALID_FOR,
            ttl_ms=NO_CACHE_MS,
        )
        fit = (s for s in SUITES.values() if seal.signer.public_key.type in s.key_types)
        return secure(unsigned, seal.signer, now, cryptosuite=next(fit).name)
