"""Every route under /api/v1, and the VC API, as everybody who may not."""

import pytest
from fastapi.routing import APIRoute
from world.calling import Api

from issuer.accounts.scopes import Scope
from issuer.app import API_PREFIX, NOUNS
from issuer.issuance import deriving, vc_api
from issuer.revocation import vc_api as vc_api_status

NEEDS = {"may_read": Scope.READ, "may_write": Scope.WRITE, "may_assess": Scope.ASSESS}


def scopes_of(route: APIRoute) -> set[Scope]:
    names = [getattr(each.call, "__name__", "") for each in route.dependant.dependencies]
    return {NEEDS[name] for name in names if name in NEEDS}


ROUTES = [
    (prefix + route.path, route)
    for prefix, routers in ((API_PREFIX, NOUNS), ("", (vc_api.router, vc_api_status.router)))
    for router in routers
    for route in router.routes
    if isinstance(route, APIRoute)
]
IDS = [f"{min(route.methods)} {path}" for path, route in ROUTES]


def ask(api: Api, path: str, route: APIRoute, key: str | None) -> int:
    for name in ("submission_id", "assessor_id", "slug", "version", "code"):
        path = path.replace("{" + name + "}", "4Q8RT-M2XZ9-3")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return api.client.request(min(route.methods), path, headers=headers, json={}).status_code


OPEN = {f"POST {route.path}" for route in deriving.router.routes if isinstance(route, APIRoute)}
"""For holders, who have no key of ours; nothing is kept and nothing of ours is used."""


def test_no_route_of_the_api_is_left_out_here(api: Api) -> None:
    offered = {
        f"{method.upper()} {path}"
        for path, methods in api.app.openapi()["paths"].items()
        for method in methods
        if path.startswith((API_PREFIX, "/credentials"))
    }
    assert offered == set(IDS) | OPEN
    assert {"POST /credentials/derive"} == OPEN


@pytest.mark.parametrize("route", [route for _, route in ROUTES], ids=IDS)
def test_every_route_needs_exactly_one_scope(route: APIRoute) -> None:
    assert len(scopes_of(route)) == 1


def test_without_a_key_and_with_a_wrong_one_there_is_nothing_to_see(api: Api) -> None:
    for path, route in ROUTES:
        assert ask(api, path, route, None) == 401, path
        assert ask(api, path, route, "skm_wrong") == 401, path


@pytest.mark.parametrize("held", list(Scope))
def test_a_key_opens_only_what_its_scope_says(api: Api, held: Scope) -> None:
    key = api.key_with(held)
    for path, route in ROUTES:
        status = ask(api, path, route, key)
        if scopes_of(route) == {held}:
            assert status not in {401, 403, 500}, path
        else:
            assert status == 403, path


def test_a_401_says_how_to_come_in(api: Api) -> None:
    answer = api.client.get("/api/v1/credentials")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"].endswith("not-authenticated")
