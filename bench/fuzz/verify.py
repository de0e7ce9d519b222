"""Can any document break the verifier, or fool it?  Honest documents, spoilt over and over.

What is asked of every answer: no 500; less than a second of the processor; and nothing verifies
whose signed content differs from what was signed.  Inputs with an answer of a new kind are kept in
bench/fuzz/corpus, where a test of the suite replays them.  Run by `make fuzz`.
"""

import argparse
import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent), str(HERE.parent.parent / "tests")]

from fastapi.testclient import TestClient  # noqa: E402 - the lines above find the rest
from mutations import mutated  # noqa: E402 - same
from seeds import MEMBERS, Seed, seeds  # noqa: E402 - same
from world.credentials import NOON  # noqa: E402 - same
from world.judging import LISTS, honest_shelf  # noqa: E402 - same

from proofs import jcs  # noqa: E402 - same
from proofs.canonical import canonical  # noqa: E402 - same
from proofs.errors import ProofError  # noqa: E402 - same
from schemas.errors import SchemaError  # noqa: E402 - same
from service.clock import moment_of_request  # noqa: E402 - same
from verifier import routes  # noqa: E402 - same
from verifier.app import create_app  # noqa: E402 - same
from verifier.settings import VerifierSettings  # noqa: E402 - same
from verifier.verification import Verifier  # noqa: E402 - same

CORPUS: Final = HERE / "corpus"
RESULT: Final = HERE.parent / "results" / "fuzz_verify.json"
ANSWERS: Final = frozenset({200, 400, 413, 422})
MOST_SECONDS: Final = 1.0
MOST_STEPS: Final = 3
LARGEST_KEPT: Final = 3_500  # bytes of one input
MOST_KEPT: Final = 240_000  # bytes of all together


def noon() -> datetime:
    """When everything was signed."""
    return NOON


@contextmanager
def verifier() -> Iterator[TestClient]:
    """The verifier in this process, which reaches nobody."""
    app = create_app(VerifierSettings())
    app.dependency_overrides[moment_of_request] = noon
    app.dependency_overrides[routes.LIMIT] = lambda: None
    with TestClient(app, raise_server_exceptions=False) as client:
        app.state.verifier = Verifier(honest_shelf(), LISTS)
        yield client


@dataclass
class Found:
    """What came of it."""

    inputs: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    kept_bytes: int = 0

    def look(self, client: TestClient, origin: Seed, given: Any) -> None:  # noqa: ANN401 - JSON
        """Send one input and judge the answer."""
        body = json.dumps({MEMBERS[origin.route]: given}).encode("utf-8", "surrogatepass")
        begun = time.process_time()
        answer = client.post(
            origin.route, content=body, headers={"content-type": "application/json"}
        )
        took = time.process_time() - begun
        self.inputs += 1
        self.slowest = max(self.slowest, took)
        if answer.status_code not in ANSWERS:
            self._fault(f"{answer.status_code}", body)
        elif took > MOST_SECONDS:
            self._fault(f"{took:.1f} s", body)
        elif (
            answer.status_code == 200
            and answer.json().get("verified")
            and meaning(given) != meaning(origin.given)
        ):
            self._fault("verifies, though its content was changed", body)
        kind = kind_of(answer.status_code, answer.json())
        self.kinds[kind] += 1
        if self.kinds[kind] == 1:
            self._keep(kind, origin, body)

    def _fault(self, what: str, body: bytes) -> None:
        name = hashlib.sha256(body).hexdigest()[:16]
        (HERE / f"fault-{name}.json").write_bytes(body)
        self.faults.append(f"{what}: fault-{name}.json")
        sys.stdout.write(f"FAULT {self.faults[-1]}\n")

    def _keep(self, kind: str, origin: Seed, body: bytes) -> None:
        if len(body) > LARGEST_KEPT or self.kept_bytes + len(body) > MOST_KEPT:
            return
        self.kept_bytes += len(body)
        name = hashlib.sha256(kind.encode()).hexdigest()[:16]
        kept = {"route": origin.route, "body": body.decode("utf-8", "replace")}
        path = CORPUS / f"{name}.json"
        if not path.exists():
            path.write_text(json.dumps(kept) + "\n", "utf-8")


def kind_of(status: int, answer: Mapping[str, Any]) -> str:
    """The answer without its words: two inputs of one kind went the same way."""
    report = answer.get("report", answer)
    reports = [report, *report.get("credentials", [])] if isinstance(report, Mapping) else []
    checks = [
        f"{check['code']}={check['outcome']}:{check['because']}"
        for each in reports
        for check in each.get("checks", [])
    ]
    return " ".join([str(status), str(answer.get("type")), *checks])


def meaning(given: Any) -> object:  # noqa: ANN401 - JSON, or a token
    """What a signature is over; of two inputs with one meaning both may verify."""
    if isinstance(given, str):
        return given.partition("~")[0].rpartition(".")[0]
    if not isinstance(given, Mapping):
        return object()
    if str(given.get("type", "")).find("Enveloped") >= 0:
        return meaning(str(given.get("id", "")).partition(",")[2])
    content = {name: member for name, member in given.items() if name != "proof"}
    try:
        if "-jcs-" in json.dumps(given.get("proof")):
            return jcs.canonical({k: v for k, v in content.items() if k != "@context"})
        return canonical(content)
    except (ProofError, SchemaError):
        return object()


def main() -> None:
    """Spoil, send and look until the time is over."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=10.0, help="How long; default 10.")
    arguments.add_argument("--seed", type=int, default=2026, help="Of chance; default 2026.")
    chosen = arguments.parse_args()
    choose, found, begin = random.Random(chosen.seed), Found(), seeds()  # noqa: S311 - no secret
    CORPUS.mkdir(exist_ok=True)
    found.kept_bytes = sum(path.stat().st_size for path in CORPUS.glob("*.json"))
    until = time.monotonic() + 60 * chosen.minutes
    with verifier() as client:
        for seed in begin:
            found.look(client, seed, seed.given)
        while time.monotonic() < until:
            origin = choose.choice(begin)
            given = origin.given
            for _ in range(choose.randint(1, MOST_STEPS)):
                given = mutated(given, choose)
            found.look(client, origin, given)
    results = {
        "minutes": chosen.minutes,
        "seed": chosen.seed,
        "inputs": found.inputs,
        "kinds_of_answers": len(found.kinds),
        "slowest_seconds_of_cpu": round(found.slowest, 3),
        "faults": found.faults,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    sys.stdout.write(json.dumps(results, indent=2) + "\n")
    sys.exit(1 if found.faults else 0)


if __name__ == "__main__":
    main()
