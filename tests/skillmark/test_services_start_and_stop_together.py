import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from world.demonstration import environment, free_ports

from skillmark.errors import NotReadyInTime, PortTaken, ServiceDied
from skillmark.processes import Running, Service, Together, require_free_port


def service(folder: Path, *arguments: str, port: int | None = None) -> Service:
    (free,) = free_ports(1)
    at = port or free
    return Service(
        name="verifier",
        arguments=arguments,
        host="127.0.0.1",
        port=at,
        url=f"http://127.0.0.1:{at}",
        environment=environment(folder / "data") | {"SKILLMARK_VERIFIER_PORT": str(at)},
        log=folder / "logs" / "verifier.log",
    )


@contextmanager
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_taken_port_is_named_with_the_setting_that_moves_it(tmp_path: Path) -> None:
    with (
        listening() as port,
        pytest.raises(PortTaken, match=rf"{port}.*SKILLMARK_VERIFIER_PORT"),
    ):
        require_free_port(service(tmp_path, port=port))


def test_a_free_port_is_fine(tmp_path: Path) -> None:
    require_free_port(service(tmp_path))


def test_nothing_is_started_when_one_port_is_taken(tmp_path: Path) -> None:
    first, second = service(tmp_path / "1", "verifier", "serve"), tmp_path / "2"
    with listening() as port, Together(lambda _: None) as services:
        with pytest.raises(PortTaken):
            services.start([first, service(second, "verifier", "serve", port=port)])
        assert not first.log.exists()


def test_a_service_that_ends_by_itself_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(ServiceDied, match=r"(?s)exit code 64.*no-such-command"):
        Running(service(tmp_path, "verifier", "no-such-command")).wait_until_ready()


def test_a_service_that_never_gets_ready_is_not_waited_for_endlessly(tmp_path: Path) -> None:
    elsewhere = service(tmp_path, "verifier", "serve")
    (other,) = free_ports(1)
    moved = Service(
        **{
            name: getattr(elsewhere, name)
            for name in ("name", "arguments", "host", "port", "environment", "log")
        },
        url=f"http://127.0.0.1:{other}",
    )
    running = Running(moved)
    try:
        with pytest.raises(NotReadyInTime, match="after 1 seconds"):
            running.wait_until_ready(seconds=1)
    finally:
        running.ask_to_stop()
        running.wait_until_stopped()


def test_when_one_dies_the_other_is_stopped_too(tmp_path: Path) -> None:
    pair = [service(tmp_path / name, "verifier", "serve") for name in "ab"]
    said: list[str] = []
    pids: list[int] = []

    def kill_the_first() -> None:
        with Together(said.append) as services:
            services.start(pair)
            pids.extend(services.pids)
            os.kill(pids[0], signal.SIGKILL)
            services.watch()

    with pytest.raises(ServiceDied, match="everything was stopped"):
        kill_the_first()
    assert not alive(pids[1])
    assert said[-1].startswith("Both services are ready after")
