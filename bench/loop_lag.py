"""How long is the verifier's event loop held up while it verifies without a pause?

With one connection that is the longest single piece of work; with several those that are ready at
once follow each other, and each waits for all before it.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from measuring import percentile
from node_programs import load
from over_http import to_verify
from real_issuer import HOST, free_port, lines, real_issuer
from services import child_environment, issuer_service

PROGRAM: Final = Path(__file__).parent / "watched_verifier.py"
CONNECTIONS: Final = (1, 8)
MOST_SECONDS: Final = 20

Take = Callable[[], list[float]]


def measure(verifications: int) -> dict[str, Any]:
    """Seconds by number of connections."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="skillmark-bench-") as name:
        folder = Path(name)
        issuer = real_issuer(folder / "issuer")
        known = issuer.write_list(folder / "issuers.json")
        given = issuer.genuine(verifications)
        request = to_verify(lines(given, "verifiableCredential", folder / "verify.jsonl"))
        with issuer_service(issuer), _watched(known) as (port, take):
            load({**request, "host": HOST, "port": port, "connections": 1, "requests": 100})
            take()  # it is warm now
            for connections in CONNECTIONS:
                load(
                    {
                        **request,
                        "host": HOST,
                        "port": port,
                        "connections": connections,
                        "requests": verifications,
                        "mostSeconds": MOST_SECONDS,
                    }
                )
                found[str(connections)] = _told(take())
    return {"seconds": found}


def _told(lags: list[float]) -> dict[str, float]:
    return {
        "p50": percentile(lags, 0.5),
        "p99": percentile(lags, 0.99),
        "maximum": max(lags),
        "count": len(lags),
    }


@contextmanager
def _watched(known: Path) -> Iterator[tuple[int, Take]]:
    """A verifier's port, and how to take what was noted of its loop."""
    port = free_port()
    with subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, str(PROGRAM), str(port)],
        env=child_environment({"SKILLMARK_ISSUER_LISTS": str(known)}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - pipes were asked for
        assert process.stdout is not None  # noqa: S101 - same
        process.stdout.readline()  # it listens

        def take() -> list[float]:
            assert process.stdin is not None  # noqa: S101 - pipes were asked for
            assert process.stdout is not None  # noqa: S101 - same
            process.stdin.write("take\n")
            process.stdin.flush()
            lags: list[float] = json.loads(process.stdout.readline())
            return lags

        try:
            yield port, take
        finally:
            process.kill()
