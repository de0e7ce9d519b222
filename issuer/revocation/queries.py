"""Which status list is meant?"""

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


def locked_list(session: Session, list_id: str) -> StatusListRow:
    """The list of a credential, held until the transaction ends: no bit is lost."""
    statement = select(StatusListRow).where(col(StatusListRow.id) == list_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).one()


def suspension_place(session: Session, credential_id: str) -> SuspensionPlace | None:
    """Where a hold on this credential would be published, if it was signed with such a place."""
    return session.get(SuspensionPlace, credential_id)
