"""With what does an organisation sign?"""

from dataclasses import dataclass

from keys.signer import Signer
from schemas.profile import Profile


@dataclass(frozen=True, slots=True)
class Seal:
    """An organisation as it appears in what it signs, and its signer.

    `holds` says that its credentials can be put on hold, for which they carry a second entry.
    """

    organisation_id: str
    did: str
    name: str
    url: str
    signer: Signer
    holds: bool = False

    @property
    def profile(self) -> Profile:
        """The `issuer` of a credential."""
        return Profile(id=self.did, name=self.name, url=self.url)
