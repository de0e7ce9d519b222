from world.calling import Api

from issuer.issuance.batch import MOST


def issue_many(api: Api, *ids: str) -> list[dict[str, object]]:
    answer = api.post("/credentials/batch", {"submissionIds": list(ids)})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["items"]
    return found


def test_each_submission_has_its_outcome_and_the_credential_is_published(api: Api) -> None:
    ready, unassessed = api.ready(), api.submission()
    first, second, third = issue_many(api, ready, unassessed, "nobody's")
    assert (first["submissionId"], first["outcome"]) == (ready, "issued")
    assert api.client.get(f"/c/{first['code']}.json").json()["id"] == first["url"]
    assert second["outcome"] == "not_issued"
    told = api.get(f"/submissions/{unassessed}/gate").json()["missing"]
    assert second["missing"] == told != []
    assert (third["outcome"], third["missing"]) == ("not_found", [])


def test_the_same_request_again_finds_the_same(api: Api) -> None:
    ready = api.ready()
    (first,), (again,) = issue_many(api, ready), issue_many(api, ready)
    assert first["code"] == again["code"]
    assert (first["outcome"], again["outcome"]) == ("issued", "already_issued")
    assert len(api.get("/credentials").json()["items"]) == 1


def test_too_many_and_none_are_refused(api: Api) -> None:
    for ids in ([], ["x"] * (MOST + 1)):
        answer = api.post("/credentials/batch", {"submissionIds": ids})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/submissionIds"
