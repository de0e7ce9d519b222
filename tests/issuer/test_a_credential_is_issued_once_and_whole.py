import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from world.credentials import NOON, other_signer
from world.issuing import (
    ASSESSOR,
    LATER,
    assessed_submission,
    assessment_draft,
    opened_desk,
    passed_submission,
    person,
)
from world.status_entries import status_entries

from issuer.columns import Chance
from issuer.desk import Desk
from issuer.errors import CannotMove, GateClosed, IdempotencyKeyReused, NotFound, SealBroken
from issuer.issuance.actions import Issued, Wish, issue
from issuer.issuance.document import months_later, source_address
from issuer.issuance.making import Workshop, sign
from issuer.issuance.queries import credential_by_code
from issuer.issuance.tables import Credential
from issuer.revocation.actions import revoke
from issuer.submissions.rules import State
from issuer.tables import StatusListRow, StoredFile, Submission, SuspensionPlace
from proofs.digests import Digest
from proofs.status import read_status_list
from proofs.verify import read_proofs, verify_proof
from schemas.document import Document
from schemas.validate import check_profile

KEY = "a-key-of-the-client"


def wish(desk: Desk, key: str | None = KEY) -> Wish:
    with desk.database.write() as session:
        submission = passed_submission(session, desk)
        return Wish(person(session, desk, *ASSESSOR), submission.id, key)


def issued(desk: Desk, asked: Wish) -> Issued:
    with desk.database.write() as session:
        return issue(session, desk.workshop, asked, now=LATER)


def test_what_is_stored_is_what_was_signed_and_meets_the_profile(desk: Desk) -> None:
    made = issued(desk, wish(desk))
    with desk.database.read() as session:
        kept = credential_by_code(session, desk.seal.organisation_id, made.code)
    assert kept is not None
    assert kept.raw == made.raw
    document = Document.read(kept.raw)
    check_profile(document.view)
    (proof,) = read_proofs(document)
    verify_proof(document, proof, desk.seal.signer.public_key)
    assert document.view["id"] == made.url


def test_every_bound_file_is_public_and_has_the_digest_that_was_signed(desk: Desk) -> None:
    view = Document.read(issued(desk, wish(desk)).raw).view
    genres = []
    for item in view["evidence"]:
        digest = Digest.parse(item["digestMultibase"])
        stream = desk.store.open(digest)
        assert stream is not None
        with stream, desk.database.read() as session:
            assert digest.matches(stream.read())
            assert session.get_one(StoredFile, item["digestMultibase"]).public
        genres.append(item["genre"])
    assert genres == ["Artifact", "Assessment", "AI-use statement"]


def test_the_assessment_document_gives_a_reason_for_every_level(desk: Desk) -> None:
    view = Document.read(issued(desk, wish(desk)).raw).view
    (item,) = [each for each in view["evidence"] if each["genre"] == "Assessment"]
    stream = desk.store.open(Digest.parse(item["digestMultibase"]))
    assert stream is not None
    with stream:
        said = Document.read(stream.read()).view
    results = view["credentialSubject"]["result"]
    assert [each["criterion"] for each in said["levels"]] == [
        each["resultDescription"] for each in results
    ]
    assert all(each["reason"] for each in said["levels"])
    assert said["method"] == "work-reviewed-and-questioned-live"
    assert said["assessor"]["name"] == ASSESSOR[0]
    assert ASSESSOR[1] not in str(said)


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_its_status_entries_point_at_clear_bits_of_published_lists(
    desk: Desk, purpose: str
) -> None:
    entries = status_entries(issued(desk, wish(desk)).raw)
    assert set(entries) == {"revocation", "suspension"}
    entry = entries[purpose]
    with desk.database.read() as session:
        row = session.exec(select(StatusListRow).where(StatusListRow.purpose == purpose)).one()
    assert entry.list_url == f"{desk.seal.url}/status/{row.name}"
    published = read_status_list(Document.read(row.raw).view, entry)
    assert published.value(entry.index) == 0


def test_a_closed_gate_leaves_no_trace(desk: Desk) -> None:
    with desk.database.write() as session:
        low = assessed_submission(
            session, desk, assessment_draft({"errors": "low", "tests": "mid"})
        )
        asked = Wish(low.holder_id, low.id, KEY)
    with pytest.raises(GateClosed) as closed:
        issued(desk, asked)
    assert {each.code for each in closed.value.missing} == {
        "not_passed",
        "level_not_reached",
        "second_assessor_missing",
        "preview_not_confirmed",
    }
    with desk.database.read() as session:
        assert session.exec(select(Credential)).all() == []


def test_a_retry_with_the_same_key_finds_the_same_credential(desk: Desk) -> None:
    asked = wish(desk)
    first, second = issued(desk, asked), issued(desk, asked)
    assert (first.reused, second.reused) == (False, True)
    assert second.raw == first.raw


def test_another_key_for_the_same_submission_makes_no_second_credential(desk: Desk) -> None:
    asked = wish(desk)
    first = issued(desk, asked)
    for key in ("another", None):
        again = issued(desk, replace(asked, idempotency_key=key))
        assert (again.code, again.reused) == (first.code, True)


