import pytest
from world.calling import Api

from schemas.codes import new_code


@pytest.mark.parametrize(
    "path", ["/api/v1/accounts", "/api/v1/credentials/{code}/suspension", "/credentials/status"]
)
def test_a_body_that_is_too_large_is_a_413(api: Api, path: str) -> None:
    large = b'{"name": "' + b"x" * 1_000_000 + b'"}'
    answer = api.client.post(
        path.format(code=new_code(lambda below: below // 2)),
        content=large,
        headers={"Authorization": f"Bearer {api.key}", "Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
