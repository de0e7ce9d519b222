"""Is this the code of a credential?

Ten symbols of Crockford base32 and one that checks them (Luhn modulo 32), written
`XXXXX-XXXXX-C`.  Any mistyped symbol, and any two neighbours swapped, are noticed before
anything is looked up: Luhn modulo 32 cannot tell 0Z from Z0, so no code has these two side by
side.  The look-alikes O, I and L are read as 0, 1 and 1.
"""

from collections.abc import Callable
from typing import Final

from schemas.errors import MalformedCode

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS: Final = 10
_VALUE: Final = {symbol: value for value, symbol in enumerate(ALPHABET)}
_LOOK_ALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS: Final = str.maketrans("", "", "-\u2010\u2011\u2013")
_LONGEST: Final = 40  # characters, spaces and all
_BLIND: Final = ("0Z", "Z0")  # the only two neighbours that may change places unnoticed


def new_code(random_below: Callable[[int], int]) -> str:
    """A new code.

    Args:
        random_below: gives a number from 0 up to, not including, its argument;
            `secrets.randbelow` except in tests.
    """
    while True:  # one code in fifty has to be drawn again
        code = _written("".join(ALPHABET[random_below(32)] for _ in range(SYMBOLS)))
        symbols = code.replace("-", "")
        if not any(pair in symbols for pair in _BLIND):
            return code


def parse_code(text: str) -> str:
    """Read a code as a person types it, and give it in its one canonical form.

    Raises:
        MalformedCode: not eleven symbols, a symbol outside the alphabet, or a wrong check.
    """
    symbols = _typed(text).upper().translate(_LOOK_ALIKES)
    if len(symbols) != SYMBOLS + 1 or not all(symbol in _VALUE for symbol in symbols):
        raise MalformedCode("a code has eleven letters and digits, such as 4Q8RT-M2XZ9-3")
    canonical = _written(symbols[:SYMBOLS])
    if canonical[-1] != symbols[-1]:
        raise MalformedCode("one letter or digit of this code is mistyped; compare it once more")
    return canonical


def looks_like_code(text: str) -> bool:
    """Whether somebody meant to type a code, be it mistyped; decides which error they read."""
    symbols = _typed(text)
    return SYMBOLS <= len(symbols) <= SYMBOLS + 2 and symbols.isalnum()


def _typed(text: str) -> str:
    """The symbols without what people put between them; nothing if it cannot be a code."""
    symbols = "".join(text.split()).translate(_SEPARATORS) if len(text) <= _LONGEST else ""
    return symbols if symbols.isascii() else ""


def _written(symbols: str) -> str:
    return f"{symbols[:5]}-{symbols[5:]}-{_check_symbol(symbols)}"


def _check_symbol(symbols: str) -> str:
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        value = _VALUE[symbol] * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]
