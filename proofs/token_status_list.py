"""What does a Token Status List say about a token?

Token Status List (IETF, draft-ietf-oauth-status-list), sections 4.2 (JSON), 5.1 (Status List
Token), 6.2 (the `status` claim) and 7.1 (Status Types).  The token arrives here with its
signature already verified; `typ` is for whoever verified it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Self

from proofs.errors import IndexOutsideList, MalformedStatusEntry, MalformedStatusList
from proofs.jose.claims import numeric_date
from proofs.limits import Limits
from proofs.status.answer import Purpose, Status
from proofs.status.entry import is_url
from proofs.status.unpacking import Packing, unpack

TYPE: Final = "statuslist+jwt"
MEDIA_TYPE: Final = f"application/{TYPE}"
SIZES: Final = frozenset({1, 2, 4, 8})
LONGEST_TTL: Final = 86_400
"""Seconds: a day; nobody keeps a list for longer, whatever it says."""

VALID, INVALID, SUSPENDED = 0, 1, 2
TYPES: Final = MappingProxyType(
    {
        VALID: Status(Purpose.REVOCATION, 0, "VALID"),
        INVALID: Status(Purpose.REVOCATION, INVALID, "INVALID"),
        SUSPENDED: Status(Purpose.SUSPENSION, SUSPENDED, "SUSPENDED"),
    }
)
"""Section 7.1; every other value is reserved, or means what an application says."""

OTHER: Final = "application-specific"


@dataclass(frozen=True, slots=True)
class TokenStatusEntry:
    """Where a token says its status is: `status_list` within the `status` claim, section 6.2."""

    index: int
    list_url: str

    @classmethod
    def read(cls, status: Mapping[str, Any]) -> Self:
        """Read a `status` claim.

        Raises:
            MalformedStatusEntry: no `status_list`, or a member that is not what it must be.
        """
        entry = status.get("status_list")
        if not isinstance(entry, Mapping):
            raise MalformedStatusEntry("status_list", "an object; other kinds are not read")
        index, url = entry.get("idx"), entry.get("uri")
        if type(index) is not int or index < 0:
            raise MalformedStatusEntry("status_list.idx", "a whole number, 0 or more")
        if not is_url(url):
            raise MalformedStatusEntry("status_list.uri", "a URL")
        return cls(index, str(url))


@dataclass(frozen=True, slots=True)
class TokenStatusList:
    """A list as published: its lowest bits first within each byte, section 4.1.

    Attributes:
        size: bits per token.
        data: the list.
        issued_at: when it was made.
        expires: from when it says nothing any more.
        not_before: until when it says nothing yet.
        ttl: after how many seconds it should be fetched again.
    """

    size: int
    data: bytes
    issued_at: datetime
    expires: datetime | None = None
    not_before: datetime | None = None
    ttl: float | None = None

    @classmethod
    def read(cls, claims: Mapping[str, Any], uri: str, limits: Limits | None = None) -> Self:
        """Read the claims of a Status List Token, section 5.1.

        Args:
            claims: the payload.
            uri: the address that the token to be judged names.
            limits: how much may come out.

        Raises:
            MalformedStatusList: a claim is missing or is not what it must be.
            MalformedJws: a time that cannot be read.
        """
        if claims.get("sub") != uri:
            raise MalformedStatusList("sub", "the address that the credential names")
        issued_at = numeric_date(claims, "iat")
        if issued_at is None:
            raise MalformedStatusList("iat", "the time when the list was made")
        size, data = _unpacked(claims.get("status_list"), limits or Limits())
        return cls(
            size,
            data,
            issued_at,
            numeric_date(claims, "exp"),
            numeric_date(claims, "nbf"),
            _ttl(claims),
        )

    @property
    def unpacked(self) -> int:
        """How many bytes came out of it."""
        return len(self.data)

    @property
    def entries(self) -> int:
        """How many tokens the list has a place for."""
        return 8 * len(self.data) // self.size

    def value(self, index: int) -> int:
        """The Status Type at a place.

        Raises:
            IndexOutsideList: there is no such place.
        """
        if not 0 <= index < self.entries:
            raise IndexOutsideList(index, self.entries)
        first = index * self.size
        return self.data[first // 8] >> first % 8 & ((1 << self.size) - 1)

    def status(self, index: int) -> Status:
        """What the list says about the token at a place.

        Raises:
            IndexOutsideList: there is no such place.
        """
        value = self.value(index)
        return TYPES.get(value) or Status(OTHER, value, f"status type 0x{value:02X}")


def _unpacked(given: object, limits: Limits) -> tuple[int, bytes]:
    if not isinstance(given, Mapping):
        raise MalformedStatusList("status_list", "an object")
    size, text = given.get("bits"), given.get("lst")
    if type(size) is not int or size not in SIZES:
        raise MalformedStatusList("bits", f"one of {', '.join(map(str, sorted(SIZES)))}")
    if not isinstance(text, str):
        raise MalformedStatusList("lst", "a string")
    return size, unpack(text, Packing.ZLIB, "lst", limits)


def _ttl(claims: Mapping[str, Any]) -> float | None:
    if "ttl" not in claims:
        return None
    ttl = claims["ttl"]
    if isinstance(ttl, bool) or not isinstance(ttl, (int, float)) or ttl <= 0:
        raise MalformedStatusList("ttl", "a positive number")
    return min(ttl, LONGEST_TTL)
