"""How are bytes written as text?

Controlled Identifiers 1.0, section 2.4 (Multibase): base58btc after `z`, base64url without
padding after `u`.  Every value has exactly one spelling in each; others are refused.
"""

import base64
import binascii
from typing import Final

from keys.errors import MalformedKey

BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGIT: Final = {symbol: value for value, symbol in enumerate(BASE58)}
_STANDARD: Final = bytes.maketrans(b"-_+/=", b"+/   ")
"""From base64url to base64, which the standard library reads; a space is in neither alphabet."""
LONGEST: Final = 4096
"""Characters; decoding base58 costs the square of the length."""


def encode_base58btc(data: bytes) -> str:
    """Bytes as `z…`."""
    number = int.from_bytes(data, "big")
    symbols = []
    while number:
        number, digit = divmod(number, 58)
        symbols.append(BASE58[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + BASE58[0] * zeros + "".join(reversed(symbols))


def encode_base64url(data: bytes) -> str:
    """Bytes as `u…`, without padding."""
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str, *, longest: int = LONGEST) -> bytes:
    """Read `z…` or `u…`.

    Args:
        text: what was written.
        longest: how many characters may be read; more than `LONGEST` for base64url only.

    Raises:
        MalformedKey: another base, a symbol outside the alphabet, padding, bits left over,
            or too many characters.
    """
    if len(text) > (LONGEST if text.startswith("z") else longest):
        raise MalformedKey(f"multibase text of {len(text)} characters; at most {longest}")
    match text[:1]:
        case "z":
            return _decode_base58btc(text[1:])
        case "u":
            return _decode_base64url(text[1:])
        case _:
            raise MalformedKey("multibase text begins with z (base58btc) or u (base64url)")


def _decode_base58btc(digits: str) -> bytes:
    number = 0
    for symbol in digits:
        if symbol not in _DIGIT:
            raise MalformedKey(f"{symbol!r} is not a symbol of base58btc")
        number = number * 58 + _DIGIT[symbol]
    zeros = len(digits) - len(digits.lstrip(BASE58[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _decode_base64url(digits: str) -> bytes:
    try:
        standard = digits.encode("ascii").translate(_STANDARD)
        data = binascii.a2b_base64(standard + b"=" * (-len(digits) % 4), strict_mode=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise MalformedKey("not base64url without padding") from error
    # A last group that is not full has bits which say nothing, and must be zero.
    if (
        binascii.b2a_base64(data[len(data) - len(data) % 3 :], newline=False).rstrip(b"=")
        != (standard[len(standard) - len(standard) % 4 :])
    ):
        raise MalformedKey("base64url with padding or with bits left over")
    return data
