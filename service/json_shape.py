"""Is this JSON too deep or too full to be parsed?"""

import functools
import re
from dataclasses import dataclass

from schemas.structure import is_deeper, most_values, without_strings


class JsonTooComplex(Exception):
    """Deeper, or with more values, than we read."""


@dataclass(frozen=True, slots=True)
class JsonShapeLimits:
    """What a request's JSON may be."""

    depth: int = 32  # the parser's stack
    values: int = 20_000  # memory: each value costs many times its bytes
    digits: int = 1_000  # time: reading a number takes the square of its digits


def check_shape(raw: bytes, limits: JsonShapeLimits) -> None:
    """Count brackets, commas and digits outside strings.

    Raises:
        JsonTooComplex: there are more than the limits allow.
    """
    structure = without_strings(raw, limits.values)
    if structure is None or most_values(structure) > limits.values:
        raise JsonTooComplex(f"The JSON has more than {limits.values} values.")
    if is_deeper(structure, limits.depth):
        raise JsonTooComplex(f"The JSON is nested deeper than {limits.depth} levels.")
    if _longer_number(limits.digits).search(structure):
        raise JsonTooComplex(f"The JSON has a number of more than {limits.digits} digits.")


@functools.cache
def _longer_number(digits: int) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![0-9])[0-9]{%d}" % (digits + 1))  # tried once for each number
