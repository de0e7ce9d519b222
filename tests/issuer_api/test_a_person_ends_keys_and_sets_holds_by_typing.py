from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner
from world.calling import Api

from issuer.accounts.actions import OPERATOR, end_api_key
from issuer.accounts.queries import api_keys
from issuer.accounts.scopes import Scope
from issuer.cli import app
from issuer.errors import NotFound

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
RUN = CliRunner().invoke


@pytest.fixture
def typed(api: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """The running issuer, which commands that are typed work with too."""
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(api.app.state.settings.data_dir))
    monkeypatch.setenv("SKILLMARK_DEVELOPMENT", "true")
    return api


def newest_id(api: Api) -> str:
    desk = api.app.state.issuer
    with desk.database.read() as session:
        key, _ = api_keys(session, desk.seal.organisation_id)[-1]
        return str(key.id)


def status(api: Api, key: str) -> int:
    return api.send("GET", "/api/v1/credentials", key=key).status_code


def test_a_key_that_is_ended_by_typing_opens_nothing_from_the_next_request_on(typed: Api) -> None:
    key = typed.key_with(Scope.READ)
    assert status(typed, key) == 200
    ended = RUN(app, ["issuer", "api-key", "revoke", newest_id(typed)])
    assert (ended.exit_code, key in ended.output) == (0, False)
    assert status(typed, key) == 401
    assert status(typed, typed.key) == 200


def test_the_list_tells_keys_apart_and_shows_none(typed: Api) -> None:
    typed.key_with(Scope.READ, Scope.ASSESS)
    ended = newest_id(typed)
    assert RUN(app, ["issuer", "api-key", "revoke", ended]).exit_code == 0
    listed = RUN(app, ["issuer", "api-key", "list"])
    assert listed.exit_code == 0
    (line,) = (each for each in listed.stdout.splitlines() if each.startswith(ended))
    assert "ended 20" in line
    assert "assess,read" in line
    assert f"{OPERATOR}: a test's" in line
    assert "in use" in listed.stdout
    assert "skm_" not in listed.stdout
    assert typed.key not in listed.stdout


@pytest.mark.parametrize("name", ["", "0" * 32, "skm_wrong"])
def test_a_key_that_is_not_there_cannot_be_ended(typed: Api, name: str) -> None:
    refused = RUN(app, ["issuer", "api-key", "revoke", name])
    assert refused.exit_code == 1
    assert "there is no API key" in refused.stderr
    assert status(typed, typed.key) == 200


def test_ending_a_key_again_keeps_the_first_moment(api: Api) -> None:
    desk = api.app.state.issuer
    api.key_with(Scope.READ)
    with desk.database.write() as session:
        key_id, ours = newest_id(api), desk.seal.organisation_id
        end_api_key(session, ours, key_id, now=NOW)
        again = end_api_key(session, ours, key_id, now=datetime.now(UTC))
        assert again.ended_at == NOW
        with pytest.raises(NotFound):
            end_api_key(session, "another organisation", key_id, now=NOW)


def test_a_hold_is_set_and_lifted_by_typing(typed: Api) -> None:
    code = typed.issued()["code"]
    held = RUN(app, ["suspend", code.lower(), "--reason", "We ask whose work this is."])
    assert (held.exit_code, held.stdout) == (0, f"On hold: {code}\n")
    record = typed.get(f"/credentials/{code}").json()
    assert (record["state"], record["reason"]) == ("suspended", "We ask whose work this is.")
    assert RUN(app, ["reinstate", code]).exit_code == 0
    assert typed.get(f"/credentials/{code}").json()["state"] == "in_force"
    assert RUN(app, ["revoke", code]).exit_code == 0
    for command in ("suspend", "reinstate"):
        refused = RUN(app, [command, code])
        assert refused.exit_code == 1
        assert "what is revoked cannot become" in refused.stderr
        assert RUN(app, [command, "not a code"]).exit_code == 1
        assert RUN(app, [command, "00000-00000-0"]).exit_code == 1
