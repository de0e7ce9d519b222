"""How is the database opened, and when is something written?

One session for reading or one for writing, for one request; a writing session is committed at
the edge, once, before the answer leaves, or not at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlmodel import Session

BUSY_MILLISECONDS: Final = 15_000
WRITING: Final = "skillmark_writing"
PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a credential that was answered for must survive a power cut
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
)


class Database:
    """One engine and its two kinds of session."""

    def __init__(self, address: str) -> None:
        self.engine = open_engine(address)
        self._writing = self.engine.execution_options(**{WRITING: True})
        self.is_file = self.engine.dialect.name == "sqlite"
        self._glancing = open_engine(address, connections=1) if self.is_file else self.engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking; whatever it changes is thrown away."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """A connection for one look; of a file, one that nobody else ever keeps."""
        with self._glancing.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: all of it, or nothing when an error leaves the block."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """One writing transaction without a session, for migrations."""
        with self._writing.begin() as connection:
            yield connection

    def ask(self) -> None:
        """Find out whether the database answers."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give all connections back."""
        self._glancing.dispose()
        self.engine.dispose()


def open_engine(address: str, *, connections: int | None = None) -> Engine:
    """The engine for an address; a SQLite file's folder is made if need be.

    Args:
        address: of the database.
        connections: of a file, how many at once; usually as many as are usual.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    pool = {} if connections is None else {"pool_size": connections, "max_overflow": 0}
    engine = create_engine(url, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the beginning: a reader that turns writer could not wait for it."""
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _read_session(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.issuer.database
    with database.read() as session:
        yield session


def _write_session(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.issuer.database
    with database.write() as session:
        yield session


Read = Annotated[Session, Depends(_read_session, scope="function")]
Write = Annotated[Session, Depends(_write_session, scope="function")]
"""Committed before the answer is sent (`scope="function"`): nobody is told what did not happen."""
