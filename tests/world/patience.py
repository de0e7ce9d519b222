"""How often may a client ask before it is told to wait?

Counts are kept by the minute of the clock and the minute before weighs less and less, so a burst
that runs over the turn of a minute gets a few requests more. What holds at any moment: the whole
allowance is answered, and before twice as much somebody is told to wait.
"""

from collections.abc import Callable

from httpx2 import Response

TOO_MANY = 429


def told_to_wait(ask: Callable[[], Response], *, allowance: int) -> tuple[list[Response], Response]:
    """Ask until refused: the answers before, and the refusal."""
    before: list[Response] = []
    while (answer := ask()).status_code != TOO_MANY:
        before.append(answer)
        assert len(before) <= 2 * allowance
    assert len(before) >= allowance
    return before, answer
