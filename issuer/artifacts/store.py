"""Where are the bytes of evidence kept?

In a folder, each file under its SHA-384: the same bytes are kept once, and a file that is there
is there whole (temporary file, fsync, rename, fsync of the folder).
"""

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
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
            facts = self._write(temporary, chunks)
            if not self._is_kept(facts):
                for folder in (self._rename(temporary, facts), self._folder):
                    _sync(folder)
        finally:
            temporary.unlink(missing_ok=True)
        return facts

    def keep(self, documents: Sequence[bytes]) -> list[FileFacts]:
        """Keep many small files; when this returns, a power cut can take none of them away.

        The same as `put` for each, but folders are synchronized once for all of them.

        Raises:
            ArtifactTooLarge: more bytes than we keep.
            EvidenceDamaged: another file lies under one of the digests.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        found: list[FileFacts] = []
        folders = set()
        for data in documents:
            facts = examine([data])
            found.append(facts)
            if not self._is_kept(facts):
                temporary = self._folder / f".{secrets.token_hex(16)}"
                try:
                    self._write(temporary, [data])
                    folders.add(self._rename(temporary, facts))
                finally:
                    temporary.unlink(missing_ok=True)
        if folders:
            for folder in (*folders, self._folder):
                _sync(folder)
        return found

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

    def _write(self, temporary: Path, chunks: Iterable[bytes]) -> FileFacts:
        with temporary.open("xb") as file:
            facts = examine(self._written(chunks, file))
            file.flush()
            os.fsync(file.fileno())
        return facts

    def _is_kept(self, facts: FileFacts) -> bool:
        """Whether it is there already."""
        try:
            size = self._path(facts.digest).stat().st_size
        except FileNotFoundError:
            return False
        if size != facts.size:
            raise EvidenceDamaged(facts.digest.multibase)
        return True

    def _rename(self, temporary: Path, facts: FileFacts) -> Path:
        """Give it its name; the folder that has to be synchronized."""
        path = self._path(facts.digest)
        path.parent.mkdir(exist_ok=True)
        temporary.chmod(0o644)
        temporary.rename(path)
        return path.parent

    def _path(self, digest: Digest) -> Path:
        return self._folder / digest.hex[:2] / digest.hex


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
