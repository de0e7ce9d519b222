import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select
from world.credentials import NOON
from world.issuing import HOLDER, assessment_draft, draft_submission, passed_submission, person

from issuer import errors
from issuer.accounts.actions import create_api_key, normalised
from issuer.accounts.queries import account, caller, has_api_keys
from issuer.accounts.scopes import Scope
from issuer.accounts.tables import ApiKey
from issuer.assessments.actions import begin, conclude, record
from issuer.database import Database, Write
from issuer.desk import Desk
from issuer.migrations import configuration, upgrade
from issuer.problem_table import ISSUER_PROBLEMS
from issuer.submissions.actions import confirm_preview, state_ai_use, submit
from issuer.submissions.draft import AiUseDraft
from issuer.submissions.rules import State
from issuer.tables import Account, Submission
from service.problem_table import kind_of


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    opened = Database(address)
    yield opened
    opened.close()


def test_migrations_make_exactly_the_tables_that_the_code_knows(database: Database) -> None:
    upgrade(database)
    with database.connection() as connection:
        command.check(configuration(connection))


def test_processes_that_start_at_once_migrate_once(address: str) -> None:
    start = threading.Barrier(3)
    faults: list[Exception] = []

    def begin_process() -> None:
        opened = Database(address)
        start.wait()
        try:
            upgrade(opened)
            opened.ask()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            faults.append(error)
        finally:
            opened.close()

    threads = [threading.Thread(target=begin_process) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_migrations_can_be_undone(database: Database) -> None:
    upgrade(database)
    with database.connection() as connection:
        command.downgrade(configuration(connection), "base")
    upgrade(database)


def test_what_belongs_to_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(IntegrityError), desk.database.write() as session:
        session.add(Account(organisation_id="nobody", name="x", created_at=NOON))


def test_moments_come_back_in_utc_whatever_zone_they_had(desk: Desk) -> None:
    kabul = timezone(timedelta(hours=4, minutes=30))
    moment = datetime(2026, 3, 3, 16, 30, tzinfo=kabul)
    with desk.database.write() as session:
        made = Account(organisation_id=desk.seal.organisation_id, name="x", created_at=moment)
        session.add(made)
    with desk.database.read() as session:
        found = session.get_one(Account, made.id).created_at
    assert (found, found.tzinfo) == (NOON, UTC)


def test_sqlite_survives_a_power_cut_and_waits_for_its_turn(tmp_path: Path) -> None:
    opened = Database(f"sqlite:///{tmp_path / 'folder' / 'issuer.db'}")
    with opened.engine.connect() as connection:
        said = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    opened.close()
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15_000,
    }


def test_an_answer_is_sent_after_the_commit_and_an_error_undoes_all(desk: Desk) -> None:
    app = FastAPI()
    app.state.issuer = desk

    @app.post("/{name}")
    def add(name: str, session: Write) -> dict[str, str]:
        made = Account(organisation_id=desk.seal.organisation_id, name=name, created_at=NOON)
        session.add(made)
        if name == "broken":
            raise RuntimeError
        return {"id": made.id}

    with TestClient(app, raise_server_exceptions=False) as client:
        made = client.post("/whole").json()["id"]
        with desk.database.read() as session:
            assert session.get(Account, made) is not None
        assert client.post("/broken").status_code == 500
    with desk.database.read() as session:
        assert [each.name for each in session.exec(select(Account))] == ["whole"]


def test_only_the_digest_of_an_api_key_is_kept(desk: Desk) -> None:
    with desk.database.write() as session:
        assert not has_api_keys(session, desk.seal.organisation_id)
        owner = account(session, desk.seal.organisation_id, person(session, desk, *HOLDER))
        key = create_api_key(session, owner, label="ci", scopes=[Scope.READ], now=NOON)
        found = caller(session.connection(), key)
        kept = session.exec(select(ApiKey)).one()
        assert key not in str(kept.model_dump())
    assert (found.account_id, found.scopes) == (owner.id, {Scope.READ})
    found.must(Scope.READ)
    with pytest.raises(errors.ScopeMissing):
        found.must(Scope.ASSESS)


