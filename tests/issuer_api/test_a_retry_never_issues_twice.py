from concurrent.futures import ThreadPoolExecutor

from world.calling import Api


def issue(api: Api, submission: str, key: str) -> tuple[int, dict[str, str]]:
    answer = api.post(f"/submissions/{submission}/credential", Idempotency_Key=key)
    return answer.status_code, answer.json()


def test_the_same_key_gives_the_same_credential(api: Api) -> None:
    submission = api.ready()
    first, again = issue(api, submission, "order-7"), issue(api, submission, "order-7")
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert len(api.get("/credentials").json()["items"]) == 1


def test_without_a_key_too_there_is_one_credential_for_a_submission(api: Api) -> None:
    submission = api.ready()
    codes = {api.post(f"/submissions/{submission}/credential").json()["code"] for _ in range(3)}
    assert len(codes) == 1


def test_a_key_belongs_to_one_request(api: Api) -> None:
    first = api.ready()
    assert issue(api, first, "order-7")[0] == 201
    second = api.submission(identities=["profile:https://freelance.example/~other"])
    status, problem = issue(api, second, "order-7")
    assert status == 422
    assert problem["type"].endswith("idempotency-key-reused")


def test_many_at_once_make_one(api: Api) -> None:
    submission = api.ready()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: issue(api, submission, f"k{n % 2}"), range(8)))
    assert sorted({status for status, _ in answers}) == [200, 201]
    assert len({body["code"] for _, body in answers}) == 1
    assert [status for status, _ in answers].count(201) == 1
