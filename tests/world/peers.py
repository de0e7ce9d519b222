"""Other people's implementations, run as programs of their own.

They live in tests/interop/peers, are installed once from its lock file, and are told everything
over their standard input: none of them reaches a network.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

PEERS: Final = Path(__file__).parent.parent / "interop" / "peers"
MODULES: Final = PEERS / "node_modules"
LOCK: Final = PEERS / "package-lock.json"
MARKER: Final = MODULES / ".installed-lock"
BIN: Final = Path(sys.executable).parent


def install() -> None:
    """Install the peers when they are missing or when the lock file changed."""
    if MARKER.is_file() and MARKER.read_bytes() == LOCK.read_bytes():
        return
    subprocess.run(
        [BIN / "npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=PEERS,
        env=os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        check=True,
        timeout=240,
    )
    shutil.copyfile(LOCK, MARKER)


class Peer:
    """One running program that answers each JSON line with one JSON line."""

    def __init__(self, program: str) -> None:
        install()
        self._process = subprocess.Popen(
            [BIN / "node", PEERS / program],
            cwd=PEERS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=20)

    def ask(self, operation: str, **request: object) -> Mapping[str, Any]:
        """Send one request and read its answer."""
        return self.ask_all(operation, [request])[0]

    def ask_all(
        self, operation: str, requests: Iterable[Mapping[str, object]]
    ) -> list[Mapping[str, Any]]:
        """Send many requests, and read the answers while the later ones are on their way."""
        lines = [json.dumps({"op": operation, **request}) + "\n" for request in requests]
        with ThreadPoolExecutor(max_workers=1) as other:
            sending = other.submit(self._send, lines)
            answers = [self._read() for _ in lines]
            sending.result()
        return answers

    def _send(self, lines: Iterable[str]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.writelines(lines)
        self._process.stdin.flush()

    def _read(self) -> Mapping[str, Any]:
        assert self._process.stdout is not None
        answer: Mapping[str, Any] = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer
