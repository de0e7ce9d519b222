from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from world.credentials import NOON
from world.issuing import LATER, passed_submission
from world.status_entries import status_entries

from issuer.desk import Desk
from issuer.errors import CannotMove, MalformedSubmission, NotFound
from issuer.issuance.actions import Issued, Wish, issue
from issuer.issuance.queries import credential_by_code
from issuer.open_shelf import OpenShelf
from issuer.revocation.actions import revoke, supersede
from issuer.revocation.lists import PREFIXES, RENEW_BEFORE, VALID_FOR, list_name, open_list
from issuer.revocation.tables import StatusListRow
from proofs.status import Purpose, StatusList, read_status_list
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document


def issued(desk: Desk) -> Issued:
    with desk.database.write() as session:
        submission = passed_submission(session, desk)
        wish = Wish(submission.holder_id, submission.id)
        return issue(session, desk.workshop, wish, now=LATER)


def published(desk: Desk, now: datetime) -> Document:
    with desk.database.read() as session:
        raw = OpenShelf(desk, session, now).status_list("1")
    assert raw is not None
    document = Document.read(raw)
    (proof,) = read_proofs(document)
    verify_proof(document, proof, desk.seal.signer.public_key)
    return document


def bit(desk: Desk, made: Issued, now: datetime = LATER) -> int:
    entry = status_entries(made.raw)["revocation"]
    return read_status_list(published(desk, now).view, entry).value(entry.index)


def take_back(desk: Desk, made: Issued, reason: str = "It was not the holder's work.") -> None:
    with desk.database.write() as session:
        revoke(session, desk.seal, made.code, reason=reason, now=LATER + timedelta(minutes=1))


def test_the_list_and_the_record_say_it_together(desk: Desk) -> None:
    made, other = issued(desk), issued(desk)
    assert bit(desk, made) == 0
    take_back(desk, made)
    assert (bit(desk, made), bit(desk, other)) == (1, 0)
    with desk.database.read() as session:
        kept = credential_by_code(session, desk.seal.organisation_id, made.code)
    assert kept is not None
    assert (kept.state, kept.reason) == ("revoked", "It was not the holder's work.")
    assert kept.changed_at == LATER + timedelta(minutes=1)
    assert kept.raw == made.raw


def test_the_first_reason_stays(desk: Desk) -> None:
    made = issued(desk)
    take_back(desk, made)
    take_back(desk, made, "Another one.")
    with desk.database.read() as session:
        kept = credential_by_code(session, desk.seal.organisation_id, made.code)
    assert kept is not None
    assert kept.reason == "It was not the holder's work."


def test_a_replaced_credential_is_withdrawn_too_and_stays_replaced(desk: Desk) -> None:
    made = issued(desk)
    with desk.database.write() as session:
        supersede(session, desk.seal, made.code, reason="A typing error.", now=LATER)
    assert bit(desk, made) == 1
    with pytest.raises(CannotMove):
        take_back(desk, made)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_withdrawn_without_a_reason(desk: Desk, reason: str) -> None:
    made = issued(desk)
    with pytest.raises(MalformedSubmission):
        take_back(desk, made, reason)
    assert bit(desk, made) == 0


def test_what_was_never_issued_cannot_be_withdrawn(desk: Desk) -> None:
    with pytest.raises(NotFound), desk.database.write() as session:
        revoke(session, desk.seal, "00000-00000-0", reason="A test.", now=LATER)


@pytest.mark.parametrize("days", [0, 1, 3, 400])
def test_a_served_list_is_in_force_whenever_it_is_asked_for(desk: Desk, days: int) -> None:
    made = issued(desk)
    take_back(desk, made)
    now = LATER + timedelta(days=days, minutes=2)
    view = published(desk, now).view
    assert datetime.fromisoformat(view["validFrom"]) <= now
    assert datetime.fromisoformat(view["validUntil"]) > now + RENEW_BEFORE - timedelta(seconds=1)
    assert bit(desk, made, now) == 1


def test_a_list_that_is_fresh_is_served_byte_for_byte(desk: Desk) -> None:
    first = published(desk, NOON).raw
    assert published(desk, NOON + VALID_FOR - RENEW_BEFORE - timedelta(seconds=1)).raw == first
    assert published(desk, NOON + VALID_FOR - RENEW_BEFORE).raw != first


def test_a_list_that_does_not_exist_is_absent(desk: Desk) -> None:
    with desk.database.read() as session:
        assert OpenShelf(desk, session, NOON).status_list("2") is None


def test_a_full_list_is_followed_by_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    issued(desk)
    monkeypatch.setattr("issuer.revocation.lists.FULL", 1)
    second = issued(desk)
    addresses = {entry.list_url for entry in status_entries(second.raw).values()}
    assert addresses == {f"{desk.seal.url}/status/{name}" for name in ("2", "suspension-2")}
    with desk.database.read() as session:
        rows = session.exec(select(StatusListRow)).all()
        assert {row.name for row in rows} == {"1", "2", "suspension-1", "suspension-2"}


@pytest.mark.parametrize("purpose", PREFIXES)
def test_the_tenth_list_comes_after_the_ninth(
    desk: Desk, purpose: Purpose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issuer.revocation.lists.FULL", 0)
    with desk.database.write() as session:
        names = [open_list(session, desk.seal, now=NOON, purpose=purpose).name for _ in range(10)]
    assert names == [list_name(purpose, number) for number in range(2, 12)]


def test_bits_that_were_set_at_once_are_all_set(desk: Desk) -> None:
    made = [issued(desk) for _ in range(3)]
    for each in made:
        take_back(desk, each)
    with desk.database.read() as session:
        row = session.exec(select(StatusListRow).where(StatusListRow.name == "1")).one()
    view = published(desk, LATER).view
    decoded = StatusList.decode(view["credentialSubject"]["encodedList"], Purpose.REVOCATION)
    assert decoded.bits == row.bits
    assert sum(byte.bit_count() for byte in row.bits) == 3
