"""What does a status list credential publish?

Bitstring Status List 1.0, sections 2.2 (BitstringStatusListCredential) and 3.2 (Validate
Algorithm).  Whether the credential is in force and comes from the right issuer is for the caller
to judge.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from proofs.errors import MalformedStatusList, StatusListTooShort, StatusPurposeDiffers
from proofs.limits import Limits
from proofs.status.answer import Status
from proofs.status.bitstring import StatusList, expanded
from proofs.status.entry import (
    StatusEntry,
    is_size,
    message_for,
    read_messages,
    types,
)
from proofs.status.kinds import BITSTRING, LARGEST_SIZE, Kind
from schemas.contexts import VC_V2
from schemas.moments import written
from schemas.one_or_many import listed

LONGEST_TTL: Final = 86_400_000
"""Milliseconds: a day; nobody keeps a list for longer, whatever it says."""


@dataclass(frozen=True, slots=True)
class StatusListCredential:
    """A list as published, unpacked once for all the entries that point at it.

    Attributes:
        kind: which generation of the standard.
        purposes: what the list answers for, one or more.
        bits: the list.
        ttl_ms: after how long it should be fetched again, if it says so.
        size: bits per entry, if it says so.
        messages: what the values mean, where the list says so and not the credential.
    """

    kind: Kind
    purposes: tuple[str, ...]
    bits: bytes
    ttl_ms: int | None = None
    size: int | None = None
    messages: tuple[str, ...] = ()

    @property
    def unpacked(self) -> int:
        """How many bytes came out of it."""
        return len(self.bits)

    @classmethod
    def read(
        cls,
        view: Mapping[str, Any],
        address: str,
        kind: Kind = BITSTRING,
        limits: Limits | None = None,
    ) -> Self:
        """Read a list whose proof was verified already.

        Args:
            view: the credential that holds the list.
            address: where it was found, as the entry names it.
            kind: the generation of the entry.
            limits: how much may come out.

        Raises:
            MalformedStatusList: wrong type, wrong address, or a list that cannot be unpacked.
            StatusListTooShort: too few entries to hide in.
        """
        if kind.credential not in types(view):
            raise MalformedStatusList("type", kind.credential)
        if view.get("id", address) != address:
            raise MalformedStatusList("id", "the address that the credential names")
        subject = view.get("credentialSubject")
        if not isinstance(subject, Mapping) or kind.subject not in types(subject):
            raise MalformedStatusList("credentialSubject", f"one object of type {kind.subject}")
        encoded = subject.get("encodedList")
        if not isinstance(encoded, str):
            raise MalformedStatusList("encodedList", "a string")
        size = _size(subject)
        found = cls(
            kind,
            _purposes(subject),
            expanded(encoded, kind, limits or Limits()),
            _ttl(subject),
            size,
            _messages(subject, size or 1),
        )
        found.check_length(1)
        return found

    def check_length(self, size: int) -> None:
        """Refuse a list with too few entries of this size, section 3.2, step 9.

        Raises:
            StatusListTooShort: too few entries to hide in.
        """
        entries = 8 * len(self.bits) // size
        if entries < self.kind.minimum_entries:
            raise StatusListTooShort(entries, self.kind.minimum_entries)

    def list_for(self, entry: StatusEntry) -> StatusList:
        """The list as far as it answers for this entry, section 3.2, steps 5 to 10.

        Raises:
            StatusPurposeDiffers: the list is about something else.
            MalformedStatusList: the list has entries of another size.
            StatusListTooShort: too few entries to hide in.
            IndexOutsideList: the entry points past the end.
        """
        if entry.purpose not in self.purposes:
            raise StatusPurposeDiffers(entry.purpose, self.purposes)
        if self.size not in {None, entry.size}:
            raise MalformedStatusList("statusSize", "the size that the credential names")
        self.check_length(entry.size)
        found = StatusList(entry.purpose, self.bits)
        found.value(entry.index, entry.size)
        return found

    def status(self, entry: StatusEntry) -> Status:
        """What the list says about this entry, section 3.2, steps 10 to 15.

        Raises:
            StatusError: as `list_for`.
        """
        value = self.list_for(entry).value(entry.index, entry.size)
        message = message_for(value, entry.messages or self.messages, entry.size)
        return Status(entry.purpose, value, message, self.kind.deprecated)


def read_status_list(
    view: Mapping[str, Any], entry: StatusEntry, limits: Limits | None = None
) -> StatusList:
    """Take the list for one entry out of a credential whose proof was verified already.

    Raises:
        StatusError: as `StatusListCredential.read` and `StatusListCredential.list_for`.
    """
    found = StatusListCredential.read(view, entry.list_url, entry.kind, limits)
    return found.list_for(entry)


def _purposes(subject: Mapping[str, Any]) -> tuple[str, ...]:
    given = listed(subject.get("statusPurpose"))
    purposes = tuple(purpose for purpose in given if isinstance(purpose, str) and purpose)
    if not purposes or purposes != given:
        raise MalformedStatusList("statusPurpose", "one or more strings")
    return purposes


def _ttl(subject: Mapping[str, Any]) -> int | None:
    """Advice on when to fetch again; what is no number of milliseconds advises nothing."""
    ttl = subject.get("ttl")
    return min(ttl, LONGEST_TTL) if type(ttl) is int and ttl >= 0 else None


def _size(subject: Mapping[str, Any]) -> int | None:
    size = subject.get("statusSize")
    if size is not None and not is_size(size):
        raise MalformedStatusList("statusSize", f"a whole number from 1 to {LARGEST_SIZE}")
    return size


def _messages(subject: Mapping[str, Any], size: int) -> tuple[str, ...]:
    if "statusMessages" not in subject:
        return ()
    try:
        return read_messages(subject["statusMessages"], size)
    except ValueError as error:
        raise MalformedStatusList("statusMessages", str(error)) from None


def status_list_credential(  # noqa: PLR0913 - the members of one document
    *,
    id: str,  # noqa: A002 - the name of the member
    issuer: str | Mapping[str, Any],
    status_list: StatusList,
    valid_from: datetime,
    valid_until: datetime | None,
    ttl_ms: int | None,
) -> dict[str, Any]:
    """The unsigned `BitstringStatusListCredential`, section 2.2."""
    subject: dict[str, Any] = {
        "id": f"{id}#list",
        "type": BITSTRING.subject,
        "statusPurpose": str(status_list.purpose),
        "encodedList": status_list.encode(),
    }
    if ttl_ms is not None:
        subject["ttl"] = ttl_ms
    document: dict[str, Any] = {
        "@context": [VC_V2],
        "id": id,
        "type": ["VerifiableCredential", BITSTRING.credential],
        "issuer": dict(issuer) if isinstance(issuer, Mapping) else issuer,
        "validFrom": written(valid_from),
    }
    if valid_until is not None:
        document["validUntil"] = written(valid_until)
    return document | {"credentialSubject": subject}
