from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from typer.testing import CliRunner
from world.credentials import NOON
from world.demonstration import ROOT, repository

from issuer.app import create_app
from issuer.cli import app
from issuer.errors import GateClosed, MalformedSubmissionFile, VersionIsFixed
from issuer.first_run import prepare
from issuer.issuance.from_file import issue_from_file
from issuer.issuance.submission_file import load, read_submission_file
from issuer.settings import IssuerSettings
from keys.errors import MissingPassphrase, WrongPassphrase
from schemas.document import Document

EXAMPLE = ROOT / "docs" / "examples" / "submission.yaml"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IssuerSettings:
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SKILLMARK_KEY_PASSPHRASE", "correct horse battery staple")
    return IssuerSettings()


@pytest.fixture
def work(tmp_path: Path) -> str:
    return str(repository(tmp_path / "work"))


def changed(tmp_path: Path, change: Change) -> Path:
    view = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    change(view)
    path = tmp_path / "changed.yaml"
    path.write_text(yaml.safe_dump(view, allow_unicode=True), "utf-8")
    return path


def test_the_example_becomes_a_credential_once(settings: IssuerSettings, work: str) -> None:
    first = issue_from_file(settings, EXAMPLE, artifact=work, now=NOON)
    second = issue_from_file(settings, EXAMPLE, artifact=work, now=NOON)
    assert (first.reused, second.reused) == (False, True)
    assert (second.code, second.url) == (first.code, first.url)
    older = issue_from_file(settings, EXAMPLE, artifact=work, commit="HEAD~1", now=NOON)
    assert older.code != first.code


def test_everything_that_it_points_at_is_served(settings: IssuerSettings, work: str) -> None:
    issued = issue_from_file(settings, EXAMPLE, artifact=work, now=NOON)
    with TestClient(create_app(settings), base_url=settings.issuer_url) as client:
        answer = client.get(f"{issued.url}.json")
        view = Document.read(answer.content).view
        assert client.get(issued.url, headers={"accept": "text/html"}).status_code == 200
        assert client.get("/readyz").status_code == 200
        pointed = [
            *(item["id"] for item in view["evidence"] if item["id"].startswith("http")),
            *(item["id"] for item in view["relatedResource"]),
            view["credentialSchema"]["id"],
            view["credentialStatus"]["statusListCredential"],
            view["credentialSubject"]["achievement"]["id"],
            f"{settings.issuer_url}/.well-known/did.json",
        ]
        for address in pointed:
            assert client.get(address).status_code == 200, address
        (source,) = [item for item in view["evidence"] if item["genre"] == "Source"]
        assert source["id"].startswith("swh:1:rev:")
        assert client.get("/evidence/uIDA").status_code == 404
        assert client.get("/achievements/python-service-with-ai/9").status_code == 404


def test_nobody_is_named_who_did_not_agree(settings: IssuerSettings, work: str) -> None:
    issued = issue_from_file(settings, EXAMPLE, artifact=work, now=NOON)
    with TestClient(create_app(settings), base_url=settings.issuer_url) as client:
        said = client.get(f"{issued.url}.json").text
    for hidden in ("Wren", "wren", "@holder.example", "@assessor.example", "freelance.example"):
        assert hidden not in said


BELOW: dict[str, tuple[Change, set[str]]] = {
    "a level below": (
        lambda v: v["assessments"][0]["levels"][1].update(level="guided"),
        {"not_passed", "level_not_reached"},
    ),
    "a level just reached": (
        lambda v: v["assessments"][0]["levels"][1].update(level="deliberate"),
        {"second_assessor_missing"},
    ),
    "no AI-use statement": (lambda v: v.pop("ai_use"), {"ai_use_missing"}),
    "no AI, unsupervised": (lambda v: v["ai_use"].update(ai_use="none"), {"none_unsupervised"}),
    "a conflict": (
        lambda v: v["assessments"][0].update(declared_no_conflict=False),
        {"conflict_not_excluded"},
    ),
    "no assessment": (lambda v: v.pop("assessments"), {"not_passed", "no_assessment"}),
    "sampled": (lambda v: v.update(sampled=True), {"second_assessor_missing"}),
    "no preview": (lambda v: v.pop("preview_confirmed"), {"preview_not_confirmed"}),
}


@pytest.mark.parametrize(("change", "codes"), BELOW.values(), ids=BELOW)
def test_the_gate_lists_what_a_changed_file_lacks(
    settings: IssuerSettings, work: str, tmp_path: Path, change: Change, codes: set[str]
) -> None:
    with pytest.raises(GateClosed) as closed:
        issue_from_file(settings, changed(tmp_path, change), artifact=work, now=NOON)
    assert {each.code for each in closed.value.missing} == codes
    assert not issue_from_file(settings, EXAMPLE, artifact=work, now=NOON).reused


