"""What does it cost to begin: each service until it is ready, and `skillmark verify FILE`?"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from measuring import Series
from real_issuer import RealIssuer, free_port, real_issuer
from services import Ended, Started, issuer_command, issuer_service, run_once, verifier_command

VERIFIER: Final = "verifier"
ISSUER: Final = "issuer"
COMMAND: Final = "skillmark verify FILE"
Start = Callable[[], Started]


class CommandRefused(Exception):
    """`skillmark verify` did not confirm what is genuine."""


def measure(rounds: int) -> dict[str, Any]:
    """Seconds until ready, seconds of the processor, and bytes of memory."""
    waited, worked, memory = Series(), Series(), Series()
    with tempfile.TemporaryDirectory(prefix="skillmark-bench-") as name:
        folder = Path(name)
        issuer = real_issuer(folder / "issuer")
        known = issuer.write_list(folder / "issuers.json")
        starts: dict[str, Start] = {
            ISSUER: lambda: Started(issuer_command(), issuer.environment, issuer.port),
            VERIFIER: lambda: _verifier(known),
        }
        for _ in range(rounds):
            for service, start in starts.items():
                running = start()
                ended = running.stop()
                waited.add(service, [running.ready_seconds])
                worked.add(service, [ended.cpu_seconds])
                memory.add(service, [ended.peak_bytes])
        with issuer_service(issuer):
            for ended in _verified_files(issuer, folder, known, rounds):
                worked.add(COMMAND, [ended.cpu_seconds])
                memory.add(COMMAND, [ended.peak_bytes])
    return {
        "seconds_until_ready": waited.told(),
        "cpu_seconds": worked.told(),
        "peak_bytes": memory.told(),
    }


def _verifier(known: Path) -> Started:
    port = free_port()
    arguments, environment = verifier_command(known, port)
    return Started(arguments, environment, port)


def _verified_files(issuer: RealIssuer, folder: Path, known: Path, rounds: int) -> Iterator[Ended]:
    """The credential that was really issued, evidence included, from a file, again and again."""
    file = folder / "credential.json"
    file.write_bytes(issuer.raw)
    for _ in range(rounds):
        ended = run_once(["verify", str(file)], {"SKILLMARK_ISSUER_LISTS": str(known)})
        if ended.code != 0:
            raise CommandRefused(ended.code)
        yield ended
