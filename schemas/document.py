"""What exactly was received?

The bytes stay beside what we read from them: what was signed is stored and served as it
came, and never rebuilt from the view.  A document that two readers could read in two ways
is refused (RFC 8259 section 4, RFC 7493): a member twice, a lone surrogate, NaN.

Nearly every document is read by orjson, four times as fast as by the standard library.  It keeps
the last of two members of the same name, so what it read is compared with what was written: there
are as many members in it as colons outside of texts.  Numbers that are not short and whole, and
all that orjson refuses, go to the standard library, which says what is wrong where.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NoReturn, Self

import orjson

from schemas.errors import MalformedDocument
from schemas.limits import JsonLimits
from schemas.structure import is_deeper, most_values, without_strings

_NO_DIGITS: Final = bytes(byte for byte in range(256) if byte not in b"0123456789")
_ODD_NUMBER: Final = re.compile(rb"[0-9]{16}|[0-9][.eE]|-0").search
JSON_ONLY: Final = (
    orjson.OPT_PASSTHROUGH_SUBCLASS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
)
"""What orjson is told so that it writes JSON's own values and refuses all others."""

_LARGEST_SAFE_INTEGER: Final = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON object: the bytes as received beside a view of them.

    Treat `view` as read-only; `copy` gives a version that may be changed.
    """

    raw: bytes = field(repr=False)
    view: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def read(cls, raw: bytes, limits: JsonLimits | None = None) -> Self:
        """Read one JSON object from UTF-8 bytes.

        Raises:
            MalformedDocument: not UTF-8, not JSON, not an object, a member written twice,
                a number or a text that other readers would read differently, or larger or
                deeper than `limits`.
        """
        limits = limits or JsonLimits()
        view = _parse(raw, _measured(raw, limits), limits)
        if not isinstance(view, dict):
            raise MalformedDocument("a credential is a JSON object, in { and }")
        return cls(raw, view)

    def part(self, view: Mapping[str, Any]) -> Self:
        """One of the objects in it as a document of its own, beside the bytes that it came in."""
        return replace(self, view=view)

    def copy(self) -> dict[str, Any]:
        """A deep copy of the view that may be changed; this document stays as it is."""
        return {name: copied(member) for name, member in self.view.items()}


def copied(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A copy of JSON that shares nothing with it that can be changed."""
    if isinstance(value, dict | Mapping):  # most are dicts, which is found out sooner
        return {name: copied(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [copied(item) for item in value]
    return value


def write(view: Mapping[str, Any]) -> bytes:
    """Write a JSON object as compact UTF-8, members in the order given.

    Raises:
        MalformedDocument: a value that JSON cannot hold, NaN and lone surrogates included.
    """
    try:
        written = orjson.dumps(view, option=JSON_ONLY)
        if b"null" not in written:  # which orjson also writes for NaN
            return written
    except orjson.JSONEncodeError:
        pass  # the standard library writes it, or says what is wrong
    try:
        text = json.dumps(view, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode("utf-8")
    except (TypeError, ValueError) as error:
        raise MalformedDocument(f"cannot be written as JSON: {error}") from error


def _measured(raw: bytes, limits: JsonLimits) -> bytes:
    """Bound size, depth and count before anything is parsed; what is left without the texts."""
    if len(raw) > limits.document_bytes:
        raise MalformedDocument(
            f"the document has {len(raw)} bytes; at most {limits.document_bytes} are read"
        )
    if raw.startswith(b"\xef\xbb\xbf"):
        raise MalformedDocument("remove the byte order mark at the start (RFC 8259, section 8.1)")
    structure = without_strings(raw, limits.values)
    if structure is not None and is_deeper(structure, limits.depth):
        raise MalformedDocument(f"nested deeper than {limits.depth} levels")
    if structure is None or most_values(structure) > limits.values:
        raise MalformedDocument(f"more than {limits.values} values")
    return structure


def _parse(raw: bytes, structure: bytes, limits: JsonLimits) -> object:
    if not (structure.translate(None, _NO_DIGITS) and _ODD_NUMBER(structure)):
        try:
            view = orjson.loads(raw)
        except orjson.JSONDecodeError:
            pass  # the standard library says what is wrong
        else:
            if orjson.dumps(view) == raw or _members(view) == structure.count(b":"):
                return view
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedDocument(f"byte {error.start} is not UTF-8") from error
    return _parse_text(text, limits)


def _members(view: object) -> int:
    """How many members there are at whatever depth."""
    count = 0
    waiting = [view]
    for one in waiting:
        if type(one) is dict:
            count += len(one)
            waiting.extend([each for each in one.values() if type(each) is not str])
        elif type(one) is list:
            waiting.extend(one)
    return count


def _parse_text(text: str, limits: JsonLimits) -> object:
    def integer(digits: str) -> int:
        if len(digits) > limits.number_digits or abs(int(digits)) > _LARGEST_SAFE_INTEGER:
            raise MalformedDocument(
                f"the number {digits[:20]}… is beyond 2^53 - 1, where readers round differently"
            )
        return int(digits)

    def number(digits: str) -> float:
        value = float(digits) if len(digits) <= limits.number_digits else float("inf")
        if value in (float("inf"), float("-inf")):
            raise MalformedDocument(
                f"the number {digits[:20]}… is larger than JSON readers agree on"
            )
        return value

    try:
        view = json.loads(
            text,
            object_pairs_hook=_once,
            parse_int=integer,
            parse_float=number,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise MalformedDocument(
            f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from error
    if "\\u" in text:
        _refuse_lone_surrogates(view)
    return view


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) != len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise MalformedDocument(f"the member {twice[:80]!r} appears twice in one object")
    return seen


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedDocument(f"{name} is not JSON")


def _refuse_lone_surrogates(value: object) -> None:
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise MalformedDocument("a text contains half of a surrogate pair") from error
    elif isinstance(value, dict):
        for name, member in value.items():
            _refuse_lone_surrogates(name)
            _refuse_lone_surrogates(member)
    elif isinstance(value, list):
        for item in value:
            _refuse_lone_surrogates(item)
