"""How are an assessment, a rubric or an AI-use statement written, so that a digest can bind them?

As JSON with one way to write each value: the JSON Canonicalization Scheme (RFC 8785),
for the values we need.  Fractions are refused, because that is where writers disagree.
"""

import json
from collections.abc import Mapping
from typing import Final

from evidence.errors import UnwritableDocument

MEDIA_TYPE: Final = "application/json"
LARGEST_INTEGER: Final = 2**53 - 1  # beyond, readers that use doubles see another number


def document_bytes(document: Mapping[str, object]) -> bytes:
    """Write a document; equal documents give equal bytes, on every machine.

    Raises:
        UnwritableDocument: fractions, very large integers, text that is not Unicode,
            names that are not text, or anything else that JSON does not have.
    """
    return _written(document, "").encode("utf-8")


def _written(value: object, pointer: str) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case int() if abs(value) <= LARGEST_INTEGER:
            return str(value)
        case str():
            return _text(value, pointer)
        case Mapping():
            return _members(value, pointer)
        case list() | tuple():
            items = (_written(item, f"{pointer}/{n}") for n, item in enumerate(value))
            return f"[{','.join(items)}]"
        case _:
            raise UnwritableDocument(pointer, f"a {type(value).__name__} has no one way to write")


def _members(value: Mapping[object, object], pointer: str) -> str:
    names = []
    for name in value:
        if not isinstance(name, str):
            raise UnwritableDocument(pointer, "a name must be text")
        _text(name, pointer)
        names.append(name)
    names.sort(key=lambda name: name.encode("utf-16-be"))
    members = (f"{_text(n, pointer)}:{_written(value[n], f'{pointer}/{n}')}" for n in names)
    return f"{{{','.join(members)}}}"


def _text(text: str, pointer: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UnwritableDocument(pointer, "text with half a surrogate pair") from None
    return json.dumps(text, ensure_ascii=False)
