import threading
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest
from world.issuing import LATER, passed_submission

from issuer.desk import Desk
from issuer.issuance.actions import Wish, issue
from issuer.revocation.lists import PREFIXES, list_name, open_list
from keys.public_key import PublicKey
from keys.signer import Signer
from proofs.status import Purpose

WRITERS = 4


@dataclass(frozen=True)
class Meeting:
    """A signer with whom writers wait for each other, as far as their database lets them."""

    signer: Signer
    here: threading.Barrier

    @property
    def verification_method(self) -> str:
        return self.signer.verification_method

    @property
    def public_key(self) -> PublicKey:
        return self.signer.public_key

    def sign(self, message: bytes) -> bytes:
        with suppress(threading.BrokenBarrierError):
            self.here.wait()
        return self.signer.sign(message)


@pytest.mark.parametrize("purpose", PREFIXES)
def test_those_who_open_the_next_list_at_once_share_it(
    desk: Desk, purpose: Purpose, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.database.write() as session:
        submission = passed_submission(session, desk)
        issue(session, desk.workshop, Wish(submission.holder_id, submission.id), now=LATER)
    monkeypatch.setattr("issuer.revocation.lists.FULL", 1)
    here = threading.Barrier(WRITERS, timeout=2)
    seal = replace(desk.seal, signer=Meeting(desk.seal.signer, here))
    opened: list[str] = []
    faults: list[Exception] = []

    def open_next() -> None:
        try:
            with desk.database.write() as session:
                opened.append(open_list(session, seal, now=LATER, purpose=purpose).name)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            faults.append(error)

    threads = [threading.Thread(target=open_next) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert opened == [list_name(purpose, 2)] * WRITERS
    in_turn = desk.database.engine.dialect.name == "sqlite"
    assert here.broken is in_turn, "they all signed a list of their own before one was stored"
