"""How is a status list published?

Bitstring Status List 1.0.  There are lists of withdrawals and lists of suspensions.  A list is
signed anew whenever a bit changes, and before its validity runs out; the exact signed bytes are
kept and served.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select

from issuer.columns import Chance
from issuer.issuance.tables import Credential
from issuer.organisations.seal import Seal
from issuer.revocation.tables import StatusListRow, SuspensionPlace
from proofs.secure import secure
from proofs.status import MINIMUM_ENTRIES, Purpose, StatusList, status_list_credential
from schemas.document import write

VALID_FOR: Final = timedelta(days=2)
RENEW_BEFORE: Final = timedelta(days=1)  # of the end
TTL_MILLISECONDS: Final = 300_000
FULL: Final = MINIMUM_ENTRIES // 2  # beyond, a free place takes many tries

PREFIXES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {Purpose.REVOCATION: "", Purpose.SUSPENSION: "suspension-"}
)
"""Purpose → how the names of its lists begin; a number follows.  We publish no others."""


def list_url(seal: Seal, name: str) -> str:
    """Where a list is published."""
    return f"{seal.url}/status/{name}"


def list_name(purpose: Purpose, number: int) -> str:
    """What the list of this purpose with this number is called in its address."""
    return f"{PREFIXES[purpose]}{number}"


def sign_list(row: StatusListRow, seal: Seal, *, now: datetime) -> None:
    """Say the bits of a row in signed bytes; the row is changed, the caller stores it."""
    moment = now.replace(microsecond=0)
    unsigned = status_list_credential(
        id=list_url(seal, row.name),
        issuer=seal.did,
        status_list=StatusList(row.purpose, row.bits),
        valid_from=moment,
        valid_until=moment + VALID_FOR,
        ttl_ms=TTL_MILLISECONDS,
    )
    row.raw = write(secure(unsigned, seal.signer, now))
    row.signed_at = moment
    row.valid_until = moment + VALID_FOR


def open_lists(session: Session, seal: Seal, *, now: datetime) -> None:
    """Make sure that there is a list of each purpose that new credentials have an entry for."""
    for purpose in purposes(seal):
        open_list(session, seal, now=now, purpose=purpose)


def purposes(seal: Seal) -> tuple[Purpose, ...]:
    """What a new credential has entries for."""
    return (Purpose.REVOCATION, Purpose.SUSPENSION) if seal.holds else (Purpose.REVOCATION,)


def open_list(
    session: Session, seal: Seal, *, now: datetime, purpose: Purpose = Purpose.REVOCATION
) -> StatusListRow:
    """The list that takes new credentials; a full one is followed by a new one.

    Of two transactions that open the next list at once, the later takes what the earlier made.
    """
    newest = _newest(session, seal, purpose)
    if newest is not None and used(session, newest) < FULL:
        return newest
    number = int(newest.name.removeprefix(PREFIXES[purpose])) + 1 if newest else 1
    row = StatusListRow(
        organisation_id=seal.organisation_id,
        purpose=purpose.value,
        name=list_name(purpose, number),
        bits=StatusList.blank(purpose).bits,
        raw=b"",
        signed_at=now,
        valid_until=now,
    )
    sign_list(row, seal, now=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return open_list(session, seal, now=now, purpose=purpose)
    return row


def used(session: Session, row: StatusListRow) -> int:
    """How many places of a list are taken."""
    list_id, _ = _places(row)
    return session.exec(select(func.count()).where(list_id == row.id)).one()


def free_place(session: Session, row: StatusListRow, chance: Chance) -> int:
    """A random place that nobody has; neighbours reveal nothing about each other."""
    list_id, place = _places(row)
    while True:
        index = chance.below(MINIMUM_ENTRIES)
        if session.exec(select(place).where(list_id == row.id, place == index)).first() is None:
            return index


def is_due(row: StatusListRow, now: datetime) -> bool:
    """Whether the signed list is so near its end that it must be signed anew."""
    return now >= row.valid_until - RENEW_BEFORE


def _newest(session: Session, seal: Seal, purpose: Purpose) -> StatusListRow | None:
    return session.exec(
        select(StatusListRow)
        .where(
            col(StatusListRow.organisation_id) == seal.organisation_id,
            col(StatusListRow.purpose) == purpose.value,
        )
        .order_by(func.length(StatusListRow.name).desc(), col(StatusListRow.name).desc())
    ).first()


def _places(row: StatusListRow) -> tuple[Mapped[Any], Mapped[Any]]:
    """The columns in which the places of a list are recorded: which list, which index."""
    if row.purpose == Purpose.SUSPENSION:
        return col(SuspensionPlace.status_list_id), col(SuspensionPlace.status_index)
    return col(Credential.status_list_id), col(Credential.status_index)
