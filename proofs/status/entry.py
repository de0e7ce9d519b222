"""Where does a credential say its own status is?

Bitstring Status List 1.0, section 2.1 (BitstringStatusListEntry).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from proofs.errors import MalformedStatusEntry
from proofs.status.answer import purpose_of
from proofs.status.kinds import BITSTRING, KINDS, LARGEST_SIZE, Kind
from schemas.one_or_many import listed

UNSET, SET = "unset", "set"
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,11}", re.ASCII)
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", re.ASCII)
_HEXADECIMAL: Final = re.compile(r"0[xX][0-9A-Fa-f]{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One `credentialStatus` object.

    Attributes:
        id: its address, which plays no part.
        purpose: what the status is about.
        index: which entry of the list.
        list_url: where the list is published.
        size: bits per entry of the list.
        messages: what each value means, the value being the index; empty if not said.
        references: where the messages are explained.
        kind: which generation of the standard.
    """

    id: str | None
    purpose: str
    index: int
    list_url: str
    size: int = 1
    messages: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    kind: Kind = BITSTRING

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> Self:
        """Read one `credentialStatus` object of any kind that we know.

        Raises:
            MalformedStatusEntry: a member is missing or is not what section 2.1 demands.
        """
        kind = _kind(entry)
        url = entry.get("statusListCredential")
        if not is_url(url):
            raise MalformedStatusEntry("statusListCredential", "a URL")
        identifier = entry.get("id")
        if identifier is not None and (not isinstance(identifier, str) or identifier == url):
            raise MalformedStatusEntry("id", "a URL, and not that of the list")
        index = entry.get("statusListIndex")
        if not isinstance(index, str) or not _INDEX.fullmatch(index):
            raise MalformedStatusEntry("statusListIndex", "a whole number written as a string")
        size = _size(entry)
        return cls(
            identifier,
            _purpose(entry),
            int(index),
            str(url),
            size,
            _messages(entry, size),
            _references(entry),
            kind,
        )

    def document(self) -> dict[str, Any]:
        """The entry as a credential carries it, section 2.1.

        The messages stand here, where the issuer commits itself to them, and not in the list:
        its `statusMessages` and `statusSize` of section 2.2 are terms of no context, so that a
        list that has them cannot be signed.

        Raises:
            MalformedStatusEntry: nobody could read it.
        """
        made: dict[str, Any] = {} if self.id is None else {"id": self.id}
        made |= {
            "type": self.kind.entry,
            "statusPurpose": str(self.purpose),
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_url,
        }
        if self.size != 1:
            made["statusSize"] = self.size
        if self.messages:
            made["statusMessage"] = [
                {"status": f"{value:#x}", "message": message}
                for value, message in enumerate(self.messages)
            ]
        if self.references:
            made["statusReference"] = list(self.references)
        type(self).read(made)
        return made

    def message(self, value: int) -> str:
        """What a value means; a single bit without messages is "set" or "unset"."""
        return message_for(value, self.messages, self.size)


def message_for(value: int, messages: tuple[str, ...], size: int) -> str:
    """What a value means by these messages, which may be none."""
    if messages:
        return messages[value]
    return (SET if value else UNSET) if size == 1 else ""


def types(view: Mapping[str, Any]) -> tuple[object, ...]:
    """The types of an object, written as one or as a list."""
    return listed(view.get("type"))


def is_url(value: object) -> bool:
    """Whether this is an absolute URL; which ones are fetched is for the fetcher to say."""
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def is_size(value: object) -> bool:
    """Whether this is a number of bits that we read."""
    return type(value) is int and 1 <= value <= LARGEST_SIZE


def read_messages(value: object, size: int) -> tuple[str, ...]:
    """The messages of a `statusMessage`, by the values that they stand for.

    Raises:
        ValueError: not one message for each value; the text says what it must be.
    """
    count = 1 << size
    expected = f"a list of {count} objects, one for each value of {size} bits"
    if not isinstance(value, (list, tuple)) or len(value) != count:
        raise ValueError(expected)
    found: dict[int, str] = {}
    for item in value:
        status, message = _pair(item)
        if not _HEXADECIMAL.fullmatch(status):
            raise ValueError("a list of objects with `status` as a hexadecimal number after 0x")
        found[int(status, 16)] = message
    if found.keys() != set(range(count)):
        raise ValueError(expected)
    return tuple(found[value] for value in range(count))


def _pair(item: object) -> tuple[str, str]:
    match item:
        case {"status": str(status), "message": str(message)}:
            return status, message
        case _:
            raise ValueError("a list of objects with `status` and `message`, both strings")


def _kind(entry: Mapping[str, Any]) -> Kind:
    written = types(entry)
    for name, kind in KINDS.items():
        if name in written:
            return kind
    raise MalformedStatusEntry("type", " or ".join(KINDS))


def _purpose(entry: Mapping[str, Any]) -> str:
    purpose = entry.get("statusPurpose")
    if not isinstance(purpose, str) or not purpose:
        raise MalformedStatusEntry("statusPurpose", "a string")
    return purpose_of(purpose)


def _size(entry: Mapping[str, Any]) -> int:
    size = entry.get("statusSize", 1)
    if not is_size(size):
        raise MalformedStatusEntry("statusSize", f"a whole number from 1 to {LARGEST_SIZE}")
    return int(size)


def _messages(entry: Mapping[str, Any], size: int) -> tuple[str, ...]:
    if size == 1 and "statusMessage" not in entry:
        return ()
    try:
        return read_messages(entry.get("statusMessage"), size)
    except ValueError as error:
        raise MalformedStatusEntry("statusMessage", str(error)) from None


def _references(entry: Mapping[str, Any]) -> tuple[str, ...]:
    if "statusReference" not in entry:
        return ()
    given = listed(entry["statusReference"])
    if not all(map(is_url, given)):
        raise MalformedStatusEntry("statusReference", "a URL, or a list of URLs")
    return tuple(map(str, given))