def test_one_key_is_good_for_one_request(desk: Desk) -> None:
    first, second = wish(desk), wish(desk)
    issued(desk, first)
    with pytest.raises(IdempotencyKeyReused):
        issued(desk, second)


def test_a_retry_after_withdrawal_still_finds_what_was_issued(desk: Desk) -> None:
    asked = wish(desk)
    made = issued(desk, asked)
    with desk.database.write() as session:
        revoke(session, desk.seal, made.code, reason="A test.", now=LATER)
    assert issued(desk, asked).code == made.code
    with pytest.raises(CannotMove):
        issued(desk, replace(asked, idempotency_key="later"))


def test_a_submission_of_somebody_else_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        issued(desk, Wish("nobody", "nothing", None))


def test_two_requests_at_once_give_one_credential(desk: Desk) -> None:
    asked = wish(desk)
    start = threading.Barrier(4)
    made: list[Issued] = []

    def ask(number: int) -> None:
        start.wait()
        made.append(issued(desk, replace(asked, idempotency_key=f"{KEY}-{number % 2}")))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.code for each in made}) == 1
    assert sorted(each.reused for each in made) == [False, True, True, True]


def test_a_taken_place_or_code_is_drawn_again(desk: Desk) -> None:
    draws = iter([7, 7, *([1] * 10), 7, 8, 7, 9, *([1] * 10), *([2] * 10)])
    workshop = Workshop(desk.seal, desk.store, Chance(lambda _: next(draws), bytes))
    places, codes = [], set()
    for asked in (wish(desk, None), wish(desk, None)):
        with desk.database.write() as session:
            raw = issue(session, workshop, asked, now=LATER).raw
        entries = status_entries(raw)
        places.append((entries["revocation"].index, entries["suspension"].index))
        codes.add(Document.read(raw).view["id"][-13:])
    assert places == [(7, 7), (8, 9)]
    assert len(codes) == 2


def test_the_database_itself_refuses_a_place_that_is_taken(desk: Desk) -> None:
    issued(desk, wish(desk, None))
    with desk.database.write() as session:
        other = passed_submission(session, desk).id
        kept = session.exec(select(Credential)).one().model_dump()
        hold = session.exec(select(SuspensionPlace)).one().model_dump()
    kept |= {"id": "another", "code": "00000-00000-0", "submission_id": other}
    with pytest.raises(IntegrityError), desk.database.write() as session:
        session.add(Credential(**kept))
    with desk.database.write() as session:
        session.add(Credential(**kept | {"status_index": kept["status_index"] ^ 1}))
    with pytest.raises(IntegrityError), desk.database.write() as session:
        session.add(SuspensionPlace(**hold | {"credential_id": "another"}))


def test_a_key_that_signs_wrongly_issues_nothing(desk: Desk) -> None:
    class Lying:
        """Says that it is another key than it is."""

        verification_method = desk.seal.signer.verification_method
        public_key = desk.seal.signer.public_key

        def sign(self, message: bytes) -> bytes:
            return other_signer().sign(message)

    asked = wish(desk)
    broken = Workshop(replace(desk.seal, signer=Lying()), desk.store)
    with pytest.raises(SealBroken), desk.database.write() as session:
        issue(session, broken, asked, now=LATER)
    with desk.database.read() as session:
        assert session.get_one(Submission, asked.submission_id).state == State.PASSED
        assert session.exec(select(Credential)).all() == []


def test_a_document_that_would_lose_meaning_is_not_signed(desk: Desk) -> None:
    document: dict[str, Any] = dict(Document.read(issued(desk, wish(desk)).raw).view)
    document.pop("proof")
    with pytest.raises(Exception, match="defined by none"):
        sign(document | {"unheardOf": "x"}, desk.seal, now=NOON)


def test_nothing_is_kept_of_a_session_that_only_reads(tmp_path: Path) -> None:
    with opened_desk(f"sqlite:///{tmp_path / 'issuer.db'}", tmp_path) as desk:
        with desk.database.read() as session:
            passed_submission(session, desk)
        with desk.database.read() as session:
            assert session.exec(select(Submission)).all() == []


@pytest.mark.parametrize(
    ("months", "to"),
    [
        (1, "2026-02-28"),
        (13, "2027-02-28"),
        (25, "2028-02-29"),
        (11, "2026-12-31"),
        (12, "2027-01-31"),
    ],
)
def test_a_month_later_is_a_day_that_exists(months: int, to: str) -> None:
    end_of_january = NOON.replace(month=1, day=31)
    assert months_later(end_of_january, months).date().isoformat() == to
    assert months_later(end_of_january, months) - end_of_january > timedelta(days=27)


@pytest.mark.parametrize(
    ("repository", "page"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b/commit/abc"),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/commit/abc"),
        ("https://git.example/a/b", "https://git.example/a/b"),
        ("https://github.com.evil.example/a/b", "https://github.com.evil.example/a/b"),
    ],
)
def test_a_commit_gets_an_address_only_where_we_know_how_it_is_built(
    repository: str, page: str
) -> None:
    assert source_address(repository, "abc") == page
