"""What may an API key do?"""

from dataclasses import dataclass
from enum import StrEnum

from issuer.errors import ScopeMissing


class Scope(StrEnum):
    """One kind of permission."""

    WRITE = "issuer:write"
    ASSESS = "assess"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request, and what they may do."""

    account_id: str
    organisation_id: str
    scopes: frozenset[Scope]

    def must_be(self, account_id: str) -> None:
        """Go on only for oneself; whoever may write for the issuer may act for others.

        Raises:
            ScopeMissing: somebody else's work, and the key does not carry `issuer:write`.
        """
        if account_id != self.account_id:
            self.must(Scope.WRITE)

    def must(self, scope: Scope) -> None:
        """Go on only with this permission.

        Raises:
            ScopeMissing: the caller's key does not carry it.
        """
        if scope not in self.scopes:
            raise ScopeMissing(scope)
