"""Is a credential on its issuer's list of withdrawn ones?

1EdTech Revocation List Status Method 1.0, which comes with Open Badges 3.0: a plain list of the
`id`s of withdrawn credentials.  Nobody signs it, so it is worth as much as the place it came from;
that is for the caller to judge.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Self

from proofs.errors import MalformedStatusEntry, MalformedStatusList
from proofs.status.answer import Purpose, Status
from proofs.status.entry import is_url, types
from schemas.data_model.identifiers import identifier
from schemas.one_or_many import listed

TYPE: Final = "1EdTechRevocationList"
MEMBERS: Final = ("revokedCredential", "revokedCredentials")
"""The name that the standard gives its list, and the one that its first drafts gave it."""


@dataclass(frozen=True, slots=True)
class RevocationListEntry:
    """The `credentialStatus` object: only the address of the list."""

    list_url: str

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> Self:
        """Read one `credentialStatus` object.

        Raises:
            MalformedStatusEntry: another type, or no address.
        """
        if TYPE not in types(entry):
            raise MalformedStatusEntry("type", TYPE)
        url = entry.get("id")
        if not is_url(url):
            raise MalformedStatusEntry("id", "the URL of the list")
        return cls(str(url))


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list as published: whose it is, and why each credential on it was withdrawn."""

    issuer: str
    withdrawn: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, view: Mapping[str, Any], address: str) -> Self:
        """Read what is at the address of the list.

        Raises:
            MalformedStatusList: the list of another address, of nobody, or no list at all.
        """
        if view.get("id", address) != address:
            raise MalformedStatusList("id", "the address that the credential names")
        issuer = identifier(view.get("issuer"))
        if not issuer:
            raise MalformedStatusList("issuer", "the address of who publishes the list")
        named = [view[member] for member in MEMBERS if member in view]
        if not named:
            raise MalformedStatusList(MEMBERS[0], "a list")
        entries = [_entry(item) for value in named for item in listed(value)]
        withdrawn = {name: why for name, why, revoked in entries if revoked}
        return cls(issuer, MappingProxyType(withdrawn))

    def status(self, credential_id: str) -> Status:
        """What the list says about a credential: withdrawn and why, or not withdrawn."""
        why = self.withdrawn.get(credential_id)
        return Status(Purpose.REVOCATION, int(why is not None), why or "")


def _entry(item: object) -> tuple[str, str, bool]:
    """Id and reason of an entry, and whether it is one of a withdrawn credential."""
    if not isinstance(item, Mapping):
        raise MalformedStatusList(MEMBERS[0], "a list of objects")
    name, reason = item.get("id"), item.get("revocationReason")
    revoked = item.get("revoked", True)
    if not isinstance(name, str) or not isinstance(revoked, bool):
        raise MalformedStatusList(MEMBERS[0], "a list of objects with an `id`, `revoked` or not")
    return name, reason if isinstance(reason, str) else "", revoked
