"""Which status list is meant?"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from issuer.revocation.tables import StatusListRow, SuspensionPlace


def status_list(
    session: Session, organisation_id: str, name: str, *, lock: bool = False
) -> StatusListRow | None:
    """One list, by its name in its address."""
    statement = select(StatusListRow).where(
        col(StatusListRow.organisation_id) == organisation_id, col(StatusListRow.name) == name
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).one_or_none()


@dataclass(frozen=True, slots=True)
class PublishedList:
    """The signed bytes of a list, and when they end."""

    raw: bytes
    valid_until: datetime


def published_list(session: Session, organisation_id: str, name: str) -> PublishedList | None:
    """What is served under this name, without the bits that it was made of."""
    found = session.exec(
        select(StatusListRow.raw, StatusListRow.valid_until).where(
            col(StatusListRow.organisation_id) == organisation_id, col(StatusListRow.name) == name
        )
    ).one_or_none()
    return None if found is None else PublishedList(*found)


def locked_list(session: Session, list_id: str) -> StatusListRow:
    """The list of a credential, held until the transaction ends: no bit is lost."""
    statement = select(StatusListRow).where(col(StatusListRow.id) == list_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).one()


def suspension_place(session: Session, credential_id: str) -> SuspensionPlace | None:
    """Where a hold on this credential would be published, if it was signed with such a place."""
    return session.get(SuspensionPlace, credential_id)
