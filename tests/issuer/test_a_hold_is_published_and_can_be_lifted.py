from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from world.issuing import LATER, passed_submission
from world.status_entries import status_entries

from issuer.desk import Desk
from issuer.errors import CannotBeSuspended, CannotMove, MalformedSubmission, NotFound
from issuer.issuance.actions import Issued, Wish, issue
from issuer.issuance.queries import StoredCredential, credential_by_code
from issuer.open_shelf import OpenShelf
from issuer.revocation.actions import reinstate, revoke, supersede, suspend
from issuer.tables import SuspensionPlace
from proofs.status import read_status_list
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document

REASON = "We are asking whose work this is."
WHEN = LATER + timedelta(minutes=1)


def issued(desk: Desk) -> Issued:
    with desk.database.write() as session:
        submission = passed_submission(session, desk)
        return issue(session, desk.workshop, Wish(submission.holder_id, submission.id), now=LATER)


def hold(desk: Desk, made: Issued, reason: str = REASON, now: datetime = WHEN) -> None:
    with desk.database.write() as session:
        suspend(session, desk.seal, made.code, reason=reason, now=now)


def lift(desk: Desk, made: Issued) -> None:
    with desk.database.write() as session:
        reinstate(session, desk.seal, made.code, now=WHEN + timedelta(minutes=1))


def take_back(desk: Desk, made: Issued) -> None:
    with desk.database.write() as session:
        revoke(session, desk.seal, made.code, reason="It was not.", now=WHEN)


def kept(desk: Desk, made: Issued) -> StoredCredential:
    with desk.database.read() as session:
        found = credential_by_code(session, desk.seal.organisation_id, made.code)
    assert found is not None
    return found


def bits(desk: Desk, made: Issued, now: datetime = WHEN) -> dict[str, int]:
    """Purpose → what the published, verified list says."""
    said = {}
    for purpose, entry in status_entries(made.raw).items():
        with desk.database.read() as session:
            raw = OpenShelf(desk, session, now).status_list(entry.list_url.rpartition("/")[2])
        assert raw is not None
        document = Document.read(raw)
        for proof in read_proofs(document):
            verify_proof(document, proof, desk.seal.signer.public_key)
        said[purpose] = read_status_list(document.view, entry).value(entry.index)
    return said


CLEAR = {"revocation": 0, "suspension": 0}
HELD = {"revocation": 0, "suspension": 1}


def test_the_list_and_the_record_say_it_together(desk: Desk) -> None:
    made, other = issued(desk), issued(desk)
    hold(desk, made)
    assert (bits(desk, made), bits(desk, other)) == (HELD, CLEAR)
    found = kept(desk, made)
    assert (found.state, found.reason, found.changed_at) == ("suspended", REASON, WHEN)
    assert found.raw == made.raw
    lift(desk, made)
    assert bits(desk, made) == CLEAR
    found = kept(desk, made)
    assert (found.state, found.reason, found.changed_at) == ("in_force", "", None)


def test_a_hold_can_come_again(desk: Desk) -> None:
    made = issued(desk)
    for _ in range(2):
        hold(desk, made)
        assert bits(desk, made) == HELD
        lift(desk, made)
        assert bits(desk, made) == CLEAR


def test_the_first_reason_and_moment_stay(desk: Desk) -> None:
    made = issued(desk)
    hold(desk, made)
    hold(desk, made, "Another one.", WHEN + timedelta(days=1))
    found = kept(desk, made)
    assert (found.reason, found.changed_at) == (REASON, WHEN)


def test_lifting_what_is_not_held_changes_nothing(desk: Desk) -> None:
    made = issued(desk)
    lift(desk, made)
    assert (kept(desk, made).state, bits(desk, made)) == ("in_force", CLEAR)


def test_what_was_withdrawn_is_neither_held_nor_reinstated(desk: Desk) -> None:
    made = issued(desk)
    take_back(desk, made)
    for attempt in (hold, lift):
        with pytest.raises(CannotMove):
            attempt(desk, made)
    assert kept(desk, made).state == "revoked"
    assert bits(desk, made) == {"revocation": 1, "suspension": 0}


def test_what_was_replaced_is_neither_held_nor_reinstated(desk: Desk) -> None:
    made = issued(desk)
    with desk.database.write() as session:
        supersede(session, desk.seal, made.code, reason="A typing error.", now=WHEN)
    for attempt in (hold, lift):
        with pytest.raises(CannotMove):
            attempt(desk, made)


def test_what_is_on_hold_can_be_withdrawn_and_then_stays_so(desk: Desk) -> None:
    made = issued(desk)
    hold(desk, made)
    take_back(desk, made)
    with pytest.raises(CannotMove):
        lift(desk, made)
    assert kept(desk, made).state == "revoked"
    assert bits(desk, made)["revocation"] == 1


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_held_without_a_reason(desk: Desk, reason: str) -> None:
    made = issued(desk)
    with pytest.raises(MalformedSubmission):
        hold(desk, made, reason)
    assert bits(desk, made) == CLEAR


def test_what_was_never_issued_is_not_there(desk: Desk) -> None:
    with desk.database.write() as session:
        with pytest.raises(NotFound):
            suspend(session, desk.seal, "00000-00000-0", reason=REASON, now=WHEN)
        with pytest.raises(NotFound):
            reinstate(session, desk.seal, "00000-00000-0", now=WHEN)


def test_what_was_signed_without_such_a_place_says_so_and_stays_in_force(desk: Desk) -> None:
    made = issued(desk)
    with desk.database.write() as session:
        session.delete(session.exec(select(SuspensionPlace)).one())
    with pytest.raises(CannotBeSuspended, match=made.code):
        hold(desk, made)
    assert kept(desk, made).state == "in_force"
    take_back(desk, made)
    assert bits(desk, made)["revocation"] == 1


@pytest.mark.parametrize("days", [0, 1, 3, 400])
def test_a_served_list_of_suspensions_is_in_force_whenever_it_is_asked_for(
    desk: Desk, days: int
) -> None:
    made = issued(desk)
    hold(desk, made)
    now = WHEN + timedelta(days=days)
    assert bits(desk, made, now) == HELD
    with desk.database.read() as session:
        raw = OpenShelf(desk, session, now).status_list("suspension-1")
    assert raw is not None
    view = Document.read(raw).view
    assert datetime.fromisoformat(view["validFrom"]) <= now
    assert datetime.fromisoformat(view["validUntil"]) > now + timedelta(hours=23)


def test_only_who_asks_for_holds_signs_a_second_entry(desk: Desk) -> None:
    plain = replace(desk, seal=replace(desk.seal, holds=False))
    made = issued(plain)
    status = Document.read(made.raw).view["credentialStatus"]
    assert status["statusPurpose"] == "revocation"
    with pytest.raises(CannotBeSuspended):
        hold(plain, made)
    assert isinstance(Document.read(issued(desk).raw).view["credentialStatus"], list)
