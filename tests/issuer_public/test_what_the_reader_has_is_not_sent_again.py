import pytest
from starlette.requests import Request

from issuer.public.conditional import SHORTLY, document, matches, tag_of

BODY = b"a document"
TAG = tag_of(BODY)


def asked(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "headers": raw})


@pytest.mark.parametrize("tags", [TAG, f"W/{TAG}", f'"other", {TAG}', "*", f"  {TAG}  "])
def test_a_known_tag_gets_304_and_no_body(tags: str) -> None:
    answer = document(asked(if_none_match=tags), BODY, media_type="text/plain", caching=SHORTLY)
    assert (answer.status_code, answer.body) == (304, b"")
    assert answer.headers["etag"] == TAG
    assert answer.headers["cache-control"] == SHORTLY


@pytest.mark.parametrize("tags", [None, "", '"other"', TAG.strip('"'), TAG[:-2] + '"'])
def test_any_other_tag_gets_the_document(tags: str | None) -> None:
    assert not matches(tags, TAG)


def test_a_page_of_any_origin_may_read_it() -> None:
    answer = document(asked(), BODY, media_type="text/plain", caching=SHORTLY)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.body == BODY


def test_one_other_byte_is_another_tag() -> None:
    assert tag_of(BODY) != tag_of(BODY + b"\n")
