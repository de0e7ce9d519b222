import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.compare import Comparison, Gone, Unread, compare
from evidence.documents import document_bytes
from evidence.errors import IncomparableDigests, UnwritableDocument
from evidence.file import HEAD_BYTES, MAGIC, examine, media_type
from proofs.digests import Algorithm, Digest
from schemas.document import Document


@given(st.lists(st.binary(max_size=2_000), max_size=8))
def test_a_file_is_the_same_however_it_arrives(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    facts = examine(chunks)
    assert facts == examine([whole])
    assert facts.size == len(whole)
    assert facts.digest == Digest.of(whole)


def test_the_digest_function_can_be_that_of_the_credential() -> None:
    assert examine([b"x"], Algorithm.SHA512).digest.algorithm is Algorithm.SHA512


@pytest.mark.parametrize(("offset", "magic", "name"), MAGIC)
def test_a_file_is_named_by_its_first_bytes(offset: int, magic: bytes, name: str) -> None:
    assert media_type(bytes(offset) + magic + bytes(10)) == name


def test_an_archive_is_recognised() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("x"))
    assert examine([buffer.getvalue()]).media_type == "application/x-tar"


@pytest.mark.parametrize(
    "data", [b"", b"plain", "Grüezi 漢字\r\n".encode(), b'{"a": 1}', b"print(1)\n"]
)
def test_text_is_text(data: bytes) -> None:
    assert media_type(data) == "text/plain"


@pytest.mark.parametrize("data", [b"<!DOCTYPE html><script>1</script>", b"<svg onload='x'/>"])
def test_nothing_becomes_something_that_a_browser_would_run(data: bytes) -> None:
    assert media_type(data) == "text/plain"


@pytest.mark.parametrize("data", [b"\x00\x01", b"\xff\xfe\xfd", b"text\x00", b"text \xc3"])
def test_other_bytes_are_only_bytes(data: bytes) -> None:
    assert media_type(data) == "application/octet-stream"


def test_text_cut_in_the_middle_of_a_character_is_still_text() -> None:
    assert media_type(b"x" + "é".encode() * HEAD_BYTES) == "text/plain"
    assert media_type(b"\xff" + b"x" * HEAD_BYTES) == "application/octet-stream"


EXPECTED = Digest.of(b"as assessed")


def test_the_same_bytes_are_the_same() -> None:
    assert compare(EXPECTED, Digest.of(b"as assessed")) is Comparison.SAME


def test_other_bytes_are_changed() -> None:
    assert compare(EXPECTED, Digest.of(b"as edited")) is Comparison.CHANGED


def test_gone_is_not_changed_and_unread_is_not_gone() -> None:
    assert compare(EXPECTED, Gone()) is Comparison.GONE
    assert compare(EXPECTED, Unread("the host did not answer")) is Comparison.UNKNOWN


def test_digests_of_different_functions_are_not_compared() -> None:
    with pytest.raises(IncomparableDigests):
        compare(EXPECTED, Digest.of(b"as assessed", Algorithm.SHA256))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=5))
def test_a_document_is_written_one_way_and_reads_back(document: dict[str, object]) -> None:
    written = document_bytes(document)
    assert written == document_bytes(dict(reversed(document.items())))
    assert Document.read(written).view == document


def test_a_document_is_compact_sorted_and_readable() -> None:
    found = document_bytes({"b": [1, True, None], "a": {"ü": "\x07\n"}})
    assert found == '{"a":{"ü":"\\u0007\\n"},"b":[1,true,null]}'.encode()


@pytest.mark.parametrize(
    "document",
    [{"x": 0.5}, {"x": 2**53}, {"x": "\ud800"}, {"\ud800": 1}, {"x": b"bytes"}, {"x": [{1: 2}]}],
    ids=repr,
)
def test_what_could_be_written_in_two_ways_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(UnwritableDocument):
        document_bytes(document)
