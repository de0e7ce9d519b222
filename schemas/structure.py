"""How deep and how full is JSON?

Answered by looking at the bytes, before any parser builds anything: a parser's stack and a
million tiny objects are what such a text is after.  The text may still be wrong in other ways;
that is for the parser to say.
"""

from typing import Final

_BRACES: Final = bytes.maketrans(b"[]", b"{}")
_NO_BRACKETS: Final = bytes(byte for byte in range(256) if byte not in b"{}[]")


def without_strings(raw: bytes) -> bytes:
    """What is left of a text when its strings are taken out.

    In JSON a backslash stands in strings only, and in a run of them each first one escapes the
    next; so when pairs are gone, and then the escaped quotation marks, the others begin and end
    strings.  Of what is no JSON, all is right up to where a parser stops.
    """
    if b"\\" in raw:
        raw = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(raw.split(b'"')[::2])


def most_values(structure: bytes) -> int:
    """How many members and items there are at most, objects and arrays counted too.

    Args:
        structure: a text without its strings.
    """
    return structure.count(b"{") + structure.count(b"[") + structure.count(b",")


def is_deeper(structure: bytes, levels: int) -> bool:
    """Whether arrays and objects are nested deeper than so many levels.

    Args:
        structure: a text without its strings.
        levels: how many there may be.
    """
    brackets = structure.translate(_BRACES, _NO_BRACKETS)
    left = brackets
    for _ in range(levels):  # the innermost pairs are taken away, level by level
        left = left.replace(b"{}", b"")
        if not left:
            return False
    depth = deepest = 0  # deeper, or not in pairs
    for byte in brackets:
        depth += 1 if byte == ord("{") else -1
        deepest = max(deepest, depth)
    return deepest > levels
