"""Which commit is this?

A commit is named by git with SHA-1 (40 hexadecimal digits) or SHA-256 (64), and to the
world by its SWHID (Software Hash Identifiers 1.2, ISO/IEC 18670), `swh:1:rev:…`, which
stays the same wherever the repository moves.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from evidence.errors import MalformedCommit
from evidence.tree import object_id

_NAME: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)
_SWHID: Final = re.compile(r"swh:1:rev:([0-9a-f]{40})", re.ASCII)
_COMMITTED: Final = re.compile(r"committer .*> ([0-9]{1,11}) [+-][0-9]{4}", re.ASCII)
_SHA1_DIGITS: Final = 40


@dataclass(frozen=True, slots=True)
class CommitId:
    """The full name of a commit."""

    hex: str

    def __post_init__(self) -> None:
        """An abbreviated or upper-case name cannot exist."""
        if not _NAME.fullmatch(self.hex):
            raise MalformedCommit("40 or 64 lower-case hexadecimal digits")

    @classmethod
    def of(cls, raw: bytes) -> Self:
        """Name the commit whose object has these bytes, in a SHA-1 repository."""
        return cls(object_id("commit", raw).hex())

    @classmethod
    def parse_swhid(cls, text: str) -> Self:
        """Read `swh:1:rev:…`.

        Raises:
            MalformedCommit: another kind of object, or qualifiers after it.
        """
        matched = _SWHID.fullmatch(text)
        if matched is None:
            raise MalformedCommit("swh:1:rev: and 40 lower-case hexadecimal digits")
        return cls(matched[1])

    @property
    def swhid(self) -> str | None:
        """The SWHID; none for repositories that use SHA-256, for which there is none yet."""
        return f"swh:1:rev:{self.hex}" if len(self.hex) == _SHA1_DIGITS else None

    def __str__(self) -> str:
        return self.hex


@dataclass(frozen=True, slots=True)
class Commit:
    """What a commit says about itself; who wrote it is left out, that is personal data."""

    id: CommitId
    tree: str
    parents: tuple[CommitId, ...]
    committed_at: datetime
    subject: str

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """Read a commit object as `git cat-file commit` gives it (SHA-1 repositories).

        Raises:
            MalformedCommit: the bytes are not those of a commit.
        """
        header, _, message = raw.decode("utf-8", "replace").partition("\n\n")
        lines = header.split("\n")
        if not lines[0].startswith("tree "):
            raise MalformedCommit("a first line that names the tree")
        tree = CommitId(lines[0].removeprefix("tree ")).hex
        parents = tuple(
            CommitId(line.removeprefix("parent ")) for line in lines if line.startswith("parent ")
        )
        committed = [matched for line in lines if (matched := _COMMITTED.fullmatch(line))]
        if not committed:
            raise MalformedCommit("a committer with a time")
        moment = datetime.fromtimestamp(int(committed[0][1]), UTC)
        subject = message.lstrip("\n").partition("\n")[0]
        return cls(CommitId.of(raw), tree, parents, moment, subject)
