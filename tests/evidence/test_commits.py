from datetime import UTC, datetime

import pytest

from evidence.commit import Commit, CommitId
from evidence.errors import MalformedCommit
from evidence.tree import object_id

FIRST = (
    b"tree d8329fc1cc938780ffdd9f94e0d364e0ea74f579\n"
    b"author Scott Chacon <schacon@gmail.com> 1243040974 -0700\n"
    b"committer Scott Chacon <schacon@gmail.com> 1243040974 -0700\n"
    b"\nfirst commit\n"
)
"""The first commit of the book Pro Git, chapter 10.2."""

NAME = "fdf4fc3344e67ab068f836878b6c4951e3b15f3d"


def test_objects_are_named_as_git_names_them() -> None:
    assert object_id("blob", b"").hex() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert object_id("blob", b"test content\n").hex() == "d670460b4b4aece5915caf5c68d12f560a9fe3e4"


def test_the_first_commit_of_pro_git_has_its_published_name() -> None:
    assert CommitId.of(FIRST).hex == NAME
    assert CommitId.of(FIRST).swhid == f"swh:1:rev:{NAME}"


def test_a_commit_tells_its_tree_its_time_and_its_subject() -> None:
    found = Commit.read(FIRST)
    assert str(found.id) == NAME
    assert found.tree == "d8329fc1cc938780ffdd9f94e0d364e0ea74f579"
    assert found.parents == ()
    assert found.committed_at == datetime(2009, 5, 23, 1, 9, 34, tzinfo=UTC)
    assert found.subject == "first commit"


def test_a_commit_tells_nobodys_name() -> None:
    assert "Chacon" not in repr(Commit.read(FIRST))


def test_parents_are_read_in_their_order() -> None:
    one, other = b"1" * 40, b"2" * 40
    merged = FIRST.replace(b"\nauthor", b"\nparent " + one + b"\nparent " + other + b"\nauthor")
    assert [str(parent) for parent in Commit.read(merged).parents] == [one.decode(), other.decode()]


def test_a_swhid_is_read_back() -> None:
    assert CommitId.parse_swhid(f"swh:1:rev:{NAME}").hex == NAME


def test_a_sha256_commit_has_no_swhid() -> None:
    assert CommitId("a" * 64).swhid is None


@pytest.mark.parametrize("name", ["", "fdf4fc3", NAME.upper(), NAME + " ", NAME + "\n", "HEAD"])
def test_only_a_full_name_names_a_commit(name: str) -> None:
    with pytest.raises(MalformedCommit):
        CommitId(name)


@pytest.mark.parametrize(
    "text",
    [NAME, f"swh:1:dir:{NAME}", f"swh:2:rev:{NAME}", f"swh:1:rev:{NAME};origin=x", "swh:1:rev:"],
)
def test_other_identifiers_are_not_taken_for_a_commits(text: str) -> None:
    with pytest.raises(MalformedCommit):
        CommitId.parse_swhid(text)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        FIRST.replace(b"tree ", b"blob "),
        FIRST.replace(b"tree d8", b"tree "),
        FIRST.replace(b"committer", b"admirer"),
        FIRST.replace(b"1243040974 -0700\n\n", b"yesterday\n\n"),
    ],
)
def test_other_bytes_are_not_taken_for_a_commit(raw: bytes) -> None:
    with pytest.raises(MalformedCommit):
        Commit.read(raw)
