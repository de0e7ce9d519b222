"""How long does one credential take?  Medians of signing and verifying, in process, no network.

Run by `make bench`; the answer is printed and kept in bench/results/.
"""

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from world.credentials import sample_credential, sample_signer  # noqa: E402 - same

from proofs.secure import secure  # noqa: E402 - found by the line above
from proofs.verify import read_proofs, verify_proof  # noqa: E402 - same
from schemas.document import Document, write  # noqa: E402 - same

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """The median of `rounds` runs in milliseconds, after three to warm up."""
    for _ in range(3):
        work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def main() -> None:
    """Measure, print, keep."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=50)
    rounds = arguments.parse_args().rounds
    credential, signer = sample_credential(), sample_signer()
    signed = write(secure(credential, signer, NOON))

    def verify() -> None:
        document = Document.read(signed)
        for proof in read_proofs(document):
            verify_proof(document, proof, signer.public_key)

    results = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "rounds": rounds,
        "credential_bytes": len(signed),
        "sign_ms": round(median_ms(lambda: secure(credential, signer, NOON), rounds), 2),
        "verify_ms": round(median_ms(verify, rounds), 2),
    }
    for name, value in results.items():
        print(f"{name:<18}{value}")
    kept = HERE / "results" / "issue_and_verify.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(results, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
