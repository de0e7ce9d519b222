"""How are both services run to be measured?  As anybody runs them: a command, in its own process.

Their limits on how often one client may ask are off, and neither writes a line for each request,
as Express does not either.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final

from real_issuer import HOST, RealIssuer, free_port

READY_SECONDS: Final = 120.0
LOOK_SECONDS: Final = 0.005
STOP_SECONDS: Final = 20.0
COMMON: Final = {
    "SKILLMARK_DEVELOPMENT": "1",
    "SKILLMARK_RATE_LIMITS": "off",
    "SKILLMARK_LOG_LEVEL": "WARNING",
}


class NotReady(Exception):
    """A service ended, or did not get ready; the text is what it said last."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process cost: seconds of the processor, and most bytes of memory."""

    code: int
    cpu_seconds: float
    peak_bytes: int


class Started:
    """A running service."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], port: int) -> None:
        self.port = port
        begun = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, "-m", "skillmark", *arguments],
            env=child_environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._wait_until_ready()
        self.ready_seconds = time.perf_counter() - begun

    @property
    def peak_bytes(self) -> int:
        """The most memory it ever had, all its processes together."""
        return peak_bytes(self._process.pid)

    def stop(self) -> Ended:
        """Ask it to end, and wait."""
        peak = self.peak_bytes
        self._process.terminate()
        code, seconds = waited_for(self._process)
        assert self._process.stderr is not None  # noqa: S101 - a pipe was asked for
        self._process.stderr.close()
        return Ended(code, seconds, peak)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                assert self._process.stderr is not None  # noqa: S101 - a pipe was asked for
                raise NotReady(self._process.stderr.read().decode("utf-8", "replace"))
            if _is_ready(self.port):
                return
            time.sleep(LOOK_SECONDS)
        self.stop()
        raise NotReady(f"not ready after {READY_SECONDS} seconds")


@contextmanager
def started(
    arguments: Sequence[str], environment: Mapping[str, str], port: int
) -> Iterator[Started]:
    """Start a service, wait until it is ready, stop it at the end."""
    service = Started(arguments, environment, port)
    try:
        yield service
    finally:
        service.stop()


@contextmanager
def issuer_service(issuer: RealIssuer, processes: int = 1) -> Iterator[Started]:
    """The issuer, serving."""
    with started(issuer_command(processes), issuer.environment, issuer.port) as service:
        yield service


@contextmanager
def verifier_service(issuers: Path, processes: int = 1) -> Iterator[Started]:
    """The verifier, serving, with a list of known issuers."""
    port = free_port()
    with started(*verifier_command(issuers, port, processes), port) as service:
        yield service


def issuer_command(processes: int = 1) -> list[str]:
    """Arguments of an issuer."""
    return ["issuer", "serve", "--processes", str(processes)]


def verifier_command(
    issuers: Path, port: int, processes: int = 1
) -> tuple[list[str], dict[str, str]]:
    """Arguments and environment of a verifier."""
    environment = {
        "SKILLMARK_ISSUER_LISTS": str(issuers),
        "SKILLMARK_VERIFIER_PORT": str(port),
        "SKILLMARK_VERIFIER_URL": f"http://localhost:{port}",
    }
    return ["verifier", "serve", "--processes", str(processes)], environment


def run_once(arguments: Sequence[str], environment: Mapping[str, str]) -> Ended:
    """Run a command of `skillmark` to its end."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, "-m", "skillmark", *arguments],
        env=child_environment(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        peak = max(peak, peak_bytes(process.pid))
        time.sleep(LOOK_SECONDS)
    return Ended(*waited_for(process), peak)


def waited_for(process: subprocess.Popen[Any]) -> tuple[int, float]:
    """Wait for the end of a process: its exit code, and its seconds of the processor.

    What the system says of its memory is of no use: it counts our own, from before it was born.
    """
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime


def peak_bytes(pid: int) -> int:
    """The most memory that a process and its children ever had, or 0 where nobody tells."""
    total = 0
    for each in (pid, *_children(pid)):
        try:
            status = Path(f"/proc/{each}/status").read_text("utf-8")
        except OSError:
            continue
        peak = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
        total += sum(int(kilobytes) * 1024 for kilobytes in peak)
    return total


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        direct = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return []
    return [*direct, *(further for one in direct for further in _children(one))]


def _is_ready(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Ours without anybody's settings, and with these."""
    inherited = {name: value for name, value in os.environ.items() if "SKILLMARK" not in name}
    return {**inherited, **COMMON, **environment}
