"""`--processes` starts as many, behind one port, and stops them together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from world.demonstration import ROOT

SECONDS = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def children(process: int) -> set[int]:
    """The processes that answer; Python starts one more to watch over what they share."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {
        int(child)
        for child in found
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    }


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()


@pytest.fixture(params=["verifier", "issuer"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[int, str]]:
    port = free_port()
    command = [sys.executable, "-m", "skillmark", request.param, "serve"]
    settings = {"SKILLMARK_DATA_DIR": str(tmp_path), "SKILLMARK_DEVELOPMENT": "1"}
    with subprocess.Popen(
        [*command, "--port", str(port), "--processes", "2"], cwd=ROOT, env=os.environ | settings
    ) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(url, process)
            yield process.pid, url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(SECONDS)


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx2.get(f"{url}/readyz", trust_env=False).status_code == 200:
                return
        except httpx2.TransportError:
            assert process.poll() is None
        time.sleep(0.1)
    pytest.fail("nobody answers")


def test_there_are_as_many_and_they_stop_together(running: tuple[int, str]) -> None:
    parent, url = running
    several = children(parent)
    assert len(several) == 2
    with httpx2.Client(trust_env=False) as client:
        assert {client.get(f"{url}/healthz").status_code for _ in range(20)} == {200}
    os.kill(parent, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS
    while not all(map(is_gone, several)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert all(map(is_gone, several))
