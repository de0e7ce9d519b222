"""A database with as many credentials as one likes, as if all of them had been issued.

Each has its submission, its code and its place in a status list.  Every so manieth is honest to
the last byte, and only these are asked for; the others have the bytes of an honest one, since
nobody reads them and signing a million would take longer than everything else.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from real_issuer import RealIssuer, as_if_issued, code_of
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from issuer.columns import new_id
from issuer.database import Database
from issuer.desk import open_desk
from issuer.issuance.tables import Credential
from issuer.organisations.seal import Seal
from issuer.revocation.lists import FULL, list_name, sign_list
from issuer.revocation.tables import StatusListRow
from issuer.submissions.tables import Submission
from issuer.tables import METADATA
from proofs.status import MINIMUM_ENTRIES, Purpose, StatusList
from schemas.document import write
from service.clock import utc_now

BATCH: Final = 5_000  # rows in one transaction
HONEST: Final = 600
FIRST_LIST: Final = 2  # the first is the one of the credential that was really issued
STRIDE: Final = 7_919  # odd, so that it meets every place of a list once

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """What may be asked for.

    Attributes:
        codes: of honest credentials.
        lists: names of status lists.
    """

    codes: Sequence[str]
    lists: Sequence[str]


def fill(issuer: RealIssuer, count: int) -> Stored:
    """Store so many credentials."""
    desk = open_desk(issuer.settings, now=utc_now())
    with closing(desk.database):
        lists = _open_lists(desk.database, desk.seal, count)
        with desk.database.read() as session:
            example = _example(session, issuer.code)
        codes: list[str] = []
        rows = _rows(issuer, example, list(lists.values()), count, codes)
        while batch := list(islice(rows, BATCH)):
            with desk.database.connection() as connection:
                _store(connection, batch)
        _analyze(desk.database)
    return Stored(codes, list(lists))


def _open_lists(database: Database, seal: Seal, count: int) -> dict[str, str]:
    """As many lists as are needed, half full each: name → id."""
    opened = {}
    with database.write() as session:
        for number in range(FIRST_LIST, FIRST_LIST + -(-count // FULL)):
            row = StatusListRow(
                organisation_id=seal.organisation_id,
                purpose=Purpose.REVOCATION.value,
                name=list_name(Purpose.REVOCATION, number),
                bits=StatusList.blank(Purpose.REVOCATION).bits,
                raw=b"",
                signed_at=utc_now(),
                valid_until=utc_now(),
            )
            sign_list(row, seal, now=utc_now())
            session.add(row)
            opened[row.name] = row.id
    return opened


def _example(session: Session, code: str) -> tuple[Row, Row]:
    """The rows of the credential that was really issued, and of its submission."""
    credential = session.exec(select(Credential).where(col(Credential.code) == code)).one()
    submission = session.get_one(Submission, credential.submission_id)
    return submission.model_dump(), credential.model_dump()


def _rows(
    issuer: RealIssuer, example: tuple[Row, Row], lists: Sequence[str], count: int, codes: list[str]
) -> Iterator[tuple[Row, Row]]:
    """Submissions and credentials; the codes of honest ones are noted."""
    submission, credential = example
    chance = random.Random(count)  # noqa: S311 - nothing is kept secret
    honest = set(chance.sample(range(count), min(HONEST, count)))
    template, raw = as_if_issued(issuer), issuer.raw
    for number in range(count):
        code = code_of(number)
        index = number % FULL * STRIDE % MINIMUM_ENTRIES
        place = number // FULL
        if number in honest:
            name = list_name(Purpose.REVOCATION, FIRST_LIST + place)
            raw = write(template(number, f"{issuer.url}/status/{name}", index))
            codes.append(code)
        about = submission | {"id": new_id()}
        yield (
            about,
            credential
            | {
                "id": new_id(),
                "submission_id": about["id"],
                "code": code,
                "raw": raw,
                "status_list_id": lists[place],
                "status_index": index,
            },
        )


def _store(connection: Connection, batch: Sequence[tuple[Row, Row]]) -> None:
    for table, place in (("submission", 0), ("credential", 1)):
        connection.execute(METADATA.tables[table].insert(), [pair[place] for pair in batch])


def _analyze(database: Database) -> None:
    with database.connection() as connection:
        connection.exec_driver_sql("ANALYZE")
