"""Who may do this?

One place: every route of the API names a scope by the type of one of its arguments, and gets the
caller only if the caller's key carries it.
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from issuer.accounts.queries import caller
from issuer.accounts.scopes import Caller, Scope
from issuer.desk import Desk
from issuer.errors import NotAuthenticated

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="API key",
    description="A key made by `skillmark issuer api-key create`, sent as a bearer token.",
)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.issuer
    return desk


OurDesk = Annotated[Desk, Depends(_desk)]


def _may(scope: Scope) -> Callable[[Desk, HTTPAuthorizationCredentials | None], Caller]:
    def known(
        desk: OurDesk,
        sent: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
    ) -> Caller:
        if sent is None:
            raise NotAuthenticated
        # The connection is given back at once: a request that kept it while it waits for another
        # would, in a crowd, wait for itself.
        with desk.database.read() as session:
            found = caller(session, sent.credentials)
        if found.organisation_id != desk.seal.organisation_id:
            raise NotAuthenticated
        found.must(scope)
        return found

    known.__name__ = f"may_{scope.name.lower()}"
    return known


MayRead = Annotated[Caller, Depends(_may(Scope.READ), scope="function")]
MayWrite = Annotated[Caller, Depends(_may(Scope.WRITE), scope="function")]
MayAssess = Annotated[Caller, Depends(_may(Scope.ASSESS), scope="function")]
