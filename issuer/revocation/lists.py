"""How is a status list published?

Bitstring Status List 1.0.  A list is signed anew whenever a bit changes, and before its validity
runs out; the exact signed bytes are kept and served.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, func, select

from issuer.columns import Chance
from issuer.issuance.tables import Credential
from issuer.organisations.seal import Seal
from issuer.revocation.tables import StatusListRow
from proofs.secure import secure
from proofs.status import MINIMUM_ENTRIES, Purpose, StatusList, status_list_credential
from schemas.document import write

VALID_FOR: Final = timedelta(days=2)
RENEW_BEFORE: Final = timedelta(days=1)  # of the end
TTL_MILLISECONDS: Final = 300_000
FULL: Final = MINIMUM_ENTRIES // 2  # beyond, a free place takes many tries


def list_url(seal: Seal, name: str) -> str:
    """Where a list is published."""
    return f"{seal.url}/status/{name}"


def sign_list(row: StatusListRow, seal: Seal, *, now: datetime) -> None:
    """Say the bits of a row in signed bytes; the row is changed, the caller stores it."""
    moment = now.replace(microsecond=0)
    unsigned = status_list_credential(
        id=list_url(seal, row.name),
        issuer=seal.did,
        status_list=StatusList(Purpose.REVOCATION, row.bits),
        valid_from=moment,
        valid_until=moment + VALID_FOR,
        ttl_ms=TTL_MILLISECONDS,
    )
    row.raw = write(secure(unsigned, seal.signer, now))
    row.signed_at = moment
    row.valid_until = moment + VALID_FOR


def open_list(session: Session, seal: Seal, *, now: datetime) -> StatusListRow:
    """The list that takes new credentials; a full one is followed by a new one."""
    newest = session.exec(
        select(StatusListRow)
        .where(col(StatusListRow.organisation_id) == seal.organisation_id)
        .order_by(func.length(StatusListRow.name).desc(), col(StatusListRow.name).desc())
    ).first()
    if newest is not None and used(session, newest) < FULL:
        return newest
    blank = StatusList.blank(Purpose.REVOCATION)
    row = StatusListRow(
        organisation_id=seal.organisation_id,
        name=str(int(newest.name) + 1 if newest else 1),
        bits=blank.bits,
        raw=b"",
        signed_at=now,
        valid_until=now,
    )
    sign_list(row, seal, now=now)
    session.add(row)
    session.flush()
    return row


def used(session: Session, row: StatusListRow) -> int:
    """How many places of a list are taken."""
    statement = select(func.count()).where(col(Credential.status_list_id) == row.id)
    return session.exec(statement).one()


def free_place(session: Session, row: StatusListRow, chance: Chance) -> int:
    """A random place that nobody has; neighbours reveal nothing about each other."""
    while True:
        index = chance.below(MINIMUM_ENTRIES)
        taken = select(Credential.id).where(
            col(Credential.status_list_id) == row.id, col(Credential.status_index) == index
        )
        if session.exec(taken).first() is None:
            return index


def is_due(row: StatusListRow, now: datetime) -> bool:
    """Whether the signed list is so near its end that it must be signed anew."""
    return now >= row.valid_until - RENEW_BEFORE
