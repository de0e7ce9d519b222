"""How are the programs in bench/peers run?  One process each, told everything over its input."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from world.credentials import ISSUER_DID
from world.interop import contexts

PEERS: Final = Path(__file__).parent / "peers"
NODE: Final = Path(sys.executable).parent / "node"
ENVIRONMENT: Final = {**os.environ, "NODE_ENV": "production"}
MOST_SECONDS: Final = 600  # of one load

Ask = Callable[[Mapping[str, Any]], dict[str, Any]]


class PeerFailed(Exception):
    """A program in bench/peers ended with an error, or answered with one."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A program that serves HTTP on this machine."""

    port: int
    pid: int


@contextmanager
def digitalbazaar() -> Iterator[Ask]:
    """npm @digitalbazaar/vc, with contexts and keys in memory; see bench/peers/vc.mjs."""
    with _started("vc.mjs") as process:

        def ask(request: Mapping[str, Any]) -> dict[str, Any]:
            answer = _exchange(process, request)
            if "error" in answer:
                raise PeerFailed(answer["error"])
            return answer

        ask({"op": "load", "documents": contexts(), "controller": ISSUER_DID})
        yield ask


@contextmanager
def express(documents: Mapping[str, Any], controller: str) -> Iterator[Listening]:
    """Express in front of it; see bench/peers/express.mjs.

    Args:
        documents: what it needs beside the contexts, by address.
        controller: whom it issues for.
    """
    with _started("express.mjs") as process:
        given = {"documents": {**contexts(), **documents}, "controller": controller}
        yield Listening(_exchange(process, given)["port"], process.pid)


@contextmanager
def trivial_server() -> Iterator[Listening]:
    """A server that does nothing but answer; see bench/peers/ceiling.mjs."""
    with _started("ceiling.mjs") as process:
        yield Listening(_exchange(process)["port"], process.pid)


def load(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Run bench/peers/load.mjs, and return what it says."""
    done = subprocess.run(  # noqa: S603 - our own program
        [NODE, "load.mjs"],
        cwd=PEERS,
        env=ENVIRONMENT,
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        check=False,
        timeout=MOST_SECONDS,
    )
    if done.returncode:
        raise PeerFailed(done.stderr)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@contextmanager
def _started(program: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(  # noqa: S603 - our own program
        [NODE, program],
        cwd=PEERS,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _exchange(
    process: subprocess.Popen[str], request: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    assert process.stdin is not None  # noqa: S101 - pipes were asked for
    assert process.stdout is not None  # noqa: S101 - same
    if request is not None:
        process.stdin.write(f"{json.dumps(request)}\n")
        process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise PeerFailed(f"{process.args!r} ended")
    answer: dict[str, Any] = json.loads(line)
    return answer
