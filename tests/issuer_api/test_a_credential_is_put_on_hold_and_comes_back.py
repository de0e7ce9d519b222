"""The whole way: issued, put on hold and reinstated over HTTP, judged by the verifier each time."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import select
from world.calling import Api
from world.judging import the
from world.status_entries import status_entries

from issuer.tables import SuspensionPlace
from service.fetching import (
    DEFAULT_LIMITS,
    Fetched,
    FetchLimits,
    Found,
    Reason,
    Resource,
    Unreachable,
)
from verifier.facts import EvidenceMode
from verifier.issuers import IssuerList, IssuerLists, ListedIssuer
from verifier.report import Report
from verifier.verdict import Verdict
from verifier.verification import Verifier

REASON = "We are asking whose work this is."


@dataclass(frozen=True)
class OverHttp:
    """A verifier's way to the issuer's public side; nothing else is there."""

    api: Api

    async def fetch(
        self, url: str, *, accept: str = "*/*", limits: FetchLimits = DEFAULT_LIMITS
    ) -> Fetched[Resource]:
        del limits
        answer = self.api.client.get(url, headers={"Accept": accept})
        if answer.status_code != 200:
            return Unreachable(url, "It is not there.", Reason.HTTP_STATUS, answer.status_code)
        media_type = answer.headers["content-type"].partition(";")[0]
        return Found(Resource(url, url, media_type, answer.content, {}), datetime.now(UTC))


def judged(api: Api, url: str, later: timedelta = timedelta()) -> Report:
    desk = api.app.state.issuer
    listed = ListedIssuer(did=desk.seal.did, name=desk.seal.name, url=desk.seal.url)
    lists = IssuerLists(lists=(IssuerList(name="Ours", issuers=(listed,)),))
    verifier = Verifier(OverHttp(api), lists)
    now = datetime.now(UTC) + later
    return asyncio.run(verifier.verify(url, now=now, evidence=EvidenceMode.WAIT))


def hold(api: Api, code: str, reason: str = REASON) -> Any:  # noqa: ANN401 - a response
    return api.post(f"/credentials/{code}/suspension", {"reason": reason})


def lift(api: Api, code: str) -> Any:  # noqa: ANN401 - a response
    return api.send("DELETE", f"/api/v1/credentials/{code}/suspension")


def page(api: Api, url: str) -> str:
    return api.client.get(urlsplit(url).path, headers={"Accept": "text/html"}).text


def test_the_verifier_follows_a_hold_and_its_end(api: Api) -> None:
    issued = api.issued()
    url, code = issued["url"], issued["code"]
    assert judged(api, url).verdict is Verdict.CONFIRMED

    assert hold(api, code.lower()).status_code == 204
    held = judged(api, url)
    status = the(held, "status")
    assert (held.verdict, status.because) == (Verdict.CONFIRMED_WITH_NOTES, "suspended")
    assert "on hold" in status.sentence

    assert lift(api, code).status_code == 204
    assert judged(api, url).verdict is Verdict.CONFIRMED

    assert hold(api, code).status_code == 204
    assert api.post(f"/credentials/{code}/revocation", {"reason": "It was not."}).status_code == 204
    assert judged(api, url).verdict is Verdict.DO_NOT_RELY


def test_the_page_and_the_record_say_on_hold_since_when_and_why(api: Api) -> None:
    issued = api.issued()
    hold(api, issued["code"])
    record = api.get(f"/credentials/{issued['code']}").json()
    assert (record["state"], record["reason"]) == ("suspended", REASON)
    shown = page(api, issued["url"])
    since = datetime.fromisoformat(record["changedAt"])
    assert f"On hold since {since.day} {since:%B} {since.year}" in shown
    assert REASON in shown
    assert "In force" not in shown
    lift(api, issued["code"])
    shown = page(api, issued["url"])
    assert "In force" in shown
    assert REASON not in shown


def test_doing_it_twice_changes_nothing(api: Api) -> None:
    code = api.issued()["code"]
    assert lift(api, code).status_code == 204
    assert hold(api, code).status_code == 204
    assert hold(api, code, "Another reason altogether.").status_code == 204
    assert api.get(f"/credentials/{code}").json()["reason"] == REASON
    assert lift(api, code).status_code == 204
    assert lift(api, code).status_code == 204
    assert api.get(f"/credentials/{code}").json()["state"] == "in_force"


def test_what_was_withdrawn_is_a_conflict(api: Api) -> None:
    code = api.issued()["code"]
    api.post(f"/credentials/{code}/revocation", {"reason": "The wrong person."})
    for answer in (hold(api, code), lift(api, code)):
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:skillmark:problem:cannot-move"
    assert api.get(f"/credentials/{code}").json()["reason"] == "The wrong person."


def test_what_was_signed_before_there_were_holds_is_a_conflict_that_says_so(api: Api) -> None:
    issued = api.issued()
    with api.app.state.issuer.database.write() as session:
        session.delete(session.exec(select(SuspensionPlace)).one())
    answer = hold(api, issued["code"])
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:skillmark:problem:cannot-be-suspended"
    assert "without a place where a hold is published" in answer.json()["detail"]


@pytest.mark.parametrize("reason", ["", "short", "x" * 401])
def test_a_hold_needs_a_reason_and_the_problem_names_the_field(api: Api, reason: str) -> None:
    code = api.issued()["code"]
    answer = hold(api, code, reason)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/reason"
    assert api.get(f"/credentials/{code}").json()["state"] == "in_force"


def test_what_was_never_issued_is_not_there(api: Api) -> None:
    assert hold(api, "00000-00000-0").status_code == 404
    assert lift(api, "00000-00000-0").status_code == 404


def test_the_two_places_are_drawn_apart(api: Api) -> None:
    found = [api.client.get(f"{api.issued()['url']}.json").content for _ in range(3)]
    places = [
        (entries["revocation"].index, entries["suspension"].index)
        for entries in map(status_entries, found)
    ]
    assert any(one != other for one, other in places)
