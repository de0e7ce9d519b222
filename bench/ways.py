"""What is compared?  One way of securing a credential, in one implementation.

Every implementation does the same work: a dict is signed into what would be sent, and what is
sent is read from its bytes, checked as far as that implementation checks, and verified.  Contexts
come from memory.  None is measured before it was seen to accept what is genuine and to refuse
what was changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from credentials import Json, tampered
from measuring import Series
from world.interop import forged

from schemas.document import write

Issue = Callable[[Json], Any]
Verify = Callable[[Any], object]


class NotHonest(Exception):
    """It refuses what is genuine, or accepts what was changed: nothing to compare with."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of securing.

    Attributes:
        who: the implementation.
        name: cryptosuite or format.
        issue: signs a credential.
        verify: raises unless what was sent is genuine.
        derive: what a holder makes of it before it is shown, where there is such a thing.
        share: how many of a round's credentials it gets; less than all where it is slow.
    """

    who: str
    name: str
    issue: Issue
    verify: Verify
    derive: Callable[[Any], Any] | None = None
    share: float = 1.0

    def of(self, size: int) -> int:
        """How many credentials it gets in a round of this size."""
        return max(2, round(size * self.share))

    def check_honest(self, credential: Json) -> None:
        """Look whether it really verifies.

        Raises:
            NotHonest: it does not.
        """
        made = self.issue(credential)
        if self.derive:
            made = self.derive(made)
        self.verify(sent(made))
        try:
            self.verify(sent(changed(made)))
        except Exception:  # noqa: BLE001 - each implementation refuses in its own words
            return
        raise NotHonest(f"{self.who} accepts a changed credential ({self.name})")

    def time(self, series: Series, work: str, given: Iterable[Any]) -> None:
        """Do one kind of work for each of these, and write down how long it takes."""
        do = {"issue": self.issue, "derive": self.derive, "verify": self.verify}[work]
        assert do is not None  # noqa: S101 - nobody asks for what is not there
        series.each(f"{work}.{self.name}/{self.who}", [partial(do, one) for one in given])


def sent(made: Any) -> bytes:  # noqa: ANN401 - a document or a token, as each has it
    """The bytes in which it travels."""
    if isinstance(made, bytes):
        return made
    return made.encode() if isinstance(made, str) else write(made)


def changed(made: Any) -> Any:  # noqa: ANN401 - same
    """With another level, or another value in the token."""
    return forged(made, 0) if isinstance(made, str) else tampered(made)
