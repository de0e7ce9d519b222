"""Who may do this?

One place: every route of the API names a scope by the type of one of its arguments, and gets the
caller only if the caller's key carries it.  The key is looked up for each request, so that one
that was ended opens nothing from the next request on, whichever process ended it.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from issuer.accounts.queries import caller
from issuer.accounts.scopes import Caller, Scope
from issuer.desk import Desk
from issuer.errors import NotAuthenticated

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="API key",
    description="A key made by `skillmark issuer api-key create`, sent as a bearer token.",
)


async def our_desk(request: Request) -> Desk:
    """What the application opened when it started."""
    desk: Desk = request.app.state.issuer
    return desk


OurDesk = Annotated[Desk, Depends(our_desk)]


def _may(
    scope: Scope,
) -> Callable[[Desk, HTTPAuthorizationCredentials | None], Awaitable[Caller]]:
    async def known(
        desk: OurDesk,
        sent: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
    ) -> Caller:
        return await admitted(desk, sent, scope)

    known.__name__ = f"may_{scope.name.lower()}"
    return known


async def admitted(desk: Desk, sent: HTTPAuthorizationCredentials | None, scope: Scope) -> Caller:
    """The caller whose key this is.

    Raises:
        NotAuthenticated: no key, or not one of ours.
        ScopeMissing: the key does not carry the scope.
    """
    if sent is None:
        raise NotAuthenticated
    found = await _caller(desk, sent.credentials)
    if found.organisation_id != desk.seal.organisation_id:
        raise NotAuthenticated
    found.must(scope)
    return found


async def _caller(desk: Desk, key: str) -> Caller:
    """Who holds this key; the connection is given back at once.

    A request that kept it while it waits for another would, in a crowd, wait for itself.
    """

    def look() -> Caller:
        with desk.database.glance() as connection:
            return caller(connection, key)

    # A file answers sooner than another thread would begin; a server somewhere may take its time.
    return look() if desk.database.is_file else await run_in_threadpool(look)


MayRead = Annotated[Caller, Depends(_may(Scope.READ), scope="function")]
MayWrite = Annotated[Caller, Depends(_may(Scope.WRITE), scope="function")]
MayAssess = Annotated[Caller, Depends(_may(Scope.ASSESS), scope="function")]
