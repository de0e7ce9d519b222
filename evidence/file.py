"""What is this file?  Its digest, its length, and what its first bytes say it is.

The media type tells a reader what to expect; it never comes from the file's name, and
never makes a file something that a browser would run.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from proofs.digests import Algorithm, Digest

HEAD_BYTES: Final = 4_096
UNKNOWN: Final = "application/octet-stream"
TEXT: Final = "text/plain"
CONTROLS: Final = frozenset(range(0x20)) - frozenset(b"\t\n\f\r\x1b")

MAGIC: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "application/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (257, b"ustar", "application/x-tar"),
)
"""Offset, bytes found there, media type; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What can be said about a file from its bytes alone."""

    digest: Digest
    size: int
    media_type: str


def examine(chunks: Iterable[bytes], algorithm: Algorithm = Algorithm.SHA384) -> FileFacts:
    """Read a file once, in pieces of any size, keeping only its beginning in memory."""
    head = bytearray()
    size = 0

    def watched() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            size += len(chunk)
            head.extend(chunk[: HEAD_BYTES - len(head)])
            yield chunk

    digest = Digest.of_chunks(watched(), algorithm)
    return FileFacts(digest, size, media_type(bytes(head)))


def media_type(head: bytes) -> str:
    """Name what a file begins like; text is text, whatever language it is written in."""
    for offset, magic, name in MAGIC:
        if head.startswith(magic, offset):
            return name
    return TEXT if _is_text(head[:HEAD_BYTES]) else UNKNOWN


def _is_text(head: bytes) -> bool:
    if not CONTROLS.isdisjoint(head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as fault:
        longest_character = 4
        return len(head) == HEAD_BYTES and fault.start > HEAD_BYTES - longest_character
    return True
