"""How much is there to read in a document?

Asked before JSON-LD reads it, which takes a thousand times longer than counting.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from proofs.chain import proofs_of
from proofs.errors import CanonicalizationRefused
from proofs.limits import Limits
from schemas.document import Document
from schemas.one_or_many import listed


@dataclass(frozen=True, slots=True)
class Size:
    """Members and items at whatever depth, and contexts among them."""

    values: int
    contexts: int

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> Self:
        """Count them."""
        values = contexts = 0
        waiting: list[object] = [view]
        for value in waiting:
            if isinstance(value, (list, tuple)):  # before Mapping, which takes ten times as long
                values += len(value)
                waiting.extend([each for each in value if type(each) is not str])
            elif type(value) is dict or isinstance(value, Mapping):
                values += len(value)
                if "@context" in value:
                    contexts += len(listed(value["@context"]))
                waiting.extend([each for each in value.values() if type(each) is not str])
        return cls(values, contexts)


def check_size(view: Mapping[str, Any], limits: Limits, times: int = 1) -> None:
    """Refuse a document that takes too long to be read so many times.

    Raises:
        CanonicalizationRefused: there are more values or contexts than the limits.
    """
    check_sizes([(view, times)], limits)


def check_read(document: Document, limits: Limits, times: int = 1) -> None:
    """The same for a document as received, most of which need not be counted.

    It has no more values than commas and brackets, wherever these stand.

    Raises:
        CanonicalizationRefused: there are more values or contexts than the limits.
    """
    raw = document.raw
    most = raw.count(b",") + raw.count(b"{") + raw.count(b"[")
    places = [document.view, *(p for p in proofs_of(document.view) if isinstance(p, Mapping))]
    named = [place["@context"] for place in places if "@context" in place]
    no_others = raw.count(b"@context") == len(named) and b"\\u" not in raw
    contexts = sum(len(listed(each)) for each in named)
    if not no_others or most * times > limits.values or contexts * times > limits.contexts:
        check_size(document.view, limits, times)


def check_sizes(documents: Iterable[tuple[Mapping[str, Any], int]], limits: Limits) -> None:
    """Refuse documents that together take too long, each read as often as is said beside it.

    Raises:
        CanonicalizationRefused: there are more values or contexts than the limits.
    """
    values = contexts = most = 0
    for view, times in documents:
        size, most = Size.of(view), max(most, times)
        values += size.values * times
        contexts += size.contexts * times
    again = "" if most <= 1 else " (counted each time that it is read)"
    if values > limits.values:
        raise CanonicalizationRefused(f"values{again}", values, limits.values)
    if contexts > limits.contexts:
        raise CanonicalizationRefused(f"contexts{again}", contexts, limits.contexts)
