from world.calling import Api
from world.issuing import WORK

from issuer.accounts.scopes import Scope
from proofs.digests import Digest


def codes(api: Api, submission: str) -> set[str]:
    return {each["code"] for each in api.get(f"/submissions/{submission}/gate").json()["missing"]}


def test_everything_missing_is_listed_at_once_and_nothing_is_issued(api: Api) -> None:
    submission = api.submission(aiUse=None)
    refused = api.post(f"/submissions/{submission}/credential")
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"].endswith("gate-closed")
    assert {error["pointer"] for error in refused.json()["errors"]} >= {
        "/state",
        "/assessments",
        "/aiUse",
        "/previewConfirmed",
    }
    assert codes(api, submission) >= {"not_passed", "no_assessment", "ai_use_missing"}
    assert api.get("/credentials").json()["items"] == []


def test_a_level_below_the_required_one_is_referred_and_never_issued(api: Api) -> None:
    submission = api.submission()
    assert api.assess(submission, {"errors": "low", "tests": "high"}) == "referred"
    assert "level_not_reached" in codes(api, submission)
    assert api.post(f"/submissions/{submission}/credential").status_code == 409


def test_the_holder_cannot_assess(api: Api) -> None:
    submission = api.submission()
    holder = api.get(f"/submissions/{submission}").json()["holderId"]
    answer = api.post(f"/submissions/{submission}/assessments", {"assessorId": holder})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/assessor"


def test_work_is_frozen_once_it_was_handed_in(api: Api) -> None:
    assert api.upload(api.submission(), b"better work").status_code == 409


def test_a_level_that_the_rubric_does_not_have_names_its_place(api: Api) -> None:
    submission = api.submission()
    assessor = api.person("okafor")
    api.post(f"/submissions/{submission}/assessments", {"assessorId": assessor})
    answer = api.put(
        f"/submissions/{submission}/assessments/{assessor}",
        {
            "method": "work-reviewed",
            "methodNotes": "Read.",
            "declaredNoConflict": True,
            "levels": [{"criterion": "errors", "level": "superb", "reason": "It is."}],
        },
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/levels/0/level"


def test_a_repository_on_this_machine_is_not_fetched_for_a_caller(api: Api) -> None:
    submission = api.submission()
    for url in ("file:///etc", "http://127.0.0.1/x", "https://localhost/x", "/srv/repository"):
        answer = api.post(
            f"/submissions/{submission}/artifacts/commit",
            {"url": url, "commit": "HEAD", "name": "x", "narrative": "x"},
        )
        assert answer.status_code in {400, 422}, (url, answer.text)


def test_nobody_reads_the_work_before_a_credential_points_at_it(api: Api) -> None:
    address = f"/evidence/{Digest.of(WORK).multibase}"
    submission = api.submission()
    assert api.client.get(address).status_code == 404
    api.assess(submission)
    api.post(f"/submissions/{submission}/confirmation")
    assert api.client.get(address).status_code == 404
    assert api.post(f"/submissions/{submission}/credential").status_code == 201
    assert api.client.get(address).content == WORK


def test_an_assessor_signs_for_nobody_else(api: Api) -> None:
    submission = api.submission()
    key = api.key_with(Scope.ASSESS)
    other = api.person("lindqvist")
    path = f"/api/v1/submissions/{submission}/assessments"
    assert api.send("POST", path, {"assessorId": other}, key=key).status_code == 403
    own = api.operator()
    assert api.send("POST", path, {"assessorId": own}, key=key).status_code == 201
    levels = {
        "method": "work-reviewed",
        "methodNotes": "x",
        "declaredNoConflict": True,
        "levels": [],
    }
    assert api.send("PUT", f"{path}/{other}", levels, key=key).status_code == 403
    assert api.send("PUT", f"{path}/{own}", levels, key=key).status_code == 200
