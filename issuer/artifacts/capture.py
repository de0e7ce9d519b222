"""How does a repository at a commit become one frozen file?

The commit's tree is read object by object, checked against the name that git gives it, and
written as a tar whose bytes are the same on every machine (`evidence.tree`).
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence.commit import Commit
from evidence.errors import EvidenceError
from evidence.file import FileFacts
from evidence.tree import Mode, TreeEntry, archive, tree_id
from issuer.artifacts.git import Git
from issuer.artifacts.store import EvidenceStore
from issuer.errors import ArtifactTooLarge, NoSuchArtifact
from service.reachability import Pinned

MOST_ENTRIES: Final = 20_000
MOST_BYTES: Final = 100_000_000
SHA1_DIGITS: Final = 40


@dataclass(frozen=True, slots=True)
class Captured:
    """A frozen artifact: what the store keeps, and where it came from."""

    facts: FileFacts
    commit: Commit
    source: str | None


def capture_folder(folder: Path, revision: str, store: EvidenceStore) -> Captured:
    """Freeze a commit of a repository on this machine; never for an address from a request.

    Raises:
        NoSuchArtifact: no repository, or no such commit.
        ArtifactTooLarge: more than we keep.
        EvidenceError: the tree holds paths or links that lead out of it.
    """
    if not folder.is_dir():
        raise NoSuchArtifact(str(folder), "there is no such folder")
    return _capture(Git(folder.resolve(), MOST_BYTES), revision, str(folder), None, store)


def capture_https(address: Pinned, revision: str, store: EvidenceStore) -> Captured:
    """Freeze a commit of a public repository.

    Args:
        address: checked by `service.reachability.check_url`; git connects to that machine only.
        revision: a full commit name, a branch or a tag.
        store: where it is kept.

    Raises:
        NoSuchArtifact: nothing there, a redirect, or no answer in time.
        ArtifactTooLarge: more than we keep.
        EvidenceError: the tree holds paths or links that lead out of it.
    """
    url = str(address.url)
    if revision.startswith("-"):
        raise NoSuchArtifact(url, "a revision does not begin with a dash")
    with tempfile.TemporaryDirectory(prefix="skillmark-") as folder:
        git = Git(Path(folder), MOST_BYTES)
        git.run("init", "--quiet", "--bare", what=url)
        git.run(
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            "--",
            url,
            revision,
            settings=[f"http.curloptResolve={address.curl_resolve}"],
            what=url,
        )
        return _capture(git, "FETCH_HEAD", url, url, store)


def _capture(
    git: Git, revision: str, what: str, source: str | None, store: EvidenceStore
) -> Captured:
    name = _commit_name(git, revision, what)
    if len(name) != SHA1_DIGITS:
        raise NoSuchArtifact(what, "only repositories with SHA-1 names can be read yet")
    commit = Commit.read(git.run("cat-file", "commit", name, what=what))
    entries = list(_entries(git, name, what))
    if commit.id.hex != name or tree_id(entries) != commit.tree:
        raise NoSuchArtifact(what, "the repository is damaged: its contents have another name")
    return Captured(store.put(archive(entries, commit.committed_at)), commit, source)


def _commit_name(git: Git, revision: str, what: str) -> str:
    git.run("rev-parse", "--git-dir", what=what)
    try:
        said = git.run(
            "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}", what=what
        )
    except NoSuchArtifact as error:
        raise NoSuchArtifact(what, f"it has no commit {revision[:80]!r}") from error
    return said.decode().strip()


def _entries(git: Git, name: str, what: str) -> Iterator[TreeEntry]:
    """Every entry of a commit's tree, with its bytes."""
    listed = [_listed(line) for line in _lines(git, name, what)]
    if len(listed) > MOST_ENTRIES:
        raise ArtifactTooLarge("files", MOST_ENTRIES)
    if sum(size for *_, size in listed) > MOST_BYTES:
        raise ArtifactTooLarge("bytes", MOST_BYTES)
    wanted = [blob for mode, blob, _, _ in listed if mode is not Mode.SUBMODULE]
    batch = "".join(f"{blob}\n" for blob in wanted).encode()
    objects = _objects(git.run("cat-file", "--batch", given=batch, what=what))
    for mode, blob, path, _ in listed:
        yield TreeEntry(path, mode, blob.encode() if mode is Mode.SUBMODULE else next(objects))


def _lines(git: Git, name: str, what: str) -> list[bytes]:
    said = git.run("ls-tree", "-r", "-z", "-l", "--full-tree", name, what=what)
    return said.split(b"\0")[:-1]


def _listed(line: bytes) -> tuple[Mode, str, str, int]:
    """Mode, object, path and size of one line of `ls-tree -l`."""
    head, _, path = line.partition(b"\t")
    mode, _, blob, size = head.split()
    try:
        return (
            Mode(int(mode, 8)),
            blob.decode("ascii"),
            path.decode("utf-8"),
            0 if size == b"-" else int(size),
        )
    except ValueError as error:
        raise EvidenceError(
            "a path is not UTF-8, or of a kind that git no longer writes"
        ) from error


def _objects(said: bytes) -> Iterator[bytes]:
    """The objects out of what `cat-file --batch` says, in the order in which they were asked."""
    place = 0
    while place < len(said):
        end = said.index(b"\n", place)
        size = int(said[place:end].split()[-1])
        yield said[end + 1 : end + 1 + size]
        place = end + 1 + size + 1
