"""How deep and how full is JSON?

Answered by looking at the bytes, before any parser builds anything: a parser's stack and a
million tiny objects are what such a text is after.  The text may still be wrong in other ways;
that is for the parser to say.
"""

from typing import Final

_BRACES: Final = bytes.maketrans(b"[]", b"{}")
_NO_BRACKETS: Final = bytes(byte for byte in range(256) if byte not in b"{}[]")


def without_strings(raw: bytes, values: int) -> bytes | None:
    """What is left of a text when its strings are taken out.

    In JSON a backslash stands in strings only, and in a run of them each first one escapes the
    next; so when pairs are gone, and then the escaped quotation marks, the others begin and end
    strings.  Of what is no JSON, all is right up to where a parser stops.

    Args:
        raw: the text.
        values: how many values it may have; `None` comes back for one with more strings than that,
            of which a value has two, its name and itself.
    """
    if b"\\" in raw:
        raw = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    if raw.count(b'"') > 4 * (values + 1):
        return None
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
    before, *opened = structure.translate(_BRACES, _NO_BRACKETS).split(b"{")
    depth, deepest = -len(before), 0
    for closed in opened:
        depth += 1
        deepest = max(deepest, depth)
        depth -= len(closed)
    return deepest > levels
