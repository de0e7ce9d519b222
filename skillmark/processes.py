"""How do two services run beside each other, and stop together?

Each service is a process of its own, in a session of its own, so that Ctrl-C reaches only the
command that started it; that command then stops both.  A child that ends by itself is noticed.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx2

from skillmark.errors import NotReadyInTime, PortTaken, ServiceDied

READY_SECONDS: Final = 60.0  # a cold start on a small machine, migrations included
STOP_SECONDS: Final = 10.0  # open requests may finish; then the process is killed
LOOK_SECONDS: Final = 0.1
LAST_WORDS: Final = 20  # lines of a log that an error quotes


@dataclass(frozen=True, slots=True)
class Service:
    """What is needed to start one service and to know that it is ready."""

    name: str
    arguments: Sequence[str]
    host: str
    port: int
    url: str
    environment: Mapping[str, str]
    log: Path


class Running:
    """One started service."""

    def __init__(self, service: Service) -> None:
        self.service = service
        service.log.parent.mkdir(parents=True, exist_ok=True)
        with service.log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [sys.executable, "-m", "skillmark", *service.arguments],
                env=dict(service.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def raise_if_dead(self) -> None:
        """Raise ServiceDied when the process has ended."""
        code = self._process.poll()
        if code is not None:
            raise ServiceDied(self.service.name, code, self.service.log, self._last_words())

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Return when /readyz answers 200."""
        deadline = time.monotonic() + seconds
        with httpx2.Client(trust_env=False, timeout=2.0) as client:
            while time.monotonic() < deadline:
                self.raise_if_dead()
                with suppress(httpx2.TransportError):
                    if client.get(f"{self.service.url}/readyz").status_code == httpx2.codes.OK:
                        return
                time.sleep(LOOK_SECONDS)
        raise NotReadyInTime(self.service.name, seconds, self.service.log, self._last_words())

    def ask_to_stop(self) -> None:
        """Send SIGTERM, unless the process has ended already."""
        if self._process.poll() is None:
            self._process.terminate()

    def wait_until_stopped(self) -> None:
        """Wait for the end of the process; kill it when it takes too long."""
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _last_words(self) -> str:
        lines = self.service.log.read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-LAST_WORDS:])


class Together:
    """Several services that start one after the other and stop together."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._running: list[Running] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for running in self._running:
            running.ask_to_stop()
        for running in self._running:
            running.wait_until_stopped()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of what was started, in that order."""
        return tuple(running.pid for running in self._running)

    def start(self, services: Sequence[Service]) -> None:
        """Start all, then wait until all are ready; no port may be taken."""
        for service in services:
            require_free_port(service)
        started = time.monotonic()
        for service in services:
            self._running.append(Running(service))
        for running in self._running:
            self._say(f"Waiting for the {running.service.name} at {running.service.url} …")
            running.wait_until_ready()
        self._say(f"Both services are ready after {time.monotonic() - started:.1f} seconds.")

    def watch(self) -> None:
        """Return only by an exception: a service that died, or a signal."""
        while True:
            for running in self._running:
                running.raise_if_dead()
            time.sleep(LOOK_SECONDS * 5)


def require_free_port(service: Service) -> None:
    """Raise PortTaken when something listens where the service should."""
    family = socket.AF_INET6 if ":" in service.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((service.host, service.port))
        except OSError as refused:
            raise PortTaken(service.name, service.host, service.port) from refused


class Stopped(BaseException):
    """Somebody asked this command to end; not an Exception, so that nothing swallows it."""


def stop_on_signals() -> None:
    """Turn SIGINT and SIGTERM into Stopped, wherever the command is at that moment."""

    def stop(_number: int, _frame: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
