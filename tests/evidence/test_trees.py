import io
import os
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import EscapingSymlink, EvidenceError, UnsafePath
from evidence.tree import RECORD_BYTES, Mode, TreeEntry, archive, tree_id
from proofs.digests import Digest

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PINNED = "uIDCqc2v4qhmCGr8BvdsAJtcHEWAsa7KD7Epo5DFRSbX_i5BlVJarLwu8tCivXo6i_4U"
COMMIT = b"4b825dc642cb6eb9a060e54bf8d69288fbee4904"
LONG = "/".join(["a-rather-long-folder-name"] * 8) + "/file.txt"


def file(path: str, data: bytes = b"data") -> TreeEntry:
    return TreeEntry(path, Mode.FILE, data)


def link(path: str, target: str) -> TreeEntry:
    return TreeEntry(path, Mode.SYMLINK, target.encode())


TREE = [
    file("b.txt", b"second\n"),
    TreeEntry("bin/run", Mode.EXECUTABLE, b"#!/bin/sh\n"),
    file("a/\N{SNOWMAN}.md", b"# snow\n"),
    file("a.txt", b"first\n"),
    link("a/latest", "../b.txt"),
    TreeEntry("vendor/part", Mode.SUBMODULE, COMMIT),
    file(LONG, b"deep\n"),
]


def written(entries: list[TreeEntry]) -> bytes:
    return b"".join(archive(entries, NOON))


def test_the_archive_is_the_same_on_every_machine() -> None:
    assert Digest.of(written(TREE)).multibase == PINNED


def test_the_order_of_the_entries_does_not_matter() -> None:
    assert written(TREE[::-1]) == written(TREE)


def test_entries_are_sorted_by_the_bytes_of_their_paths() -> None:
    with tarfile.open(fileobj=io.BytesIO(written(TREE))) as tar:
        names = tar.getnames()
    assert names == sorted(names, key=str.encode)
    assert names[:2] == ["a-rather-long-folder-name" + LONG[25:], "a.txt"]


def test_an_archive_says_nothing_about_the_machine_it_was_made_on() -> None:
    with tarfile.open(fileobj=io.BytesIO(written(TREE))) as tar:
        for member in tar:
            assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", "")
            assert member.mtime == NOON.timestamp()


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    (tmp_path / "tree.tar").write_bytes(written(TREE))
    subprocess.run(["tar", "-xf", "tree.tar"], cwd=tmp_path, check=True)
    assert (tmp_path / "a" / "\N{SNOWMAN}.md").read_bytes() == b"# snow\n"
    assert (tmp_path / "a" / "latest").readlink() == Path("../b.txt")
    assert (tmp_path / LONG).read_bytes() == b"deep\n"
    assert os.access(tmp_path / "bin" / "run", os.X_OK)
    assert not os.access(tmp_path / "b.txt", os.X_OK)
    assert list((tmp_path / "vendor" / "part").iterdir()) == []


def test_a_submodule_is_recorded_by_its_commit_and_not_followed() -> None:
    with tarfile.open(fileobj=io.BytesIO(written(TREE))) as tar:
        assert tar.getmember("vendor/part").pax_headers["comment"] == f"submodule {COMMIT.decode()}"


def test_an_empty_tree_is_an_archive_too() -> None:
    assert written([]) == bytes(RECORD_BYTES)


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 8_704, 8_705, 9_216, 9_217])
def test_an_archive_ends_on_a_whole_record(size: int) -> None:
    found = written([file("x", bytes(size))])
    assert len(found) % RECORD_BYTES == 0
    with tarfile.open(fileobj=io.BytesIO(found)) as tar:
        assert tar.getmember("x").size == size


def test_times_before_1970_are_written_as_1970() -> None:
    old = b"".join(archive([file("x")], datetime(1960, 1, 1, tzinfo=UTC)))
    with tarfile.open(fileobj=io.BytesIO(old)) as tar:
        assert tar.getmember("x").mtime == 0


PATHS = {
    "nothing": "",
    "absolute": "/etc/passwd",
    "upwards": "../x",
    "upwards in the middle": "a/../../x",
    "a dot": "./x",
    "an empty part": "a//b",
    "a folder": "a/",
    "git's own": ".git/config",
    "git's own, in capitals": "a/.GIT/config",
    "a backslash": "a\\..\\x",
    "a line end": "a\nb",
    "a null": "a\0b",
    "not text": "\udcff",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_path_that_could_leave_the_tree_cannot_exist(path: str) -> None:
    with pytest.raises(UnsafePath):
        file(path)


TARGETS = {
    "nothing": "",
    "absolute": "/etc/passwd",
    "upwards from the root": "../x",
    "too far upwards": "../../../x",
    "upwards after a name, which may be a link": "a/../x",
    "a backslash": "..\\x",
    "a null": "x\0y",
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_link_that_could_leave_the_tree_cannot_exist(target: str) -> None:
    with pytest.raises(EscapingSymlink):
        link("x" if target == "../x" else "a/b/x", target)


def test_a_link_whose_target_is_no_text_cannot_exist() -> None:
    with pytest.raises(EscapingSymlink):
        TreeEntry("x", Mode.SYMLINK, b"\xff")


def test_links_inside_the_tree_are_kept() -> None:
    link("a/b/x", "../../c")
    link("x", "a/b/c")


def test_two_entries_at_one_place_are_refused() -> None:
    with pytest.raises(UnsafePath, match="twice"):
        archive([file("x"), file("x", b"other")], NOON)


def test_nothing_may_be_written_through_a_link() -> None:
    with pytest.raises(UnsafePath, match="below"):
        archive([link("a", "b"), file("a/x")], NOON)


@given(st.text(max_size=12), st.binary(max_size=12))
def test_whatever_the_names_nothing_is_written_outside(path: str, target: bytes) -> None:
    try:
        entries = [file(path), TreeEntry("deep/er/link", Mode.SYMLINK, target)]
        found = written(entries)
    except EvidenceError:
        return
    with tarfile.open(fileobj=io.BytesIO(found)) as tar:
        for member in tar:
            tarfile.data_filter(member, "/nowhere")


def test_the_tree_is_named_as_git_names_it(tmp_path: Path) -> None:
    def git(*words: str) -> str:
        settings = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
        run = subprocess.run(
            ["git", *words], cwd=tmp_path, check=True, capture_output=True, text=True, env=settings
        )
        return run.stdout.strip()

    git("init", "-q", "--object-format=sha1")
    plain = [entry for entry in TREE if entry.mode is not Mode.SUBMODULE]
    for entry in plain:
        place = tmp_path / entry.path
        place.parent.mkdir(parents=True, exist_ok=True)
        if entry.mode is Mode.SYMLINK:
            place.symlink_to(entry.data.decode())
        else:
            place.write_bytes(entry.data)
            place.chmod(0o755 if entry.mode is Mode.EXECUTABLE else 0o644)
    git("add", "--all")
    git("update-index", "--add", "--cacheinfo", f"160000,{COMMIT.decode()},vendor/part")
    assert tree_id(TREE) == git("write-tree")


def test_the_empty_tree_has_its_well_known_name() -> None:
    assert tree_id([]) == "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
