"""JSON of which two readers could make two documents, or that costs more than it says.

RFC 8259, RFC 7493 (I-JSON).  Each text comes in three ways: as an object within the request, as a
text within it, and as the whole request.
"""

import json

import pytest
from world.attacks import (
    JSON,
    PROBLEM,
    VC_API,
    VERIFICATIONS,
    Surface,
    assert_a_clear_no,
    within_memory,
)
from world.credentials import signed_sample

from schemas.limits import JsonLimits
from service.json_shape import JsonShapeLimits
from service.request_limits import RequestLimits

SIGNED = signed_sample()
LIMITS = JsonLimits()


def beside(member: bytes) -> bytes:
    """The signed credential with one more member, as bytes."""
    return SIGNED[:-1] + b"," + member + b"}"


HOSTILE: dict[str, bytes] = {
    "a member twice": SIGNED.replace(b'"name":', b'"name":"Another","name":', 1),
    "a member twice, once escaped": SIGNED.replace(b'"name":', b'"n\\u0061me":"x","name":', 1),
    "a member twice, far inside": SIGNED.replace(b'"level":"1"', b'"level":"9","level":"1"', 1),
    "the proof twice": SIGNED.replace(b'"proof":', b'"proof":{},"proof":', 1),
    "one level too deep": beside(b'"x":' + b"[" * LIMITS.depth + b"]" * LIMITS.depth),
    "a hundred thousand levels": beside(b'"x":' + b"[" * 100_000 + b"]" * 100_000),
    "levels that never end": beside(b'"x":' + b'{"a":' * 100_000),
    "a text too large": beside(b'"x":"' + b"x" * LIMITS.document_bytes + b'"'),
    "too many values": beside(b'"x":[' + b"1," * LIMITS.values + b"1]"),
    "too many members": beside(b",".join(b'"%d":1' % n for n in range(LIMITS.values + 1))),
    "infinity by exponent": beside(b'"x":1e999'),
    "an exponent of many digits": beside(b'"x":1e' + b"9" * 50_000),
    "an integer that readers round": beside(b'"x":9007199254740993'),
    "an integer of many digits": beside(b'"x":' + b"9" * 100_000),
    "a fraction of many digits": beside(b'"x":0.' + b"1" * 100_000),
    "NaN": beside(b'"x":NaN'),
    "infinity": beside(b'"x":Infinity'),
    "minus infinity": beside(b'"x":-Infinity'),
    "half a surrogate pair": beside(b'"x":"\\ud800"'),
    "half a surrogate pair in a name": beside(b'"\\udc00":"x"'),
    "the halves in the wrong order": beside(b'"x":"\\udc00\\ud800"'),
    "NUL as it is": beside(b'"x":"a\x00b"'),
    "NUL in an escape": beside(b'"description":"a\\u0000b"'),
    "another document after it": SIGNED + b"{}",
    "a letter after it": SIGNED + b"x",
    "a bracket too many": SIGNED + b"}",
    "a comma at the end": SIGNED[:-1] + b",}",
    "a comment": SIGNED[:-1] + b"/**/}",
    "cut short": SIGNED[:-1],
}
NOT_TEXT: dict[str, bytes] = {
    "bytes that are not UTF-8": beside(b'"x":"\xff"'),
    "an overlong spelling": beside(b'"x":"\xc0\xaf"'),
    "a surrogate in UTF-8": beside(b'"x":"\xed\xa0\x80"'),
    "UTF-16": SIGNED.decode().encode("utf-16"),
    "UTF-32": SIGNED.decode().encode("utf-32"),
    "a byte order mark": b"\xef\xbb\xbf" + SIGNED,
}


def test_the_honest_twin_is_confirmed(verifier: Surface) -> None:
    assert verifier.judge(json.loads(SIGNED)).verdict == "confirmed"
    assert verifier.judge(SIGNED.decode()).verdict == "confirmed"
    assert verifier.verify(json.loads(SIGNED)).status == 200


@pytest.mark.parametrize("raw", (HOSTILE | NOT_TEXT).values(), ids=HOSTILE | NOT_TEXT)
def test_within_the_request_it_is_refused(verifier: Surface, raw: bytes) -> None:
    assert_a_clear_no(verifier.send(VERIFICATIONS, b'{"evidence":"skip","input":' + raw + b"}"))
    assert_a_clear_no(verifier.send(VC_API, b'{"verifiableCredential":' + raw + b"}"))


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_pasted_as_text_it_is_refused(verifier: Surface, raw: bytes) -> None:
    assert_a_clear_no(verifier.judge(raw.decode()))
    assert_a_clear_no(verifier.verify(raw.decode()))


@pytest.mark.parametrize("raw", (HOSTILE | NOT_TEXT).values(), ids=HOSTILE | NOT_TEXT)
def test_as_the_whole_request_it_is_a_problem(verifier: Surface, raw: bytes) -> None:
    for path in (VERIFICATIONS, VC_API):
        answer = verifier.send(path, raw)
        assert_a_clear_no(answer)
        assert answer.status != 200


@pytest.mark.parametrize("raw", [SIGNED, *HOSTILE.values()], ids=["honest", *HOSTILE])
def test_published_by_a_stranger_it_is_read_no_better(verifier: Surface, raw: bytes) -> None:
    """What is fetched goes the same way as what is sent."""
    url = "https://stranger.example/credential.json"
    verifier.shelf.put(url, raw)
    answer = verifier.judge(url)
    if raw == SIGNED:
        assert answer.verdict == "confirmed"
    else:
        assert_a_clear_no(answer)


def test_a_byte_order_mark_is_of_the_pasting_and_not_of_the_document(verifier: Surface) -> None:
    """Editors put it before what is copied; a document that is published with it is refused."""
    assert verifier.judge("\ufeff" + SIGNED.decode()).verdict == "confirmed"
    url = "https://stranger.example/credential.json"
    verifier.shelf.put(url, b"\xef\xbb\xbf" + SIGNED)
    assert_a_clear_no(verifier.judge(url), "byte order mark")


def test_every_limit_is_told_with_its_number(verifier: Surface) -> None:
    told = {
        "one level too deep": f"{LIMITS.depth} levels",
        "too many values": f"{LIMITS.values} values",
    }
    for name, limit in told.items():
        assert_a_clear_no(verifier.judge(HOSTILE[name].decode()), limit)
    large = b'{"verifiableCredential":' + HOSTILE["a text too large"] + b"}"
    assert_a_clear_no(verifier.send(VC_API, large), str(LIMITS.document_bytes))


def test_a_request_is_no_larger_or_deeper_than_what_may_be_read_of_it() -> None:
    """Else a document would be parsed by the framework that we should refuse to parse."""
    shape = JsonShapeLimits()
    assert shape.depth <= LIMITS.depth
    assert shape.values <= LIMITS.values
    assert RequestLimits().body_bytes <= 2 * LIMITS.document_bytes


def test_a_request_over_the_limit_is_refused_unread(verifier: Surface) -> None:
    body = b'{"input":"' + b"x" * RequestLimits().body_bytes + b'"}'
    answer = verifier.client.post(VERIFICATIONS, content=body, headers=JSON)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == PROBLEM


def test_the_dearest_text_that_is_read_stays_within_memory(verifier: Surface) -> None:
    many = b",".join(b'"%05d":""' % n for n in range(LIMITS.values - 1_000))
    body = b'{"verifiableCredential":' + beside(many) + b"}"
    assert_a_clear_no(verifier.send(VC_API, body))
    with within_memory():
        verifier.send(VC_API, body)
