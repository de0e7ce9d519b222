"""How does the cost grow with the number of stored credentials, in SQLite and in PostgreSQL?

For each number there is a database of its own and an issuer that serves it; all run at once and
are asked in turns, one request after the other.
"""

import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

from measuring import Series, in_rounds
from real_issuer import HOST, RealIssuer, real_issuer
from services import issuer_service
from stored_credentials import Stored, fill
from world.issuing import passed_submission
from world.postgres import postgres

from issuer.desk import open_desk
from service.clock import utc_now

COUNTS: Final = (1_000, 10_000, 100_000, 1_000_000)
SMALL_COUNTS: Final = (1_000, 10_000)
SQLITE: Final = "SQLite"
POSTGRESQL: Final = "PostgreSQL"
DATABASES: Final = (SQLITE, POSTGRESQL)
PER_TURN: Final = 10  # requests of each kind to each issuer
AT_ONCE: Final = 20
PATIENCE: Final = 5.0  # seconds; what takes longer while warming up is not asked again
PAGE: Final = "public page"
STATUS_LIST: Final = "status list"
REVOCATION: Final = "revocation"
LOOK_UP: Final = "look-up by code"
NEWEST: Final = "newest fifty"
OLDEST: Final = "oldest fifty"
ISSUE: Final = "issue"
ISSUE_MANY: Final = "issue twenty at once"
INDEPENDENT: Final = (PAGE, STATUS_LIST, REVOCATION, LOOK_UP, NEWEST, ISSUE)
API: Final = "/api/v1"
REASON: Final = {"reason": "Issued to the wrong person."}


class Unexpected(Exception):
    """An answer that should not be."""


@dataclass(frozen=True, slots=True)
class Work:
    """Requests of a kind, with what each must be answered.

    Attributes:
        says: some text of the answer, and how often it must be there.
    """

    method: str
    status: int
    addresses: Sequence[str]
    body: Mapping[str, Any] | None = None
    says: tuple[bytes, int] = (b"", 1)

    def check(self, address: str, status: int, said: bytes) -> None:
        """Look at an answer.

        Raises:
            Unexpected: it is another one.
        """
        text, times = self.says
        if status != self.status or said.count(text) < times:
            raise Unexpected(f"{self.method} {address}: {status} {said[:500]!r}")


@dataclass(frozen=True, slots=True)
class Kept:
    """An issuer with many credentials."""

    issuer: RealIssuer
    stored: Stored
    count: int
    submissions: Sequence[str]

    def works(self, number: int) -> Mapping[str, Work]:
        """Name of the work → a round's requests."""
        begin = number * PER_TURN
        codes = _turn(self.stored.codes, begin)
        lists = _turn(self.stored.lists, begin)
        one, *more = self.submissions[number * (1 + AT_ONCE) : (number + 1) * (1 + AT_ONCE)]
        last = max(0, self.count - 50)
        return {
            PAGE: Work("GET", 200, [f"/c/{code}" for code in codes]),
            STATUS_LIST: Work("GET", 200, [f"/status/{name}" for name in lists]),
            LOOK_UP: Work("GET", 200, [f"{API}/credentials/{code}" for code in codes]),
            NEWEST: Work("GET", 200, [f"{API}/credentials?limit=50"]),
            OLDEST: Work("GET", 200, [f"{API}/credentials?limit=50&offset={last}"]),
            REVOCATION: Work(
                "POST", 204, [f"{API}/credentials/{code}/revocation" for code in codes], REASON
            ),
            ISSUE: Work("POST", 201, [f"{API}/submissions/{one}/credential"]),
            ISSUE_MANY: Work(
                "POST",
                200,
                [f"{API}/credentials/batch"],
                {"submissionIds": more},
                (b'"issued"', AT_ONCE),
            ),
        }


def measure(rounds: int, *, quick: bool = False) -> dict[str, Any]:
    """Seconds of each request, by database and number of credentials."""
    counts = SMALL_COUNTS if quick else COUNTS
    found = {}
    for database in DATABASES:
        with tempfile.TemporaryDirectory(prefix="skillmark-bench-") as folder:
            found[database] = _measured(database, Path(folder), counts, rounds)
    return found


def _measured(database: str, folder: Path, counts: Sequence[int], rounds: int) -> dict[str, Any]:
    filling: dict[str, float] = {}
    with ExitStack() as stack:
        addresses = stack.enter_context(ADDRESSES[database]())
        kept = []
        for count in counts:
            begun = time.perf_counter()
            kept.append(_kept(folder / str(count), next(addresses), count, rounds))
            filling[str(count)] = round(time.perf_counter() - begun, 1)
        for each in kept:
            stack.enter_context(issuer_service(each.issuer))
        once = Series()

        def turn(series: Series, number: int) -> None:
            for each in kept:
                with _connected(each.issuer.port) as connection:
                    _ask(series, each, connection, number, once)

        seconds = in_rounds(rounds, turn)
        seconds.take(once)
        return {"seconds": seconds.told(), "seconds_to_fill": filling}


def _kept(folder: Path, address: str | None, count: int, rounds: int) -> Kept:
    """An issuer with so many credentials, and submissions that it can issue more for."""
    issuer = real_issuer(folder, address)
    stored = fill(issuer, count)
    desk = open_desk(issuer.settings, now=utc_now())
    with closing(desk.database), desk.database.write() as session:
        passed = [passed_submission(session, desk).id for _ in range((rounds + 1) * (1 + AT_ONCE))]
    return Kept(issuer, stored, count, passed)


@contextmanager
def _connected(port: int) -> Iterator[HTTPConnection]:
    """A connection that is made already; one that is kept too long would be closed over there."""
    with closing(HTTPConnection(HOST, port)) as connection:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        yield connection


def _ask(series: Series, kept: Kept, connection: HTTPConnection, number: int, once: Series) -> None:
    """A turn of one issuer; what takes too long to be asked again is written down in `once`."""
    for kind, work in kept.works(number).items():
        name = f"{kind}/{kept.count}"
        if name in once.values:
            continue
        for address in work.addresses:
            headers = {
                "accept": "text/html" if kind == PAGE else "*/*",
                "authorization": f"Bearer {kept.issuer.api_key}",
                "content-type": "application/json",
            }
            body = json.dumps(work.body) if work.body else None
            begun = time.perf_counter()
            connection.request(work.method, address, body, headers)
            answer = connection.getresponse()
            said = answer.read()
            seconds = time.perf_counter() - begun
            work.check(address, answer.status, said)
            (series if number or seconds < PATIENCE else once).add(name, [seconds])


def _turn(things: Sequence[str], begin: int) -> list[str]:
    return [things[(begin + place) % len(things)] for place in range(PER_TURN)]


@contextmanager
def _sqlite() -> Iterator[Iterator[str | None]]:
    """No addresses: each issuer has a file in its own folder."""
    yield iter(lambda: None, "")


@contextmanager
def _postgresql() -> Iterator[Iterator[str | None]]:
    """Addresses of empty databases."""
    with postgres() as server, ExitStack() as stack:
        yield (stack.enter_context(server.database()) for _ in COUNTS)


ADDRESSES: Final = {SQLITE: _sqlite, POSTGRESQL: _postgresql}
