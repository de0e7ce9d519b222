"""Where are the bytes of evidence kept?

In a folder, each file under its SHA-384: the same bytes are kept once, and a file that is there
is there whole (temporary file, fsync, rename, fsync of the folder).
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from evidence.file import FileFacts, examine
from issuer.errors import ArtifactTooLarge, EvidenceDamaged
from proofs.digests import Digest

LARGEST: Final = 200_000_000  # bytes; one artifact, packed as a tar


class EvidenceStore:
    """A content-addressed folder."""

    def __init__(self, folder: Path, *, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest

    def put(self, chunks: Iterable[bytes]) -> FileFacts:
        """Keep a file; when this returns, a power cut cannot take it away.

        Raises:
            ArtifactTooLarge: more bytes than we keep.
            EvidenceDamaged: another file lies under this digest.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / f".{secrets.token_hex(16)}"
        try:
            with temporary.open("xb") as file:
                facts = examine(self._written(chunks, file))
                file.flush()
                os.fsync(file.fileno())
            self._move_in(temporary, facts)
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
        return facts

    def open(self, digest: Digest) -> BinaryIO | None:
        """The file with this digest; whoever takes it closes it."""
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError:
            return None

    def _written(self, chunks: Iterable[bytes], file: BinaryIO) -> Iterator[bytes]:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > self._largest:
                raise ArtifactTooLarge("bytes", self._largest)
            file.write(chunk)
            yield chunk

    def _move_in(self, temporary: Path, facts: FileFacts) -> None:
        path = self._path(facts.digest)
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            if path.stat().st_size != facts.size:
                raise EvidenceDamaged(facts.digest.multibase)
            return
        temporary.chmod(0o644)
        temporary.rename(path)
        for folder in (path.parent, self._folder):
            _sync(folder)

    def _path(self, digest: Digest) -> Path:
        return self._folder / digest.hex[:2] / digest.hex


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
