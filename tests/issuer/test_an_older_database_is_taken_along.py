"""From migration 0001, filled, to the newest: nothing is lost, and the old keeps working."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table
from sqlmodel import select
from world.issuing import LATER, make_desk, opened_desk, passed_submission
from world.status_entries import status_entries

from issuer.database import Database
from issuer.desk import Desk
from issuer.errors import CannotBeSuspended
from issuer.issuance.actions import Issued, Wish, issue
from issuer.issuance.making import sign
from issuer.migrations import configuration, upgrade
from issuer.open_shelf import OpenShelf
from issuer.revocation.actions import revoke, suspend
from issuer.tables import Credential
from proofs.status import read_status_list
from schemas.document import Document

Rows = dict[str, list[dict[str, Any]]]


def issued(desk: Desk) -> Issued:
    with desk.database.write() as session:
        submission = passed_submission(session, desk)
        wish = Wish(submission.holder_id, submission.id, submission.id)
        return issue(session, desk.workshop, wish, now=LATER)


def rows(connection: Connection) -> Rows:
    known = MetaData()
    known.reflect(connection)
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in known.sorted_tables
    }


def with_one_entry(desk: Desk, made: Issued) -> bytes:
    """The credential as the first version signed it: it can be withdrawn, and no more."""
    document = dict(Document.read(made.raw).view)
    del document["proof"]
    document["credentialStatus"] = document["credentialStatus"][0]
    return sign(document, desk.seal, now=LATER)


@pytest.fixture
def older(address: str, tmp_path: Path) -> tuple[str, str]:
    """The address of a database of migration 0001, and the code of a credential in it."""
    with opened_desk(f"sqlite:///{tmp_path / 'newer.db'}", tmp_path) as desk:
        made = issued(desk)
        with desk.database.write() as session:
            row = session.exec(select(Credential)).one()
            row.raw = with_one_entry(desk, made)
        with desk.database.connection() as connection:
            kept = rows(connection)
    kept["status_list"] = [row for row in kept["status_list"] if row["purpose"] == "revocation"]
    database = Database(address)
    with database.connection() as connection:
        command.upgrade(configuration(connection), "0001")
        known = MetaData()
        known.reflect(connection)
        for table in known.sorted_tables:
            if table.name != "alembic_version":
                fill(connection, table, kept[table.name])
    database.close()
    return address, made.code


def fill(connection: Connection, table: Table, kept: list[dict[str, Any]]) -> None:
    for row in kept:
        connection.execute(table.insert().values({c.name: row[c.name] for c in table.columns}))


def test_every_row_is_still_there_as_it_was(older: tuple[str, str]) -> None:
    database = Database(older[0])
    with database.connection() as connection:
        before = rows(connection)
    upgrade(database)
    with database.connection() as connection:
        after = rows(connection)
    database.close()
    assert before["credential"]
    assert before["issue_request"]
    assert [row.pop("purpose") for row in after["status_list"]] == ["revocation"]
    assert [row.pop("taken") for row in after["status_list"]] == [len(before["credential"])]
    assert after.pop("suspension_place") == []
    assert after | {"alembic_version": before["alembic_version"]} == before
    assert after["alembic_version"] != before["alembic_version"]


def test_what_was_issued_can_be_withdrawn_and_what_is_issued_can_be_held(
    older: tuple[str, str], tmp_path: Path
) -> None:
    address, code = older
    desk = make_desk(address, tmp_path)
    with desk.database.write() as session:
        old = session.exec(select(Credential)).one().raw
    with (
        pytest.raises(CannotBeSuspended, match=code),
        desk.database.write() as session,
    ):
        suspend(session, desk.seal, code, reason="We ask whose it is.", now=LATER)
    with desk.database.write() as session:
        revoke(session, desk.seal, code, reason="It was not.", now=LATER)
    new = issued(desk)
    with desk.database.write() as session:
        suspend(session, desk.seal, new.code, reason="We ask whose it is.", now=LATER)
    entries = status_entries(old)
    assert set(entries) == {"revocation"}
    for entry in (entries["revocation"], status_entries(new.raw)["suspension"]):
        with desk.database.read() as session:
            name = entry.list_url.rpartition("/")[2]
            raw = OpenShelf(desk, session, LATER).status_list(name)
        assert raw is not None
        assert read_status_list(Document.read(raw).view, entry).value(entry.index) == 1
    desk.database.close()


def test_going_back_takes_only_what_the_new_one_added(older: tuple[str, str]) -> None:
    database = Database(older[0])
    with database.connection() as connection:
        before = rows(connection)
    upgrade(database)
    with database.connection() as connection:
        command.downgrade(configuration(connection), "0001")
        assert rows(connection) == before
    database.close()
