"""How much is there to read in a document?

Asked before JSON-LD reads it, which takes a thousand times longer than counting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from proofs.errors import CanonicalizationRefused
from proofs.limits import Limits
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
        while waiting:
            value = waiting.pop()
            if isinstance(value, Mapping):
                contexts += len(listed(value.get("@context", ())))
                waiting.extend(value.values())
                values += len(value)
            elif isinstance(value, (list, tuple)):
                waiting.extend(value)
                values += len(value)
        return cls(values, contexts)


def check_size(view: Mapping[str, Any], limits: Limits, times: int = 1) -> None:
    """Refuse a document that takes too long to be read so many times.

    Raises:
        CanonicalizationRefused: there are more values or contexts than the limits.
    """
    size = Size.of(view)
    again = "" if times == 1 else f", read again for each of {times} proofs,"
    if size.values * times > limits.values:
        raise CanonicalizationRefused(f"values{again}", size.values * times, limits.values)
    if size.contexts * times > limits.contexts:
        raise CanonicalizationRefused(f"contexts{again}", size.contexts * times, limits.contexts)
