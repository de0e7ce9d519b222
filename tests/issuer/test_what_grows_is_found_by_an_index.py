"""Nothing that a page, a status list, a withdrawal or an issuance asks reads a whole table.

The databases themselves say how they would look, with so many credentials in them that they choose.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, event, literal, literal_column, text, true
from sqlmodel import Session, col, select
from world.issuing import LATER, opened_desk, passed_submission

from issuer.accounts.queries import account_named
from issuer.desk import Desk
from issuer.issuance.actions import Wish, issue
from issuer.issuance.batch import issue_all
from issuer.issuance.queries import credential_by_code, credentials
from issuer.open_shelf import OpenShelf
from issuer.revocation.actions import reinstate, revoke, suspend
from issuer.submissions.queries import submissions
from issuer.tables import Credential
from proofs.digests import Digest

MANY = 5_000
COPIES = {
    "account": {"id", "name"},
    "submission": {"id"},
    "credential": {"id", "submission_id", "code", "status_index", "issued_at"},
    "artifact": {"id", "submission_id"},
    "assessment": {"id", "submission_id"},
    "issue_request": {"id", "idempotency_key", "credential_id"},
    "stored_file": {"digest"},
    "suspension_place": {"credential_id", "status_index"},
}
"""Table → the columns in which copies of its one row differ."""

GROWS = "|".join(COPIES)
SCANS = re.compile(rf"\bSCAN (?:{GROWS})\b(?! USING (?:COVERING )?INDEX ix_\w+_newest)")
SEQ_SCANS = re.compile(rf"Seq Scan on (?:{GROWS})\b")
SORTS = re.compile(r"USE TEMP B-TREE FOR (?:LAST TERM OF )?ORDER BY|^\s*Sort", re.MULTILINE)


def differing(dialect: str) -> dict[str, str]:
    """How the columns of copy number `n` are written."""
    number = {"sqlite": "printf('%032d', n)", "postgresql": "lpad(n::text, 32, '0')"}[dialect]
    short = {"sqlite": "printf('%013d', n)", "postgresql": "lpad(n::text, 13, '0')"}[dialect]
    later = {
        "sqlite": "datetime(issued_at, '-' || n || ' seconds')",
        "postgresql": "issued_at - n * interval '1 second'",
    }[dialect]
    numbered = dict.fromkeys(
        ("id", "name", "digest", "submission_id", "idempotency_key", "credential_id"), number
    )
    return {**numbered, "code": short, "status_index": "200000 + n", "issued_at": later}


def fill(connection: Connection) -> None:
    """Copy the one row of each table many times."""
    written = differing(connection.dialect.name)
    known = MetaData()
    known.reflect(connection)
    numbers = select(literal(1).label("n")).cte("c", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < MANY))
    for table in [each for each in known.sorted_tables if each.name in COPIES]:
        one = select(table).limit(1).subquery("one")
        own = COPIES[table.name]
        values = [
            literal_column(written[column.name]) if column.name in own else one.c[column.name]
            for column in table.columns
        ]
        copies = select(*values).select_from(numbers.join(one, true()))
        connection.execute(table.insert().from_select(list(table.columns), copies))
    connection.execute(text("ANALYZE"))


@contextmanager
def explained(desk: Desk) -> Iterator[list[tuple[str, str]]]:
    """Every statement that reads or changes rows, with the database's plan for it."""
    seen: list[tuple[str, Any]] = []
    plans: list[tuple[str, str]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:  # noqa: ANN401
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            seen.append((statement, parameters))

    event.listen(desk.database.engine, "before_cursor_execute", note)
    yield plans
    event.remove(desk.database.engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if desk.database.is_file else "EXPLAIN"
    with desk.database.engine.connect() as connection:
        for statement, parameters in seen:
            given = parameters[0] if isinstance(parameters, list) else parameters
            rows = connection.exec_driver_sql(f"{explain} {statement}", given)
            plans.append((statement, "\n".join(str(row[-1]) for row in rows)))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, str]]:
    """An issuer with very many credentials, and the code of one of them."""
    folder: Path = tmp_path_factory.mktemp("crowded")
    with contextmanager(_address)(request, folder) as address, opened_desk(address, folder) as desk:
        with desk.database.write() as session:
            submission = passed_submission(session, desk)
            wish = Wish(submission.holder_id, submission.id, "a key")
            code = issue(session, desk.workshop, wish, now=LATER).code
        with desk.database.connection() as connection:
            fill(connection)
        yield desk, code


