"""Which error is which problem?

One table for everything that the packages below can raise.  A test walks their trees, so that
no error is forgotten.  Each service adds its own errors when it is built.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: its name is part of the interface and never changes."""

    name: str
    title: str
    status: HTTPStatus

    @property
    def type(self) -> str:
        """The problem type of RFC 9457, section 3.1.1."""
        return f"urn:skillmark:problem:{self.name}"


PROBLEMS: Final[Mapping[type[Exception], ProblemKind]] = {}


def kind_of(
    error: type[Exception], table: Mapping[type[Exception], ProblemKind] = PROBLEMS
) -> ProblemKind:
    """The kind of an error, or of the nearest class above it that the table names.

    Raises:
        KeyError: the table knows neither.
    """
    for known in error.__mro__:
        if known in table:
            return table[known]
    raise KeyError(error.__name__)
