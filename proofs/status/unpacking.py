"""Which bytes does a packed list hold, and how many may there be?

A few kilobytes can unpack to gigabytes, so nothing is unpacked without a bound.
"""

import base64
import binascii
import enum
import re
import zlib
from typing import Final

from proofs.errors import MalformedStatusList
from proofs.limits import Limits

_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]+={0,2}", re.ASCII)


class Packing(enum.Enum):
    """A format of packed data, and what zlib needs to know to read nothing else."""

    GZIP = ("gzip", 31)  # RFC 1952
    ZLIB = ("zlib", 15)  # RFC 1950

    @property
    def title(self) -> str:
        """Its name."""
        return self.value[0]


def unpack(text: str, packing: Packing, member: str, limits: Limits) -> bytes:
    """Take bytes out of base64url (without padding) and out of their packing.

    Raises:
        MalformedStatusList: not base64url, not packed so, damaged, cut, or too large.
    """
    _check_length(text, member, limits)
    if not _BASE64URL.fullmatch(text):
        raise MalformedStatusList(member, "base64url without padding")
    return _inflated(text, packing, member, limits)


def unpack_leniently(text: str, packing: Packing, member: str, limits: Limits) -> bytes:
    """The same out of either alphabet of base64, padded or not.

    Raises:
        MalformedStatusList: as `unpack`.
    """
    _check_length(text, member, limits)
    if not _BASE64.fullmatch(text):
        raise MalformedStatusList(member, "base64 or base64url")
    url_safe = text.rstrip("=").replace("+", "-").replace("/", "_")
    return _inflated(url_safe, packing, member, limits)


def _check_length(text: str, member: str, limits: Limits) -> None:
    if len(text) > limits.compressed_characters:
        raise MalformedStatusList(member, f"at most {limits.compressed_characters} characters")


def _inflated(text: str, packing: Packing, member: str, limits: Limits) -> bytes:
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise MalformedStatusList(member, "base64url of whole bytes") from None
    title, window = packing.value
    limit = limits.decompressed_bytes
    reader = zlib.decompressobj(wbits=window)
    try:
        unpacked = reader.decompress(packed, limit + 1)
    except zlib.error:
        raise MalformedStatusList(member, f"{title} data") from None
    if len(unpacked) > limit:
        raise MalformedStatusList(member, f"at most {limit} bytes when unpacked")
    if not reader.eof or reader.unused_data:
        raise MalformedStatusList(member, f"one whole piece of {title} data, nothing after it")
    return unpacked
