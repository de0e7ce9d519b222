"""Many submissions, one transaction: each has its own outcome, and keeps no other back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlmodel import select
from world.credentials import NOON
from world.issuing import LATER, assessed_submission, passed_submission
from world.status_entries import status_entries

from issuer.columns import Chance
from issuer.desk import Desk
from issuer.issuance.actions import Wish, issue
from issuer.issuance.batch import MOST, issue_all
from issuer.issuance.making import Workshop
from issuer.organisations.tables import Organisation
from issuer.revocation.actions import revoke
from issuer.submissions.rules import State
from issuer.tables import Credential, StatusListRow, Submission, SuspensionPlace
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document


def passed(desk: Desk, count: int) -> list[str]:
    with desk.database.write() as session:
        return [passed_submission(session, desk).id for _ in range(count)]


def whats(desk: Desk, ids: list[str], workshop: Workshop | None = None) -> list[str]:
    with desk.database.write() as session:
        found = issue_all(session, workshop or desk.workshop, ids, now=LATER)
    assert [each.submission_id for each in found] == ids
    return [each.what for each in found]


def stored(desk: Desk) -> list[Credential]:
    with desk.database.read() as session:
        return list(session.exec(select(Credential)))


def test_every_credential_is_signed_and_has_places_of_its_own(desk: Desk) -> None:
    ids = passed(desk, 7)
    assert whats(desk, ids) == ["issued"] * 7
    credentials = stored(desk)
    assert {each.submission_id for each in credentials} == set(ids)
    assert len({each.code for each in credentials}) == 7
    for credential in credentials:
        document = Document.read(credential.raw)
        (proof,) = read_proofs(document)
        verify_proof(document, proof, desk.seal.signer.public_key)
        assert document.view["id"].endswith(credential.code)
        entries = status_entries(credential.raw)
        with desk.database.read() as session:
            hold = session.get_one(SuspensionPlace, credential.id)
            assert session.get_one(Submission, credential.submission_id).state == State.ISSUED
        assert entries["revocation"].index == credential.status_index
        assert entries["suspension"].index == hold.status_index
    assert len({each.status_index for each in credentials}) == 7


def test_a_list_knows_how_many_of_its_places_are_taken(desk: Desk) -> None:
    whats(desk, passed(desk, 3))
    (one,) = passed(desk, 1)
    with desk.database.write() as session:
        issue(session, desk.workshop, Wish("somebody", one), now=LATER)
    with desk.database.read() as session:
        assert set(session.exec(select(StatusListRow.taken))) == {4}


def test_each_has_its_own_outcome(desk: Desk) -> None:
    ready, before, withdrawn = passed(desk, 3)
    with desk.database.write() as session:
        unconfirmed = assessed_submission(session, desk).id
    whats(desk, [before, withdrawn])
    code = next(each.code for each in stored(desk) if each.submission_id == withdrawn)
    with desk.database.write() as session:
        revoke(session, desk.seal, code, reason="It was not theirs.", now=LATER)
    with desk.database.write() as session:
        found = issue_all(
            session,
            desk.workshop,
            [unconfirmed, "of nobody", ready, before, withdrawn],
            now=LATER,
        )
    assert [each.what for each in found] == [
        "not_issued",
        "not_found",
        "issued",
        "already_issued",
        "withdrawn",
    ]
    assert [each.code for each in found[0].missing] == ["preview_not_confirmed"]
    assert all(not each.missing for each in found[1:])
    assert [bool(each.code) for each in found] == [False, False, True, True, False]
    assert len(stored(desk)) == 3


def test_sending_it_again_finds_what_was_issued(desk: Desk) -> None:
    ids = passed(desk, 3)
    assert whats(desk, ids) == ["issued"] * 3
    before = sorted(each.raw for each in stored(desk))
    assert whats(desk, ids) == ["already_issued"] * 3
    assert sorted(each.raw for each in stored(desk)) == before


def test_one_that_is_named_twice_is_issued_once(desk: Desk) -> None:
    (one,) = passed(desk, 1)
    assert whats(desk, [one, one]) == ["issued", "issued"]
    assert len(stored(desk)) == 1


def test_a_submission_of_others_is_not_found(desk: Desk) -> None:
    (one,) = passed(desk, 1)
    with desk.database.write() as session:
        other = Organisation(did="did:web:o.example", name="O", url="https://o", created_at=NOON)
        session.add(other)
        session.flush()
        session.get_one(Submission, one).organisation_id = other.id
    assert whats(desk, [one]) == ["not_found"]


def test_places_and_codes_that_are_taken_are_drawn_again(desk: Desk) -> None:
    def below(limit: int) -> int:  # so few numbers that many meet
        nonlocal state
        state = (state * 1_103_515_245 + 12_345) % 2**31
        return (state >> 16) % min(limit, 6)

    state = 1
    workshop = Workshop(desk.seal, desk.store, Chance(below, bytes))
    ids = passed(desk, 6)
    for some in (ids[:2], ids[2:]):
        assert set(whats(desk, some, workshop)) == {"issued"}
    assert {each.status_index for each in stored(desk)} == set(range(6))


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(desk.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(desk.database.engine, "before_cursor_execute", note)


def test_more_of_them_take_no_more_statements(desk: Desk) -> None:
    whats(desk, passed(desk, 1))  # whose documents are those of the others
    few, many = passed(desk, 2), passed(desk, 12)
    with counted(desk) as for_few:
        whats(desk, few)
    with counted(desk) as for_many:
        whats(desk, many)
    assert len(for_many) == len(for_few)


def test_two_who_issue_the_same_at_once_issue_it_once(desk: Desk) -> None:
    ids = passed(desk, 8)
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda order=order: found.append(whats(desk, order)))
        for order in (ids, ids[::-1], ids[4:] + ids[:4])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert sorted(map(set, found), key=sorted) == [
        {"already_issued"},
        {"already_issued"},
        {"issued"},
    ]
    assert len(stored(desk)) == 8


def test_a_fault_in_one_leaves_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = passed(desk, 3)

    class Fault(Exception):
        pass

    signed = 0

    def sign(*_: object, **__: object) -> bytes:
        nonlocal signed
        signed += 1
        if signed == 3:
            raise Fault
        return b"{}"

    monkeypatch.setattr("issuer.issuance.making.sign", sign)
    with pytest.raises(Fault):
        whats(desk, ids)
    assert stored(desk) == []
    with desk.database.read() as session:
        assert set(session.exec(select(Submission.state))) == {State.PASSED}


def test_there_is_an_end_to_how_many(desk: Desk) -> None:
    ids = passed(desk, 1) + [f"{number:032d}" for number in range(MOST - 1)]
    assert whats(desk, ids) == ["issued"] + ["not_found"] * (MOST - 1)


def test_of_two_batches_at_once_the_later_shares_what_the_earlier_wrote(desk: Desk) -> None:
    """The same statement about AI stands in all of them, and is one file."""
    first, second = passed(desk, 2), passed(desk, 2)
    begun, outcomes = threading.Event(), []

    def later() -> None:
        begun.wait(30)
        outcomes.extend(whats(desk, second))

    thread = threading.Thread(target=later)
    thread.start()
    with desk.database.write() as session:
        issue_all(session, desk.workshop, first, now=LATER)
        begun.set()
        thread.join(1)  # it can only wait, or be done
    thread.join(30)
    assert outcomes == ["issued"] * 2
    assert len(stored(desk)) == 4
