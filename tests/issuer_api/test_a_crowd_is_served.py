"""More callers at once than there are connections to the database."""

from concurrent.futures import ThreadPoolExecutor

from world.calling import Api


def test_many_writers_and_readers_at_once_are_all_answered(api: Api) -> None:
    def ask(number: int) -> int:
        if number % 3:
            return api.post("/accounts", {"name": f"person {number}"}).status_code
        return api.get("/credentials").status_code

    with ThreadPoolExecutor(40) as threads:
        answers = list(threads.map(ask, range(90)))
    assert set(answers) == {200, 201}
