import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest
from world.demonstration import repository

from evidence.errors import EvidenceError
from issuer.artifacts import capture as capturing
from issuer.artifacts.capture import capture_folder, capture_https
from issuer.artifacts.git import Git
from issuer.artifacts.store import EvidenceStore
from issuer.errors import ArtifactTooLarge, EvidenceDamaged, NoSuchArtifact
from issuer.issuance.from_file import capture
from proofs.digests import Digest
from service.reachability import NotAllowed, check_url


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return repository(tmp_path / "work with spaces")


def git(folder: Path, *arguments: str) -> str:
    said = subprocess.run(
        ["git", "-c", "user.name=W", "-c", "user.email=w@example.org", *arguments],
        cwd=folder,
        env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
        check=True,
        capture_output=True,
        text=True,
    )
    return said.stdout.strip()


def content(store: EvidenceStore, digest: Digest) -> bytes:
    stream = store.open(digest)
    assert stream is not None
    with stream:
        return stream.read()


def test_the_same_commit_gives_the_same_bytes_from_every_copy(
    work: Path, tmp_path: Path, store: EvidenceStore
) -> None:
    git(tmp_path, "clone", "--quiet", str(work), "copy")
    first = capture_folder(work, "HEAD", store)
    assert capture_folder(tmp_path / "copy", first.commit.id.hex, store).facts == first.facts
    assert first.facts.media_type == "application/x-tar"
    assert first.source is None
    with tarfile.open(fileobj=io.BytesIO(content(store, first.facts.digest))) as archive:
        assert archive.getnames() == git(work, "ls-files").split()


def test_what_was_not_committed_is_not_captured(work: Path, store: EvidenceStore) -> None:
    before = capture_folder(work, "HEAD", store).facts
    (work / "README.md").write_text("changed")
    (work / "new.py").write_text("new")
    assert capture_folder(work, "HEAD", store).facts == before


def test_an_older_commit_can_be_named(work: Path, store: EvidenceStore) -> None:
    older = capture_folder(work, "HEAD~1", store)
    assert older.commit.id.hex == git(work, "rev-parse", "HEAD~1")
    assert older.facts != capture_folder(work, "HEAD", store).facts


@pytest.mark.parametrize("revision", ["nothing", "--help", "-c", "HEAD:README.md", ""])
def test_what_is_no_commit_is_refused(work: Path, store: EvidenceStore, revision: str) -> None:
    with pytest.raises(NoSuchArtifact):
        capture_folder(work, revision, store)


def test_a_folder_without_a_repository_is_refused(tmp_path: Path, store: EvidenceStore) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(NoSuchArtifact):
        capture_folder(tmp_path / "plain", "HEAD", store)
    with pytest.raises(NoSuchArtifact, match="no such folder"):
        capture_folder(tmp_path / "absent", "HEAD", store)


def test_hooks_filters_and_monitors_of_a_repository_never_run(
    work: Path, tmp_path: Path, store: EvidenceStore
) -> None:
    trace = tmp_path / "it-ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trace}'\ncat\n")
    script.chmod(0o755)
    for setting in ("core.fsmonitor", "filter.evil.smudge", "diff.evil.textconv", "core.pager"):
        git(work, "config", setting, str(script))
    git(work, "config", "core.hooksPath", str(tmp_path))
    (work / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n")
    capture_folder(work, "HEAD", store)
    assert not trace.exists()


def test_a_replaced_object_is_not_taken_for_the_real_one(work: Path, store: EvidenceStore) -> None:
    before = capture_folder(work, "HEAD", store).facts
    git(work, "replace", "HEAD", "HEAD~1")
    assert capture_folder(work, "HEAD", store).facts == before


def test_links_stay_links_and_submodules_are_not_followed(work: Path, store: EvidenceStore) -> None:
    (work / "link").symlink_to("README.md")
    git(work, "add", "link")
    git(work, "update-index", "--add", "--cacheinfo", f"160000,{'ab' * 20},module")
    git(work, "commit", "--quiet", "--message", "A link and a module")
    captured = capture_folder(work, "HEAD", store)
    with tarfile.open(fileobj=io.BytesIO(content(store, captured.facts.digest))) as archive:
        assert archive.getmember("link").issym()
        assert archive.getmember("module").isdir()


def test_a_link_that_leads_out_is_refused(work: Path, store: EvidenceStore) -> None:
    (work / "link").symlink_to("/etc/passwd")
    git(work, "add", "link")
    git(work, "commit", "--quiet", "--message", "A link")
    with pytest.raises(EvidenceError):
        capture_folder(work, "HEAD", store)


@pytest.mark.parametrize("limit", ["MOST_ENTRIES", "MOST_BYTES"])
def test_too_much_is_refused(
    work: Path, store: EvidenceStore, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(capturing, limit, 1)
    with pytest.raises(ArtifactTooLarge):
        capture_folder(work, "HEAD", store)


def test_a_file_that_git_writes_has_a_limit(work: Path) -> None:
    (work / "large").write_bytes(os.urandom(100_000))
    with pytest.raises(ArtifactTooLarge):
        Git(work, 10_000).run("hash-object", "-w", "large", what="it")


def test_a_git_that_does_not_answer_is_ended(work: Path) -> None:
    hanging = Git(work, 10_000, seconds=0.2)
    with pytest.raises(NoSuchArtifact, match="no answer"):
        hanging.run("-c", "alias.hang=!sleep 30", "hang", what="it")


@pytest.mark.parametrize(
    "address",
    [
        "http://git.example/a",
        "https://127.0.0.1/a",
        "https://169.254.169.254/latest",
        "https://user:secret@git.example/a",
        "file:///etc",
        "ssh://git.example/a",
        "ext::sh://-c id",
        "git://git.example/a",
    ],
)
def test_only_public_https_addresses_are_fetched(address: str, store: EvidenceStore) -> None:
    with pytest.raises((NotAllowed, NoSuchArtifact)):
        capture(address, "HEAD", store)


def test_a_fetch_goes_to_the_machine_that_was_checked_and_nowhere_else(
    store: EvidenceStore,
) -> None:
    pinned = check_url("https://localhost:9999/a/b", loopback_http=True)
    with pytest.raises(NoSuchArtifact, match="localhost"):
        capture_https(pinned, "HEAD", store)
    with pytest.raises(NoSuchArtifact, match="dash"):
        capture_https(pinned, "--upload-pack=evil", store)


def test_the_same_bytes_are_kept_once(tmp_path: Path, store: EvidenceStore) -> None:
    first, second = store.put([b"ab", b"c"]), store.put([b"abc"])
    assert first == second
    kept = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [first.digest.hex]


def test_a_file_that_is_cut_off_leaves_nothing(tmp_path: Path) -> None:
    small = EvidenceStore(tmp_path / "small", largest=3)
    with pytest.raises(ArtifactTooLarge):
        small.put([b"ab", b"cd"])
    assert list((tmp_path / "small").iterdir()) == []


def test_a_damaged_copy_is_noticed_when_it_is_handed_in_again(
    tmp_path: Path, store: EvidenceStore
) -> None:
    facts = store.put([b"abc"])
    (path,) = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    path.write_bytes(b"ab")
    with pytest.raises(EvidenceDamaged):
        store.put([b"abc"])
    assert store.open(Digest.of(b"never handed in")) is None
    assert facts.size == 3
