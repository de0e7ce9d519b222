"""Was a credential withdrawn?

Bitstring Status List 1.0.  The list arrives here already fetched, with its own
proof already verified; this module only reads and writes bits.
"""

import base64
import binascii
import enum
import gzip
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Self

from proofs.errors import (
    IndexOutsideList,
    MalformedStatusEntry,
    MalformedStatusList,
    StatusListTooShort,
    StatusPurposeDiffers,
)
from proofs.limits import Limits
from schemas.contexts import VC_V2

ENTRY_TYPE: Final = "BitstringStatusListEntry"
CREDENTIAL_TYPE: Final = "BitstringStatusListCredential"
LIST_TYPE: Final = "BitstringStatusList"
MINIMUM_ENTRIES: Final = 131_072  # section 3.2, step 2: fewer entries reveal who is meant
LARGEST_SIZE: Final = 8  # bits per entry that we read

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,11}", re.ASCII)
_ENCODED: Final = re.compile(r"u[A-Za-z0-9_-]+", re.ASCII)
_GZIP_WINDOW: Final = 31  # zlib: gzip header and trailer, and nothing else


class Purpose(enum.StrEnum):
    """What a set bit means, section 2.1."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    REFRESH = "refresh"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """Where a credential says its own status is, section 2.1."""

    id: str | None
    purpose: Purpose
    index: int
    list_url: str
    size: int = 1

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> Self:
        """Read one `credentialStatus` object.

        Raises:
            MalformedStatusEntry: a member is missing or is not what section 2.1 demands.
        """
        if ENTRY_TYPE not in _types(entry):
            raise MalformedStatusEntry("type", ENTRY_TYPE)
        identifier = entry.get("id")
        if identifier is not None and not isinstance(identifier, str):
            raise MalformedStatusEntry("id", "a URL")
        index = entry.get("statusListIndex")
        if not isinstance(index, str) or not _INDEX.fullmatch(index):
            raise MalformedStatusEntry("statusListIndex", "a whole number written as a string")
        url = entry.get("statusListCredential")
        if not isinstance(url, str) or not url:
            raise MalformedStatusEntry("statusListCredential", "a URL")
        return cls(identifier, _purpose(entry), int(index), url, _size(entry))


def _purpose(entry: Mapping[str, Any]) -> Purpose:
    try:
        return Purpose(str(entry.get("statusPurpose")))
    except ValueError:
        expected = f"one of {', '.join(Purpose)}"
        raise MalformedStatusEntry("statusPurpose", expected) from None


def _size(entry: Mapping[str, Any]) -> int:
    size = entry.get("statusSize", 1)
    if type(size) is not int or not 1 <= size <= LARGEST_SIZE:
        raise MalformedStatusEntry("statusSize", f"a whole number from 1 to {LARGEST_SIZE}")
    return size


def _types(view: Mapping[str, Any]) -> tuple[object, ...]:
    types = view.get("type")
    return tuple(types) if isinstance(types, (list, tuple)) else (types,)


@dataclass(frozen=True, slots=True)
class StatusList:
    """A decoded list; the entry with index 0 is the left-most bit, section 2.2."""

    purpose: Purpose
    bits: bytes

    @classmethod
    def blank(cls, purpose: Purpose, size: int = MINIMUM_ENTRIES) -> Self:
        """Begin a list of `size` entries in which nothing is set.

        Raises:
            StatusListTooShort: fewer entries than section 3.2 allows.
            MalformedStatusList: the entries do not fill whole bytes.
        """
        if size < MINIMUM_ENTRIES:
            raise StatusListTooShort(size, MINIMUM_ENTRIES)
        if size % 8:
            raise MalformedStatusList("size", "a multiple of 8")
        return cls(purpose, bytes(size // 8))

    @property
    def entries(self) -> int:
        """How many single bits the list has."""
        return 8 * len(self.bits)

    def is_set(self, index: int) -> bool:
        """Read one bit.

        Raises:
            IndexOutsideList: there is no such bit.
        """
        return bool(self.value(index))

    def value(self, index: int, size: int = 1) -> int:
        """Read the status at `index` where each takes `size` bits, section 3.2, step 10.

        Raises:
            IndexOutsideList: there is no such entry.
        """
        if not 0 <= index < self.entries // size:
            raise IndexOutsideList(index, self.entries // size)
        first = index * size
        start, stop = first // 8, (first + size + 7) // 8
        window = int.from_bytes(self.bits[start:stop], "big")
        return window >> (8 * stop - first - size) & ((1 << size) - 1)

    def with_bit(self, index: int, value: bool) -> Self:  # noqa: FBT001 - the bit is the value
        """The same list with one bit as given.

        Raises:
            IndexOutsideList: there is no such bit.
        """
        if not 0 <= index < self.entries:
            raise IndexOutsideList(index, self.entries)
        changed = bytearray(self.bits)
        mask = 0x80 >> index % 8
        changed[index // 8] = changed[index // 8] & ~mask | (mask if value else 0)
        return type(self)(self.purpose, bytes(changed))

    def encode(self) -> str:
        """Bitstring Generation, section 3.3: gzip, then base64url behind `u`."""
        packed = gzip.compress(self.bits, mtime=0)
        return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")

    @classmethod
    def decode(cls, encoded: str, purpose: Purpose, limits: Limits | None = None) -> Self:
        """Bitstring Expansion, section 3.4, with a bound on what may come out.

        Raises:
            MalformedStatusList: wrong base, not gzip, damaged, or too large.
            StatusListTooShort: fewer entries than section 3.2 allows.
        """
        limits = limits or Limits()
        if len(encoded) > limits.compressed_characters:
            expected = f"at most {limits.compressed_characters} characters"
            raise MalformedStatusList("encodedList", expected)
        if not _ENCODED.fullmatch(encoded):
            raise MalformedStatusList(
                "encodedList", "base64url without padding, after the letter u"
            )
        try:
            packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        except binascii.Error:
            raise MalformedStatusList("encodedList", "base64url of whole bytes") from None
        bits = _gunzip(packed, limits.decompressed_bytes)
        if 8 * len(bits) < MINIMUM_ENTRIES:
            raise StatusListTooShort(8 * len(bits), MINIMUM_ENTRIES)
        return cls(purpose, bits)


def _gunzip(packed: bytes, limit: int) -> bytes:
    reader = zlib.decompressobj(wbits=_GZIP_WINDOW)
    try:
        bits = reader.decompress(packed, limit + 1)
    except zlib.error:
        raise MalformedStatusList("encodedList", "gzip data") from None
    if len(bits) > limit:
        raise MalformedStatusList("encodedList", f"at most {limit} bytes when unpacked")
    if not reader.eof or reader.unused_data:
        raise MalformedStatusList("encodedList", "one whole gzip member, not cut, nothing after it")
    return bits


def read_status_list(
    view: Mapping[str, Any], entry: StatusEntry, limits: Limits | None = None
) -> StatusList:
    """Take the list out of a status list credential whose proof was verified already.

    Steps 5 to 9 of section 3.2.  Whether the credential is in force and comes from
    the right issuer is for the caller to judge.

    Raises:
        MalformedStatusList: wrong type, wrong address, or an encoded list that cannot be read.
        StatusPurposeDiffers: the list is about something else.
        StatusListTooShort: too few entries.
        IndexOutsideList: the entry points past the end.
    """
    if CREDENTIAL_TYPE not in _types(view):
        raise MalformedStatusList("type", CREDENTIAL_TYPE)
    if view.get("id", entry.list_url) != entry.list_url:
        raise MalformedStatusList("id", "the address that the credential names")
    subject = view.get("credentialSubject")
    if not isinstance(subject, Mapping) or LIST_TYPE not in _types(subject):
        raise MalformedStatusList("credentialSubject", f"one object of type {LIST_TYPE}")
    purposes = subject.get("statusPurpose")
    published = tuple(purposes) if isinstance(purposes, (list, tuple)) else (purposes,)
    if entry.purpose.value not in published:
        raise StatusPurposeDiffers(entry.purpose.value, map(str, published))
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise MalformedStatusList("encodedList", "a string")
    found = StatusList.decode(encoded, entry.purpose, limits)
    if found.entries // entry.size < MINIMUM_ENTRIES:
        raise StatusListTooShort(found.entries // entry.size, MINIMUM_ENTRIES)
    found.value(entry.index, entry.size)
    return found


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
        "type": LIST_TYPE,
        "statusPurpose": status_list.purpose.value,
        "encodedList": status_list.encode(),
    }
    if ttl_ms is not None:
        subject["ttl"] = ttl_ms
    document: dict[str, Any] = {
        "@context": [VC_V2],
        "id": id,
        "type": ["VerifiableCredential", CREDENTIAL_TYPE],
        "issuer": dict(issuer) if isinstance(issuer, Mapping) else issuer,
        "validFrom": _timestamp(valid_from),
    }
    if valid_until is not None:
        document["validUntil"] = _timestamp(valid_until)
    return document | {"credentialSubject": subject}


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