def test_a_published_rubric_does_not_change(
    settings: IssuerSettings, work: str, tmp_path: Path
) -> None:
    issue_from_file(settings, EXAMPLE, artifact=work, now=NOON)
    other = changed(tmp_path, lambda v: v["achievement"].update(covers="Everything."))
    with pytest.raises(VersionIsFixed):
        issue_from_file(settings, other, artifact=work, now=NOON)


MALFORMED: dict[str, Change] = {
    "an unknown member": lambda v: v.update(colour="blue"),
    "no limits": lambda v: v["achievement"].pop("does_not_cover"),
    "an unknown method": lambda v: v["assessments"][0].update(method="self-declared"),
    "an empty reason": lambda v: v["assessments"][0]["levels"][0].update(reason=" "),
    "one person": lambda v: v["assessments"][0]["assessor"].update(name="WREN ALDOUS"),
    "a required level that is none": lambda v: v["achievement"]["criteria"][0].update(required="x"),
    "a criterion twice": lambda v: v["achievement"]["criteria"].append(
        v["achievement"]["criteria"][0]
    ),
    "nothing shown": lambda v: v["holder"].update(shown=[]),
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, change: Change) -> None:
    with pytest.raises(MalformedSubmissionFile, match=r"changed\.yaml cannot be used"):
        load(changed(tmp_path, change))


@pytest.mark.parametrize("raw", [b"\xff", b"a: [", b"", b"[]", b"x" * 200_001, b"!!python/name:os"])
def test_a_file_that_is_not_one_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedSubmissionFile):
        read_submission_file(raw, "it")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedSubmissionFile, match="cannot be read"):
        load(tmp_path / "absent.yaml")


def test_the_first_key_is_told_once(settings: IssuerSettings) -> None:
    first, second = prepare(settings, NOON), prepare(settings, NOON)
    assert first.api_key is not None
    assert first.api_key.startswith("skm_")
    assert second.api_key is None
    assert first.api_key not in repr(first)
    assert first.did == "did:web:localhost%3A8000"
    assert first.notes == ()


def test_development_is_told_aloud_and_is_not_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SKILLMARK_KEY_PASSPHRASE", raising=False)
    with pytest.raises(MissingPassphrase):
        prepare(IssuerSettings(data_dir=tmp_path / "a"), NOON)
    (note,) = prepare(IssuerSettings(data_dir=tmp_path / "b", development=True), NOON).notes
    assert "DEVELOPMENT ONLY" in note


def test_another_passphrase_opens_nothing(settings: IssuerSettings) -> None:
    prepare(settings, NOON)
    with pytest.raises(WrongPassphrase):
        prepare(settings.model_copy(update={"key_passphrase": None, "development": True}), NOON)


def test_a_person_can_do_it_all_by_typing(settings: IssuerSettings, work: str) -> None:
    run = CliRunner().invoke
    issued = run(app, ["issue", str(EXAMPLE), "--artifact", work])
    assert issued.exit_code == 0, issued.output
    url, code = issued.stdout.split()
    assert url == f"{settings.issuer_url}/c/{code}"
    assert "issued before" in run(app, ["issue", str(EXAMPLE), "--artifact", work]).stdout
    assert run(app, ["revoke", code.lower(), "--reason", "A test."]).exit_code == 0
    with TestClient(create_app(settings), base_url=settings.issuer_url) as client:
        assert "A test." in client.get(url, headers={"accept": "text/html"}).text
    assert "Ed25519" in run(app, ["keys", "list"]).stdout
    assert run(app, ["keys", "create", "spare"]).exit_code == 0
    assert run(app, ["keys", "create", "spare"]).exit_code == 1
    key = run(app, ["issuer", "api-key", "create", "--label", "ci", "--scope", "assess"])
    assert key.stdout.startswith("skm_")
    assert run(app, ["db", "upgrade"]).exit_code == 0


def test_a_refusal_tells_a_person_what_to_change(
    settings: IssuerSettings, work: str, tmp_path: Path
) -> None:
    del settings
    change = BELOW["a level below"][0]
    refused = CliRunner().invoke(app, ["issue", str(changed(tmp_path, change)), "--artifact", work])
    assert refused.exit_code == 1
    assert "'checking' is below its required level, 'deliberate'." in refused.stderr
    assert CliRunner().invoke(app, ["revoke", "not a code"]).exit_code == 1
    assert CliRunner().invoke(app, ["revoke", "00000-00000-0"]).exit_code == 1