def _address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'issuer.db'}"
    else:
        with request.getfixturevalue("server").database() as empty:
            yield empty


Step = Callable[[Session, Desk, str], object]

READS: dict[str, Step] = {
    "the public page": lambda s, d, code: OpenShelf(d, s, LATER).credential(code),
    "evidence": lambda s, d, _: OpenShelf(d, s, LATER).evidence(Digest.of(b"work").multibase),
    "a status list": lambda s, d, _: OpenShelf(d, s, LATER).status_list("1"),
    "the DID document": lambda s, d, _: OpenShelf(d, s, LATER).did_document(),
    "one record": lambda s, d, code: credential_by_code(s, d.seal.organisation_id, code),
    "the newest credentials": lambda s, d, _: credentials(s, d.seal.organisation_id, most=50),
    "the newest submissions": lambda s, d, _: submissions(s, d.seal.organisation_id, most=50),
    "those of one state": lambda s, d, _: submissions(
        s, d.seal.organisation_id, state="issued", most=50
    ),
    "somebody by name": lambda s, d, _: account_named(s, d.seal.organisation_id, "Nobody"),
}
ON_HOLD = {"reason": "We ask whose it is.", "now": LATER}
WRITES: dict[str, Step] = {
    "a hold": lambda s, d, code: suspend(s, d.seal, code, **ON_HOLD),  # type: ignore[arg-type]
    "its end": lambda s, d, code: reinstate(s, d.seal, code, now=LATER),
    "a withdrawal": lambda s, d, code: revoke(s, d.seal, code, **ON_HOLD),  # type: ignore[arg-type]
}


def must_be_found_by_an_index(plans: list[tuple[str, str]]) -> None:
    assert plans
    for statement, plan in plans:
        assert not SCANS.search(plan), f"{statement}\n{plan}"
        assert not SEQ_SCANS.search(plan), f"{statement}\n{plan}"


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_what_is_read_is_found_by_an_index(crowded: tuple[Desk, str], read: Step) -> None:
    desk, code = crowded
    with explained(desk) as plans, desk.database.read() as session:
        read(session, desk, code)
    must_be_found_by_an_index(plans)
    for statement, plan in plans:
        assert "status_list" in statement or "signing_key" in statement or not SORTS.search(plan)


def test_a_withdrawal_and_a_hold_are_found_by_an_index(crowded: tuple[Desk, str]) -> None:
    desk, code = crowded
    for step in WRITES.values():
        with explained(desk) as plans, desk.database.write() as session:
            step(session, desk, code)
        must_be_found_by_an_index(plans)


def test_issuing_finds_everything_by_an_index(crowded: tuple[Desk, str]) -> None:
    desk, _ = crowded
    with desk.database.write() as session:
        one, *many = (passed_submission(session, desk) for _ in range(4))
        wish = Wish(one.holder_id, one.id, "another key")
        ids = [each.id for each in many]
    with explained(desk) as plans, desk.database.write() as session:
        issue(session, desk.workshop, wish, now=LATER)
    must_be_found_by_an_index(plans)
    with explained(desk) as plans, desk.database.write() as session:
        issue_all(session, desk.workshop, ids, now=LATER + timedelta(hours=1))
    must_be_found_by_an_index(plans)


def test_a_whole_table_would_be_noticed(crowded: tuple[Desk, str]) -> None:
    desk, _ = crowded
    with explained(desk) as plans, desk.database.read() as session:
        session.exec(select(Credential.id).where(col(Credential.raw) == b"x")).all()
    with pytest.raises(AssertionError):
        must_be_found_by_an_index(plans)
