"""How much JSON may a stranger hand us?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JsonLimits:
    """Upper bounds on a JSON document; each answers the attack named beside it."""

    document_bytes: int = 512_000  # memory
    depth: int = 32  # levels of nesting: the parser's stack
    values: int = 20_000  # members and items: time spent per byte further on
    number_digits: int = 32  # characters of one number: converting costs the square
