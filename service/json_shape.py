"""Is this JSON too deep or too full to be parsed?

Answered by looking at the bytes, before any parser builds anything: a parser's stack and a
million tiny objects are what such a text is after.  The text may still be wrong in other ways;
that is for the parser to say.
"""

import re
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]|,|[0-9]++', re.DOTALL)

EFFECTS: Final = {  # opens, closes, counts as a value
    b"[": (1, 0, 1),
    b"{": (1, 0, 1),
    b"]": (0, 1, 0),
    b"}": (0, 1, 0),
    b",": (0, 0, 1),
}


class JsonTooComplex(Exception):
    """Deeper, or with more values, than we read."""


@dataclass(frozen=True, slots=True)
class JsonShapeLimits:
    """What a request's JSON may be."""

    depth: int = 32  # the parser's stack
    values: int = 20_000  # memory: each value costs many times its bytes
    digits: int = 1_000  # time: reading a number takes the square of its digits


def check_shape(raw: bytes, limits: JsonShapeLimits) -> None:
    """Count brackets and commas outside strings.

    Raises:
        JsonTooComplex: there are more than the limits allow.
    """
    depth = values = 0
    for token in TOKEN.finditer(raw):
        opens, closes, counts = EFFECTS.get(token.group(), (0, 0, 0))
        depth += opens - closes
        values += counts
        if depth > limits.depth:
            raise JsonTooComplex(f"The JSON is nested deeper than {limits.depth} levels.")
        if values > limits.values:
            raise JsonTooComplex(f"The JSON has more than {limits.values} values.")
        if len(token.group()) > limits.digits and token.group().isdigit():
            raise JsonTooComplex(f"The JSON has a number of more than {limits.digits} digits.")