@pytest.mark.parametrize("change", ["ended", "mistyped"])
def test_a_key_that_is_not_one_opens_nothing(desk: Desk, change: str) -> None:
    with desk.database.write() as session:
        owner = account(session, desk.seal.organisation_id, person(session, desk, *HOLDER))
        key = create_api_key(session, owner, label="ci", scopes=Scope, now=NOON)
        if change == "ended":
            session.exec(select(ApiKey)).one().ended_at = NOON
            session.flush()
        else:
            key = key.swapcase()
        with pytest.raises(errors.NotAuthenticated):
            caller(session.connection(), key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("email: Wren@Holder.Example", "email:wren@holder.example"),
        ("profile:https://a.example/~Wren/", "profile:https://a.example/~wren"),
    ],
)
def test_an_identity_is_the_same_however_it_is_typed(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize("text", ["", "email:", "wren@holder.example", "phone:1"])
def test_what_is_no_identity_is_refused(text: str) -> None:
    with pytest.raises(errors.MalformedSubmission):
        normalised(text)


def leaves(root: type[Exception]) -> set[type[Exception]]:
    below = root.__subclasses__()
    return set().union(*map(leaves, below)) if below else {root}


def test_every_error_of_the_issuer_is_a_problem() -> None:
    for error in leaves(errors.IssuerError):
        assert kind_of(error, ISSUER_PROBLEMS).title


def submitted(session: Session, desk: Desk) -> Submission:
    submission = draft_submission(session, desk)
    submit(session, submission, now=NOON)
    return submission


def test_nobody_assesses_themselves_not_even_by_another_account(desk: Desk) -> None:
    with desk.database.write() as session:
        submission = submitted(session, desk)
        other = person(session, desk, "Somebody else", "email:WREN@holder.example")
        for assessor in (submission.holder_id, other):
            with pytest.raises(errors.MalformedSubmission):
                begin(session, submission, assessor, now=NOON)


def test_a_referred_holder_tries_once_more_and_no_oftener(desk: Desk) -> None:
    low = assessment_draft({"errors": "low", "tests": "high"})
    with desk.database.write() as session:
        submission = submitted(session, desk)
        assessor = person(session, desk, "M. Okafor")
        for attempt, to in ((1, State.REFERRED), (2, State.NOT_PASSED)):
            begin(session, submission, assessor, now=NOON)
            record(session, submission, assessor, low, now=NOON)
            assert conclude(session, submission, now=NOON) is to
            assert submission.attempt == attempt
            if to is State.REFERRED:
                submit(session, submission, now=NOON)
        with pytest.raises(errors.CannotMove):
            submit(session, submission, now=NOON)


def test_levels_are_given_only_by_those_who_began_and_only_from_the_rubric(desk: Desk) -> None:
    with desk.database.write() as session:
        submission = submitted(session, desk)
        first, stranger = person(session, desk, "First"), person(session, desk, "Stranger")
        with pytest.raises(errors.CannotMove):
            record(session, submission, first, assessment_draft(), now=NOON)
        begin(session, submission, first, now=NOON)
        with pytest.raises(errors.MalformedSubmission):
            begin(session, submission, first, now=NOON)
        with pytest.raises(errors.NotFound):
            record(session, submission, stranger, assessment_draft(), now=NOON)
        for levels in ({"errors": "divine"}, {"beauty": "high"}):
            with pytest.raises(errors.MalformedSubmission):
                record(session, submission, first, assessment_draft(levels), now=NOON)
        with pytest.raises(errors.MalformedSubmission):
            conclude(session, submission, now=NOON)


def test_what_was_passed_is_not_edited(desk: Desk) -> None:
    with desk.database.write() as session:
        submission = passed_submission(session, desk)
        statement = AiUseDraft.model_validate({"ai_use": "none", "holder_did": "All."})
        with pytest.raises(errors.CannotMove):
            state_ai_use(session, submission, statement, now=NOON)
        with pytest.raises(errors.CannotMove):
            begin(session, submission, person(session, desk, "Late"), now=NOON)
        draft = draft_submission(session, desk)
        with pytest.raises(errors.CannotMove):
            confirm_preview(session, draft, now=NOON)
        state_ai_use(session, draft, statement, now=NOON)
        assert draft.ai_use["aiUse"] == "none"
