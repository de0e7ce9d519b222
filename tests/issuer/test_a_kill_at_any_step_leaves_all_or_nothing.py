import multiprocessing
from pathlib import Path

import pytest
from sqlmodel import Session, select
from world.dying import issue_all_and_die, issue_and_die
from world.issuing import LATER, opened_desk, passed_submission
from world.status_entries import status_entries

from issuer.desk import Desk
from issuer.issuance.actions import Wish, issue
from issuer.issuance.batch import issue_all
from issuer.issuance.tables import Credential, IssueRequest
from issuer.submissions.rules import State
from issuer.tables import StatusListRow, Submission, SuspensionPlace
from proofs.digests import Digest
from proofs.status import read_status_list
from schemas.document import Document

KILLED = -9
MOST_STEPS = 200


@pytest.fixture(scope="module")
def processes() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["issuer.issuance.actions", "issuer.desk", "psycopg"])
    return context


def whole(session: Session, desk: Desk) -> int:
    """How many credentials there are; each is there with everything that belongs to it."""
    found = session.exec(select(Credential)).all()
    for credential in found:
        view = Document.read(credential.raw).view
        entries = status_entries(credential.raw)
        hold = session.get_one(SuspensionPlace, credential.id)
        for purpose, place in (("revocation", credential), ("suspension", hold)):
            entry = entries[purpose]
            row = session.get_one(StatusListRow, place.status_list_id)
            assert read_status_list(Document.read(row.raw).view, entry).value(entry.index) == 0
            assert (entry.index, row.purpose) == (place.status_index, purpose)
        for item in view["evidence"]:
            stream = desk.store.open(Digest.parse(item["digestMultibase"]))
            assert stream is not None
            stream.close()
    return len(found)


def state_after(desk: Desk, wish: Wish) -> tuple[int, int, str]:
    with desk.database.read() as session:
        requests = session.exec(select(IssueRequest)).all()
        submission = session.get_one(Submission, wish.submission_id)
        return whole(session, desk), len(requests), submission.state


def test_a_kill_at_any_step_leaves_all_or_nothing(
    address: str, tmp_path: Path, processes: multiprocessing.context.ForkServerContext
) -> None:
    with opened_desk(address, tmp_path) as desk:
        with desk.database.write() as session:
            submission = passed_submission(session, desk)
            wish = Wish(submission.holder_id, submission.id, "one key for all tries")
        ends = []
        for last_step in range(MOST_STEPS):
            child = processes.Process(
                target=issue_and_die, args=(address, tmp_path, wish, last_step)
            )
            child.start()
            child.join()
            ends.append(state_after(desk, wish))
            if ends[-1][0]:
                assert child.exitcode == KILLED, "it was killed after the commit, before the answer"
                break
            assert child.exitcode == KILLED
        assert set(ends[:-1]) == {(0, 0, State.PASSED)}
        assert ends[-1] == (1, 1, State.ISSUED)
        assert len(ends) > 20, "so many statements were interrupted"
        with desk.database.write() as session:
            assert issue(session, desk.workshop, wish, now=LATER).reused
        assert state_after(desk, wish) == (1, 1, State.ISSUED)


def states(desk: Desk) -> tuple[int, set[str]]:
    with desk.database.read() as session:
        return whole(session, desk), set(session.exec(select(Submission.state)))


def test_many_at_once_are_all_issued_or_none(
    address: str, tmp_path: Path, processes: multiprocessing.context.ForkServerContext
) -> None:
    with opened_desk(address, tmp_path) as desk:
        with desk.database.write() as session:
            ids = [passed_submission(session, desk).id for _ in range(3)]
        ends = []
        for last_step in range(MOST_STEPS):
            child = processes.Process(
                target=issue_all_and_die, args=(address, tmp_path, ids, last_step)
            )
            child.start()
            child.join()
            assert child.exitcode == KILLED
            ends.append(states(desk))
            if ends[-1][0]:
                break
        assert set(map(repr, ends[:-1])) == {repr((0, {State.PASSED.value}))}
        assert ends[-1] == (3, {State.ISSUED})
        assert len(ends) > 15, "so many steps were interrupted"
        with desk.database.write() as session:
            again = issue_all(session, desk.workshop, ids, now=LATER)
        assert [each.what for each in again] == ["already_issued"] * 3
        assert states(desk) == (3, {State.ISSUED})
