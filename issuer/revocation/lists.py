"""How is a status list published?

Bitstring Status List 1.0.  There are lists of withdrawals and lists of suspensions.  A list is
signed anew whenever a bit changes, and before its validity runs out; the exact signed bytes are
kept and served.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, defer
from sqlmodel import Session, col, func, select, update

from issuer.columns import Chance
from issuer.issuance.document import ListPlace
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

LARGE: Final[Any] = (StatusListRow.bits, StatusListRow.raw)
"""Columns that only those who sign a list, or serve it, need."""

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
    if newest is not None and newest.taken < FULL:
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


def take(session: Session, list_id: str, places: int) -> None:
    """Record that so many more places of a list are taken; to count them would take ever longer.

    The last step before the commit: it is here that those who issue at once wait for each other.
    """
    session.execute(
        update(StatusListRow)
        .where(col(StatusListRow.id) == list_id)
        .values(taken=col(StatusListRow.taken) + places)
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Free places in one list."""

    list_id: str
    url: str
    indexes: tuple[int, ...]

    def published(self, nth: int) -> ListPlace:
        """One of them, as a credential names it."""
        return ListPlace(self.url, self.indexes[nth])


def draw_places(  # noqa: PLR0913 - time and chance are arguments
    session: Session,
    seal: Seal,
    count: int,
    chance: Chance,
    *,
    now: datetime,
    purpose: Purpose = Purpose.REVOCATION,
) -> Places:
    """Random places that nobody has; neighbours reveal nothing about each other."""
    row = open_list(session, seal, now=now, purpose=purpose)
    list_id, place = _places(row)
    free: dict[int, None] = {}
    while len(free) < count:
        drawn = {chance.below(MINIMUM_ENTRIES): None for _ in range(count - len(free))}
        for taken in session.exec(select(place).where(list_id == row.id, place.in_(drawn))):
            del drawn[taken]
        free |= drawn
    return Places(row.id, list_url(seal, row.name), tuple(free))


def is_due(valid_until: datetime, now: datetime) -> bool:
    """Whether a signed list is so near its end that it must be signed anew."""
    return now >= valid_until - RENEW_BEFORE


def _newest(session: Session, seal: Seal, purpose: Purpose) -> StatusListRow | None:
    return session.exec(
        select(StatusListRow)
        .where(
            col(StatusListRow.organisation_id) == seal.organisation_id,
            col(StatusListRow.purpose) == purpose.value,
        )
        .order_by(func.length(StatusListRow.name).desc(), col(StatusListRow.name).desc())
        .options(*map(defer, LARGE))
        .execution_options(populate_existing=True)
    ).first()


def _places(row: StatusListRow) -> tuple[Mapped[Any], Mapped[Any]]:
    """The columns in which the places of a list are recorded: which list, which index."""
    if row.purpose == Purpose.SUSPENSION:
        return col(SuspensionPlace.status_list_id), col(SuspensionPlace.status_index)
    return col(Credential.status_list_id), col(Credential.status_index)
