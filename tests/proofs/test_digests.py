import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.digests import Algorithm, Digest
from proofs.errors import MalformedDigest

EMPTY_SHA384_SRI = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"


@pytest.mark.parametrize("algorithm", Algorithm)
def test_each_function_is_the_one_it_is_named_after(algorithm: Algorithm) -> None:
    assert Digest.of(b"abc", algorithm).value == hashlib.new(algorithm, b"abc").digest()


def test_the_digest_of_nothing_is_the_published_one() -> None:
    assert Digest.of(b"").sri == EMPTY_SHA384_SRI


def test_sha384_is_the_default() -> None:
    assert Digest.of(b"abc").algorithm is Algorithm.SHA384


def test_multihash_is_written_with_its_code_and_length_in_base64url() -> None:
    raw = bytes((0x12, 0x20)) + hashlib.sha256(b"abc").digest()
    expected = "u" + base64.urlsafe_b64encode(raw).decode().rstrip("=")
    assert Digest.of(b"abc", Algorithm.SHA256).multibase == expected
    assert str(Digest.of(b"abc", Algorithm.SHA256)) == expected


def test_base58_is_read_too() -> None:
    text = "zQmPZ9gcCEpqKTo6aq61g2nXGUhM4iCL3ewB6LDXZCtioEB"  # SHA-256 of the empty file, with z
    assert Digest.parse("zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n") == Digest.of(
        b"", Algorithm.SHA256
    )
    assert Digest.parse(text).algorithm is Algorithm.SHA256


@given(st.binary(max_size=64), st.sampled_from(Algorithm))
def test_what_is_written_is_read_back(data: bytes, algorithm: Algorithm) -> None:
    digest = Digest.of(data, algorithm)
    assert Digest.parse(digest.multibase) == digest
    assert Digest.parse_sri(digest.sri) == digest


@given(st.text(max_size=80))
def test_any_other_text_is_refused_with_one_kind_of_error(text: str) -> None:
    for parse in (Digest.parse, Digest.parse_sri):
        try:
            digest = parse(text)
        except MalformedDigest:
            continue
        assert text in {digest.multibase, digest.sri}


GOOD = Digest.of(b"abc").multibase
FLAWS = {
    "nothing": "",
    "only the base": "u",
    "no base": GOOD[1:],
    "padding": GOOD + "=",
    "another base": "f" + Digest.of(b"abc").hex,
    "a digit missing": GOOD[:-1],
    "a digit too many": GOOD + "A",
    "ordinary base64": GOOD.replace("_", "/").replace("-", "+") + "+",
    "upper-case base": "U" + GOOD[1:],
    "a space": GOOD + " ",
    "a line end": GOOD + "\n",
    "the length of another function": "u"
    + base64.urlsafe_b64encode(bytes((0x12, 0x30)) + bytes(48)).decode(),
    "an unknown function": "u" + base64.urlsafe_b64encode(bytes((0x11, 0x14)) + bytes(20)).decode(),
    "very long": "z" + "1" * 10_000,
}


@pytest.mark.parametrize("text", FLAWS.values(), ids=FLAWS)
def test_a_flawed_multihash_is_refused(text: str) -> None:
    with pytest.raises(MalformedDigest):
        Digest.parse(text)


SRI_FLAWS = {
    "nothing": "",
    "hexadecimal": "sha384-" + Digest.of(b"").hex,
    "an old function": "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
    "no padding": EMPTY_SHA384_SRI.replace("sha384", "sha256"),
    "options": EMPTY_SHA384_SRI + "?ct=text/plain",
    "two equally strong": f"{EMPTY_SHA384_SRI} {Digest.of(b'x').sri}",
    "spare bits": Digest.of(b"", Algorithm.SHA256).sri[:-2] + "V=",
    "broken base64": "sha256-A",
    "very long": "sha256-" + "A" * 1_000,
}


@pytest.mark.parametrize("text", SRI_FLAWS.values(), ids=SRI_FLAWS)
def test_flawed_subresource_integrity_is_refused(text: str) -> None:
    with pytest.raises(MalformedDigest):
        Digest.parse_sri(text)


def test_of_several_the_strongest_counts() -> None:
    both = f"{Digest.of(b'', Algorithm.SHA256).sri} {EMPTY_SHA384_SRI}"
    assert Digest.parse_sri(both) == Digest.of(b"")


@given(st.lists(st.binary(max_size=16)))
def test_where_the_bytes_are_cut_does_not_matter(chunks: list[bytes]) -> None:
    assert Digest.of_chunks(chunks) == Digest.of(b"".join(chunks))


def test_only_the_same_bytes_match() -> None:
    assert Digest.of(b"abc").matches(b"abc")
    assert not Digest.of(b"abc").matches(b"abd")


def test_digests_of_different_functions_are_never_equal() -> None:
    assert not Digest.of(b"abc").equals(Digest.of(b"abc", Algorithm.SHA256))


def test_a_digest_of_the_wrong_length_cannot_exist() -> None:
    with pytest.raises(MalformedDigest):
        Digest(Algorithm.SHA256, b"short")
