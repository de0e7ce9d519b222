"""An issuer as `make run` sets one up, on this machine, with one credential that it really issued.

Many more can be had that differ from it and are signed with its key: its status list, its schema
and the documents of its achievement are served for all of them.
"""

import copy
import json
import random
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from credentials import Json, unassessed
from pydantic import SecretStr
from world.demonstration import EXAMPLE, repository

from issuer.desk import open_desk
from issuer.first_run import prepare
from issuer.issuance.from_file import issue_from_file
from issuer.issuance.queries import credential_by_code
from issuer.organisations.queries import did_document
from issuer.organisations.tables import Organisation
from issuer.settings import IssuerSettings
from keys.signer import Signer
from proofs.secure import secure
from schemas.codes import new_code
from schemas.document import Document, write
from service.clock import utc_now

HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class RealIssuer:
    """Who it is, and what it issued.

    Attributes:
        port: where it will listen; nothing is started yet.
        api_key: a key with every scope.
        code: of the credential that it really issued.
        raw: that credential's signed bytes.
    """

    settings: IssuerSettings
    port: int
    did: str
    api_key: str = field(repr=False)
    signer: Signer
    code: str
    raw: bytes
    did_document: Json

    @property
    def url(self) -> str:
        """Its address."""
        return self.settings.issuer_url

    @property
    def environment(self) -> dict[str, str]:
        """What its process is told."""
        told = {
            "SKILLMARK_DATA_DIR": str(self.settings.data_dir),
            "SKILLMARK_ISSUER_PORT": str(self.port),
            "SKILLMARK_ISSUER_URL": self.url,
        }
        address = self.settings.database_url
        if address is not None:
            told["SKILLMARK_DATABASE_URL"] = address.get_secret_value()
        return told

    def genuine(self, count: int, begin: int = 0) -> Iterator[Json]:
        """Credentials like the one that was issued, signed, and no two alike."""
        another = as_if_issued(self)
        for number in range(begin, begin + count):
            yield another(number, f"{self.url}/status/1", number)

    def to_issue(self, count: int, begin: int = 0) -> Iterator[Json]:
        """What its VC API signs, no two alike."""
        return (unassessed(number, self.did) for number in range(begin, begin + count))

    @property
    def view(self) -> Json:
        """The credential that was issued, to be read."""
        return dict(json.loads(self.raw))

    def write_list(self, path: Path) -> Path:
        """A list of known issuers that names this one."""
        listed = {
            "name": "The benchmark's issuers",
            "issuers": [{"did": self.did, "name": "The benchmark", "url": self.url}],
        }
        path.write_text(json.dumps(listed), "utf-8")
        return path


def real_issuer(folder: Path, database_url: str | None = None) -> RealIssuer:
    """Set one up in a folder, and let it issue.

    Args:
        folder: empty or not there yet.
        database_url: of an empty database; without it SQLite in the folder.
    """
    port = free_port()
    settings = IssuerSettings(
        data_dir=folder / "data",
        development=True,
        issuer_url=f"http://localhost:{port}",
        database_url=SecretStr(database_url) if database_url else None,
    )
    first = prepare(settings, utc_now())
    assert first.api_key is not None  # noqa: S101 - the database was empty
    work = str(repository(folder / "work"))
    issued = issue_from_file(settings, EXAMPLE, artifact=work, now=utc_now())
    desk = open_desk(settings, now=utc_now())
    with closing(desk.database), desk.database.read() as session:
        stored = credential_by_code(session, desk.seal.organisation_id, issued.code)
        assert stored is not None  # noqa: S101 - it was issued above
        organisation = session.get_one(Organisation, desk.seal.organisation_id)
        published = did_document(session, organisation)
        return RealIssuer(
            settings,
            port,
            first.did,
            first.api_key,
            desk.seal.signer,
            issued.code,
            stored.raw,
            dict(Document.read(published).view),
        )


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def code_of(number: int) -> str:
    """A code, the same in every run."""
    return new_code(random.Random(number).randrange)  # noqa: S311 - nothing is kept secret


def lines(documents: Iterator[Json], member: str, path: Path, **beside: Any) -> Path:  # noqa: ANN401
    """A file with one request a line, each with a document under `member`."""
    path.write_bytes(b"\n".join(write({member: each, **beside}) for each in documents))
    return path


def as_if_issued(issuer: RealIssuer) -> Callable[[int, str, int], Json]:
    """Makes and signs more of what was issued: number, address of the list, place in the list."""
    template = {name: value for name, value in issuer.view.items() if name != "proof"}

    def another(number: int, list_url: str, index: int) -> Json:
        made = copy.deepcopy(template)
        made["id"] = f"{issuer.url}/c/{code_of(number)}"
        made["name"] = f"{template['name']}, number {number}"
        made["credentialSubject"]["achievement"]["name"] = made["name"]
        made["credentialStatus"] |= {
            "id": f"{list_url}#{index}",
            "statusListIndex": str(index),
            "statusListCredential": list_url,
        }
        for evidence in made["evidence"]:
            evidence["name"] = f"{evidence['name']} ({number})"
        return secure(made, issuer.signer, utc_now())

    return another
