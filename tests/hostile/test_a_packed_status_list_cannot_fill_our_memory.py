"""Compression bombs: Bitstring Status List 1.0, its older editions, Token Status List.

A few kilobytes unpack to gigabytes.  Each list is signed by the issuer itself, who may be hostile.
"""

import base64
import contextlib
import gzip
import time
import zlib
from collections.abc import Callable
from typing import Any, Final

import pytest
from world.attacks import Surface, assert_a_clear_no, within_memory
from world.credentials import (
    ISSUER_DID,
    METHOD,
    NOON,
    STATUS_INDEX,
    STATUS_URL,
    sample_credential,
    sample_signer,
    sample_status_list,
)
from world.processor import SECOND

from proofs.errors import MalformedStatusList
from proofs.jose import jws, sd_jwt_vc
from proofs.limits import Limits
from proofs.secure import secure
from proofs.status.unpacking import Packing, unpack, unpack_leniently
from schemas.document import write

Json = dict[str, Any]
MOST: Final = Limits().decompressed_bytes
ROOM: Final = 40_000_000
"""Bytes that one list may take while it is read: what comes out, and twice what goes in."""


def zeros(length: int) -> bytes:
    """So many packed zeros, without having them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    return b"".join(packer.compress(block) for _ in range(length >> 20)) + packer.flush()


GIGABYTE: Final = zeros(1 << 30)


def text(packed: bytes) -> str:
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


BOMBS: dict[str, bytes] = {
    "a gigabyte of zeros": GIGABYTE,
    "one byte more than is read": gzip.compress(bytes(MOST + 1)),
    "a gigabyte packed twice": gzip.compress(GIGABYTE),
    "very many pieces": gzip.compress(b"") * 20_000,
    "a piece after the list": gzip.compress(bytes(16_384)) + GIGABYTE,
    "zeros after the list": gzip.compress(bytes(16_384)) + bytes(100_000),
    "cut short": GIGABYTE[: len(GIGABYTE) // 2],
    "a wrong sum at the end": GIGABYTE[:-8] + bytes(8),
    "the other format": zlib.compress(bytes(16_384)),
    "no format at all": bytes(16_384),
    "a header with a name that never ends": b"\x1f\x8b\x08\x08" + b"\0" * 6 + b"x" * 100_000,
}


def with_list(encoded: str) -> Json:
    subject = sample_status_list()["credentialSubject"] | {"encodedList": encoded}
    unsigned = {name: v for name, v in sample_status_list().items() if name != "proof"}
    return secure(unsigned | {"credentialSubject": subject}, sample_signer(), NOON)


def signed() -> Json:
    return secure(sample_credential(), sample_signer(), NOON)


@pytest.mark.parametrize("packed", BOMBS.values(), ids=BOMBS)
def test_a_bitstring_bomb_tells_nothing_and_costs_little(verifier: Surface, packed: bytes) -> None:
    verifier.shelf.put(STATUS_URL, write(with_list("u" + text(packed))), "application/vc")
    document = signed()
    answer = verifier.judge(document)
    assert_a_clear_no(answer)
    assert answer.outcomes["proof"] == "passed"
    if packed == BOMBS["a gigabyte packed twice"]:  # a list like any other, of packed data
        assert answer.outcomes["status"] == "failed"
    else:
        assert answer.outcomes["status"] == "not_checked"
    with within_memory(ROOM):
        verifier.judge(document)


@pytest.mark.parametrize("packed", BOMBS.values(), ids=BOMBS)
def test_a_token_bomb_tells_nothing_and_costs_little(verifier: Surface, packed: bytes) -> None:
    url = "https://issuer.example/tokens/1"
    status = {"status_list": {"idx": 3, "uri": url}}
    claims = {
        "sub": url,
        "iat": int(NOON.timestamp()),
        "status_list": {"bits": 1, "lst": text(zlib.compress(bytes(MOST + 1)))},
    }
    if packed != BOMBS["the other format"]:
        claims["status_list"] = {"bits": 1, "lst": text(packed)}
    header = {"typ": "statuslist+jwt", "kid": METHOD}
    token = jws.sign(header, write(claims), sample_signer())
    verifier.shelf.put(url, token.encode(), "application/statuslist+jwt")
    given = {"iss": ISSUER_DID, "vct": "https://issuer.example/skill", "status": status}
    credential = sd_jwt_vc.secure(given, sample_signer())
    answer = verifier.judge(credential)
    assert_a_clear_no(answer)
    assert answer.outcomes["status"] == "not_checked"
    with within_memory(ROOM):
        verifier.judge(credential)


READERS: dict[str, Callable[[str], bytes]] = {
    "gzip": lambda given: unpack(given, Packing.GZIP, "encodedList", Limits()),
    "zlib": lambda given: unpack(given, Packing.ZLIB, "lst", Limits()),
    "gzip, older editions": lambda given: unpack_leniently(
        given, Packing.GZIP, "encodedList", Limits()
    ),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@pytest.mark.parametrize("packed", BOMBS.values(), ids=BOMBS)
def test_no_reader_unpacks_more_than_the_limit(read: Callable[[str], bytes], packed: bytes) -> None:
    begun = time.process_time()
    with contextlib.suppress(MalformedStatusList):
        assert len(read(text(packed))) <= MOST
    assert time.process_time() - begun < SECOND
    with within_memory(ROOM), contextlib.suppress(MalformedStatusList):
        read(text(packed))


def test_the_limit_is_exact_and_told_with_its_unit() -> None:
    assert len(READERS["gzip"](text(gzip.compress(bytes(MOST))))) == MOST
    with pytest.raises(MalformedStatusList, match=f"at most {MOST} bytes"):
        READERS["gzip"](text(gzip.compress(bytes(MOST + 1))))
    with pytest.raises(MalformedStatusList, match=r"at most \d+ characters"):
        READERS["gzip"]("A" * (Limits().compressed_characters + 1))


@pytest.mark.parametrize("index", ["-1", "1e3", "0x1", "९", "9" * 5_000, " 7", "7.0", ""])
def test_an_index_that_is_no_number_or_a_huge_one_tells_nothing(
    verifier: Surface, index: str
) -> None:
    entry = sample_credential()["credentialStatus"] | {"statusListIndex": index}
    document = secure(sample_credential(credentialStatus=entry), sample_signer(), NOON)
    answer = verifier.judge(document)
    assert_a_clear_no(answer)
    assert answer.outcomes["status"] != "passed"
    assert str(STATUS_INDEX) != index
