"""How many credentials a second over HTTP, with one process and with two, beside Express?

The credentials to verify are those of an issuer that runs beside: its DID document, its status
list, its schema and the documents of its achievement are to be had at its address.  Express has
the DID document in memory and looks up nothing else.
"""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from measuring import Series, in_rounds
from node_programs import express, load, trivial_server
from real_issuer import HOST, RealIssuer, lines, real_issuer
from services import Started, issuer_service, peak_bytes, verifier_service

CONNECTIONS: Final = 16
MOST_SECONDS: Final = 5  # of a turn
EXPRESS: Final = "express"
PROCESSES: Final = {"1 process": 1, "2 processes": 2}
PEER: Final = "did:web:peer.example"
SHARE_OF_EXPRESS: Final = 10  # it gets a tenth of the requests, so that a turn takes as long


@dataclass(frozen=True, slots=True)
class Asked:
    """One server and what it is asked.

    Attributes:
        request: a round's number → what `load.mjs` is told; no two rounds send the same.
        requests: how many there are in a round.
    """

    port: int
    request: Callable[[int], Mapping[str, Any]]
    requests: int

    def per_second(self, number: int) -> float:
        """Requests answered in a second."""
        said = load(
            {
                "host": HOST,
                "port": self.port,
                "connections": CONNECTIONS,
                "requests": self.requests,
                "mostSeconds": MOST_SECONDS,
                **self.request(number),
            }
        )
        rate: float = said["answered"] / said["seconds"]
        return rate


def measure(rounds: int, requests: int) -> dict[str, Any]:
    """Requests a second, and the memory that it took."""
    with tempfile.TemporaryDirectory(prefix="skillmark-bench-") as folder, ExitStack() as stack:
        asked, memory = _everybody(stack, Path(folder), requests)

        def turn(series: Series, number: int) -> None:
            for name, each in asked.items():
                series.add(name, [each.per_second(number)])

        rates = in_rounds(rounds, turn)
        return {"per_second": rates.told(), "peak_bytes": {n: one() for n, one in memory.items()}}


def _everybody(
    stack: ExitStack, folder: Path, requests: int
) -> tuple[dict[str, Asked], dict[str, Callable[[], int]]]:
    """Every server, with what each is asked and how to learn its memory."""
    issuers = {name: real_issuer(folder / str(n)) for name, n in PROCESSES.items()}
    first = next(iter(issuers.values()))
    known = first.write_list(folder / "issuers.json")
    asked: dict[str, Asked] = {}
    memory: dict[str, Callable[[], int]] = {}

    def verifying(number: int) -> Mapping[str, Any]:
        path = folder / f"verify-{number}.jsonl"
        if not path.exists():
            lines(first.genuine(requests, number * requests), "verifiableCredential", path)
        return to_verify(path)

    for name, processes in PROCESSES.items():
        service = stack.enter_context(issuer_service(issuers[name], processes))
        issuing = partial(to_issue, issuers[name], requests, folder / f"issue-{processes}.jsonl")
        asked[f"issue/{name}"] = Asked(service.port, issuing, requests)
        memory[f"issuer/{name}"] = _peak(service)
    for name, processes in PROCESSES.items():
        service = stack.enter_context(verifier_service(known, processes))
        asked[f"verify/{name}"] = Asked(service.port, verifying, requests)
        memory[f"verifier/{name}"] = _peak(service)
    peer = stack.enter_context(express(_published(first), PEER))
    few = max(2, requests // SHARE_OF_EXPRESS)
    theirs = partial(_for_peer, first, few, folder / "issue-express.jsonl")
    asked[f"issue/{EXPRESS}"] = Asked(peer.port, theirs, few)
    asked[f"verify/{EXPRESS}"] = Asked(peer.port, verifying, few)
    memory[EXPRESS] = lambda: peak_bytes(peer.pid)
    trivial = stack.enter_context(trivial_server())
    asked["ceiling of the generator"] = Asked(trivial.port, verifying, requests * 4)
    return asked, memory


def to_verify(bodies: Path) -> dict[str, Any]:
    """A request to verify that must succeed."""
    return {
        "method": "POST",
        "path": "/credentials/verify",
        "bodies": str(bodies),
        "status": 200,
        "includes": '"verified":true',
    }


def to_issue(issuer: RealIssuer, count: int, path: Path, number: int) -> dict[str, Any]:
    """A request to issue that must succeed; another number, other credentials."""
    bodies = lines(issuer.to_issue(count, number * count), "credential", path)
    return _issuing(bodies) | {"headers": {"authorization": f"Bearer {issuer.api_key}"}}


def _issuing(bodies: Path) -> dict[str, Any]:
    return {
        "method": "POST",
        "path": "/credentials/issue",
        "bodies": str(bodies),
        "status": 201,
        "includes": '"proofValue"',
    }


def _for_peer(issuer: RealIssuer, count: int, path: Path, number: int) -> dict[str, Any]:
    """The same documents with the issuer whose key Express has."""
    given = issuer.to_issue(count, number * count)
    renamed = (each | {"issuer": each["issuer"] | {"id": PEER}} for each in given)
    return _issuing(lines(renamed, "credential", path))


def _published(issuer: RealIssuer) -> dict[str, Any]:
    """The issuer's DID document and each of its methods, by address."""
    document = issuer.did_document
    methods = {
        method["id"]: {"@context": "https://w3id.org/security/multikey/v1", **method}
        for method in document["verificationMethod"]
    }
    return {issuer.did: document, **methods}


def _peak(service: Started) -> Callable[[], int]:
    return lambda: service.peak_bytes
