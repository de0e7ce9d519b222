"""The verifier as a stranger meets it: what it answers over HTTP, and what the answer costs."""

import json
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fastapi.testclient import TestClient
from httpx2 import Response
from world.credentials import NOON
from world.judging import LISTS, Shelf, honest_shelf
from world.processor import SECOND

from keys import did_key, multibase
from keys.memory import MemorySigner, generate, public_half
from keys.public_key import KeyType
from keys.signer import Signer
from schemas.moments import written
from service.moment import moment_of_request
from verifier.app import create_app
from verifier.settings import VerifierSettings
from verifier.verification import Verifier

VERIFICATIONS: Final = "/api/v1/verifications"
VC_API: Final = "/credentials/verify"
PRESENTATIONS: Final = "/presentations/verify"
MOST_BYTES: Final = 100_000_000
"""Of memory, for one request, at its peak."""

REFUSED: Final = frozenset({400, 413, 422})
NOT_RELIED_ON: Final = frozenset({"do_not_rely", "not_fully_checked"})
PROBLEM: Final = "application/problem+json"
JSON: Final = {"content-type": "application/json"}

Given = str | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and the seconds of the processor that it took."""

    status: int
    media_type: str
    body: Mapping[str, Any]
    seconds: float

    @property
    def outcomes(self) -> dict[str, str]:
        """The answer to each question."""
        return {check["code"]: check["outcome"] for check in self._report["checks"]}

    @property
    def verdict(self) -> str:
        """What a client is told."""
        return str(self._report["verdict"])

    @property
    def said(self) -> str:
        """Everything that is said of what is wrong."""
        told = [str(self.body.get(member, "")) for member in ("title", "detail", "errors")]
        checks = self._report.get("checks", ())
        return " ".join([*told, *(f"{check['sentence']} {check['detail']}" for check in checks)])

    @property
    def _report(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.body.get("report", self.body)
        return found


@dataclass(frozen=True, slots=True)
class Surface:
    """Both ways in for programs: our own API and the VC API."""

    client: TestClient
    shelf: Shelf

    def judge(self, given: Given, **options: object) -> Answer:
        """Our own API: a report whatever the verdict."""
        body = {"input": given, "evidence": "skip"} | options
        return self.send(VERIFICATIONS, json.dumps(body).encode())

    def verify(self, given: Given, **options: object) -> Answer:
        """The VC API: 200 only for what verifies."""
        body = {"verifiableCredential": given, "options": options}
        return self.send(VC_API, json.dumps(body).encode())

    def present(self, given: Given, **options: str) -> Answer:
        """The VC API, for what a holder shows."""
        body = {"verifiablePresentation": given, "options": options}
        return self.send(PRESENTATIONS, json.dumps(body).encode())

    def send(self, path: str, body: bytes) -> Answer:
        """Any bytes at all, said to be JSON."""
        begun = time.process_time()
        response = self.client.post(path, content=body, headers=JSON)
        return _answer(response, time.process_time() - begun)


def _answer(response: Response, seconds: float) -> Answer:
    media_type = response.headers["content-type"].partition(";")[0]
    return Answer(response.status_code, media_type, response.json(), seconds)


def stranger(kind: KeyType = KeyType.ED25519) -> MemorySigner:
    """Somebody nobody knows, whose key everybody can look up: their DID is the key."""
    key = generate(kind)
    return MemorySigner(did_key.method_for(public_half(key)), key)


def did_of(signer: Signer) -> str:
    """Whose key it is."""
    return signer.verification_method.partition("#")[0]


def empty_proof(
    signer: Signer,
    cryptosuite: str = "eddsa-rdfc-2022",
    purpose: str = "assertionMethod",
    value: str = multibase.encode_base58btc(bytes(range(1, 65))),
) -> dict[str, Any]:
    """A proof that has everything but a signature, so that all the work before it is done."""
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": cryptosuite,
        "created": written(NOON),
        "verificationMethod": signer.verification_method,
        "proofPurpose": purpose,
        "proofValue": value,
    }


@contextmanager
def surface(shelf: Shelf | None = None) -> Iterator[Surface]:
    """A verifier at noon, before a shelf on which everything is honest unless one is given."""

    def noon() -> datetime:
        return NOON

    shelf = shelf or honest_shelf()
    app = create_app(VerifierSettings())
    app.dependency_overrides[moment_of_request] = noon
    with TestClient(app, base_url="https://verifier.example") as client:
        app.state.verifier = Verifier(shelf, LISTS)
        yield Surface(client, shelf)


@contextmanager
def within_memory(most: int = MOST_BYTES) -> Iterator[None]:
    """Fail when more memory is taken at once than `most` bytes."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < most


def assert_a_clear_no(answer: Answer, said: str = "") -> None:
    """A problem or a report that says no, in words, quickly; never a confirmation or a crash."""
    assert answer.seconds < SECOND
    if answer.status == 200:
        assert answer.verdict in NOT_RELIED_ON
        assert answer.body.get("verified") is not True
    else:
        assert answer.status in REFUSED
        assert answer.media_type == PROBLEM
        assert answer.body["title"]
    assert answer.said.strip()
    assert said in answer.said


def assert_refused_everywhere(found: Surface, given: Given, said: str = "") -> Answer:
    """Neither way in takes it; gives the answer of our own API."""
    assert_a_clear_no(found.verify(given))
    answer = found.judge(given)
    assert_a_clear_no(answer, said)
    assert answer.status != 200 or answer.verdict == "do_not_rely"
    return answer
