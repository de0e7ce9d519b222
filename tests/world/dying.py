"""A process that issues a credential and is killed before its Nth step; nobody can catch that."""

import os
import signal
from pathlib import Path

from sqlalchemy import event
from world.issuing import LATER, make_desk

from issuer.issuance.actions import Wish, issue


def issue_and_die(address: str, folder: Path, wish: Wish, last_step: int) -> None:
    """Take `last_step` steps and die before the next; live when there are not so many.

    A step is a statement, a commit, or a file that is kept; the last one is the answer.
    """
    desk = make_desk(address, folder, new=False)
    steps = 0

    def step(*_: object, **__: object) -> None:
        nonlocal steps
        steps += 1
        if steps > last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(desk.database.engine, name, step)
    keep = desk.store.put

    def put_and_step(chunks: object) -> object:
        step()
        return keep(chunks)  # type: ignore[arg-type]

    desk.store.put = put_and_step  # type: ignore[method-assign, assignment]
    with desk.database.write() as session:
        issue(session, desk.workshop, wish, now=LATER)
    step()
