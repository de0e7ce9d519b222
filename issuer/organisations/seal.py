"""With what does an organisation sign?"""

from dataclasses import dataclass

from keys.signer import Signer
from schemas.profile import Profile


@dataclass(frozen=True, slots=True)
class Seal:
    """An organisation as it appears in what it signs, and its signers.

    `signer` signs what we issue ourselves; `more_signers` have keys of other kinds, for what
    others ask to be signed in other ways.  `holds` says that its credentials can be put on hold,
    for which they carry a second entry.
    """

    organisation_id: str
    did: str
    name: str
    url: str
    signer: Signer
    holds: bool = False
    more_signers: tuple[Signer, ...] = ()

    @property
    def signers(self) -> tuple[Signer, ...]:
        """All of them, the first choice first."""
        return (self.signer, *self.more_signers)

    @property
    def profile(self) -> Profile:
        """The `issuer` of a credential."""
        return Profile(id=self.did, name=self.name, url=self.url)
