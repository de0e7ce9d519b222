"""How does a folder become one sequence of bytes, the same on every machine?

A tree is written as a POSIX tar archive (pax), the way `git archive` does: owners are
0, times are the commit's, entries are in the order of their bytes.  Links stay links
and may not lead out of the tree; submodules are recorded by their commit, not followed.
"""

import enum
import hashlib
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from evidence.errors import EscapingSymlink, UnsafePath

RECORD_BYTES: Final = tarfile.RECORDSIZE  # archives end on a whole record
_BLOCK: Final = tarfile.BLOCKSIZE


class Mode(enum.IntEnum):
    """What git knows of an entry's kind."""

    FILE = 0o100644
    EXECUTABLE = 0o100755
    SYMLINK = 0o120000
    SUBMODULE = 0o160000


_PERMISSIONS: Final = {
    Mode.FILE: 0o644,
    Mode.EXECUTABLE: 0o755,
    Mode.SYMLINK: 0o777,
    Mode.SUBMODULE: 0o755,
}


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One entry of a tree.

    `data` holds a file's bytes, a link's target, or a submodule's commit in hexadecimal.
    """

    path: str
    mode: Mode
    data: bytes

    def __post_init__(self) -> None:
        """An entry that could write outside its tree cannot exist."""
        _check_path(self.path)
        if self.mode is Mode.SYMLINK:
            _check_target(self.path, self.data)


def _check_path(path: str) -> None:
    parts = path.split("/")
    if not path or any(part in {"", ".", ".."} for part in parts):
        raise UnsafePath(path, "it must be relative, without empty, . and .. parts")
    if "\\" in path or any(ord(symbol) < 0x20 or ord(symbol) == 0x7F for symbol in path):  # noqa: PLR2004 - ASCII controls
        raise UnsafePath(path, "it has a backslash or a control character")
    if any(part.lower() == ".git" for part in parts):
        raise UnsafePath(path, "a part named .git belongs to git")
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        raise UnsafePath(path, "it is not UTF-8") from None


def _check_target(path: str, data: bytes) -> None:
    """Allow `..` only at the beginning of a target, and no more often than the link is deep.

    After the first name a `..` would be resolved through whatever that name links to.
    """
    try:
        target = data.decode("utf-8")
    except UnicodeDecodeError:
        raise EscapingSymlink(path, repr(data)) from None
    parts = target.split("/")
    ups = 0
    while ups < len(parts) and parts[ups] == "..":
        ups += 1
    escapes = not target or target.startswith("/") or "\\" in target or "\0" in target
    if escapes or ups > path.count("/") or ".." in parts[ups:]:
        raise EscapingSymlink(path, target)


def ordered(entries: Iterable[TreeEntry]) -> list[TreeEntry]:
    """Sort entries by the bytes of their paths.

    Raises:
        UnsafePath: two entries at one place, or one below another that is not a folder.
    """
    by_path = {}
    for entry in entries:
        if entry.path in by_path:
            raise UnsafePath(entry.path, "it is there twice")
        by_path[entry.path] = entry
    for path in by_path:
        parts = path.split("/")
        for length in range(1, len(parts)):
            if "/".join(parts[:length]) in by_path:
                raise UnsafePath(path, "it lies below something that is not a folder")
    return sorted(by_path.values(), key=lambda entry: entry.path.encode("utf-8"))


def archive(entries: Iterable[TreeEntry], modified: datetime) -> Iterator[bytes]:
    """Write a tree as a tar archive, piece by piece.

    Args:
        entries: the tree, in any order.
        modified: the time of every entry, to the second; the commit's.

    Raises:
        UnsafePath: two entries at one place, or one below another that is not a folder.
    """
    return _pieces(ordered(entries), int(modified.timestamp()))


def _pieces(entries: Iterable[TreeEntry], seconds: int) -> Iterator[bytes]:
    written = 0
    for entry in entries:
        header = _header(entry, seconds).tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")
        body = entry.data if entry.mode in {Mode.FILE, Mode.EXECUTABLE} else b""
        piece = header + body + bytes(-len(body) % _BLOCK)
        written += len(piece)
        yield piece
    end = 2 * _BLOCK
    yield bytes(end + -(written + end) % RECORD_BYTES)


def _header(entry: TreeEntry, seconds: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(entry.path)
    header.mode = _PERMISSIONS[entry.mode]
    header.mtime = max(0, seconds)
    match entry.mode:
        case Mode.FILE | Mode.EXECUTABLE:
            header.size = len(entry.data)
        case Mode.SYMLINK:
            header.type = tarfile.SYMTYPE
            header.linkname = entry.data.decode("utf-8")
        case Mode.SUBMODULE:
            header.type = tarfile.DIRTYPE
            header.pax_headers = {"comment": f"submodule {entry.data.decode('ascii')}"}
    return header


def tree_id(entries: Iterable[TreeEntry]) -> str:
    """The name that git (SHA-1) gives this tree; a commit names its tree so."""
    return _folder_id([(entry.path.split("/"), entry) for entry in ordered(entries)]).hex()


def _folder_id(entries: list[tuple[list[str], TreeEntry]]) -> bytes:
    lines: dict[bytes, bytes] = {}
    folders: dict[str, list[tuple[list[str], TreeEntry]]] = {}
    for (name, *rest), entry in entries:
        if rest:
            folders.setdefault(name, []).append((rest, entry))
        else:
            encoded = name.encode("utf-8")
            lines[encoded] = b"%o %b\0%b" % (entry.mode, encoded, _entry_id(entry))
    for name, inside in folders.items():
        encoded = name.encode("utf-8")
        lines[encoded + b"/"] = b"40000 %b\0%b" % (encoded, _folder_id(inside))
    return object_id("tree", b"".join(lines[key] for key in sorted(lines)))


def _entry_id(entry: TreeEntry) -> bytes:
    if entry.mode is Mode.SUBMODULE:
        return bytes.fromhex(entry.data.decode("ascii"))
    return object_id("blob", entry.data)


def object_id(kind: str, data: bytes) -> bytes:
    """Name an object as git does; SHA-1 here is a name, our own digests are what is trusted."""
    return hashlib.sha1(
        b"%b %d\0" % (kind.encode("ascii"), len(data)) + data, usedforsecurity=False
    ).digest()
