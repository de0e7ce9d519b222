"""A process that issues a credential and is killed before its Nth step; nobody can catch that."""

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event
from world.issuing import LATER, make_desk

from evidence.file import FileFacts
from issuer.desk import Desk
from issuer.issuance.actions import Wish, issue
from issuer.issuance.batch import issue_all


def issue_and_die(address: str, folder: Path, wish: Wish, last_step: int) -> None:
    """Issue one, take `last_step` steps and die before the next."""
    desk = make_desk(address, folder, new=False)
    with mortal(desk, last_step), desk.database.write() as session:
        issue(session, desk.workshop, wish, now=LATER)


def issue_all_and_die(address: str, folder: Path, ids: list[str], last_step: int) -> None:
    """The same with many at once."""
    desk = make_desk(address, folder, new=False)
    with mortal(desk, last_step), desk.database.write() as session:
        issue_all(session, desk.workshop, ids, now=LATER)


@contextmanager
def mortal(desk: Desk, last_step: int) -> Iterator[None]:
    """Whoever takes more than `last_step` steps dies; who takes fewer lives.

    A step is a statement, a commit, or a file that is kept; the last one is the answer.
    """
    steps = 0

    def step(*_: object, **__: object) -> None:
        nonlocal steps
        steps += 1
        if steps > last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(desk.database.engine, name, step)
    write = desk.store._write

    def step_and_write(temporary: Path, chunks: Iterable[bytes]) -> FileFacts:
        step()
        return write(temporary, chunks)

    desk.store._write = step_and_write  # type: ignore[method-assign]
    yield
    step()
