import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from world.demonstration import EXAMPLE, ROOT, demonstration, environment, repository

from skillmark.demo import local_environment, reached_at, verifier_environment

LONG = "http://localhost:8000/c/" + "X" * 90
ON_A_TERMINAL = (
    f"from skillmark.table import show; show('T', {{'Credential': {LONG!r}}}, 'The end.')"
)


def demo(
    folder: Path, *arguments: object, settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "skillmark", "demo", "--once", *map(str, arguments)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)} | environment(folder / "data") | (settings or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def listens(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(url).port or 0)) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_both_services_stop_when_it_is_asked_to(tmp_path: Path, number: signal.Signals) -> None:
    with demonstration(tmp_path, stop_with=number) as running:
        assert listens(running.issuer)
        assert listens(running.verifier)
    assert not listens(running.issuer)
    assert not listens(running.verifier)


def test_the_gate_lists_what_is_missing(tmp_path: Path) -> None:
    lowered = tmp_path / "lowered.yaml"
    written = EXAMPLE.read_text("utf-8")
    assert "level: adversarial" in written
    lowered.write_text(written.replace("level: adversarial", "level: guided"), "utf-8")
    said = demo(tmp_path, "--artifact", repository(tmp_path / "pipeline"), "--submission", lowered)
    assert said.returncode == 1
    assert said.stderr.startswith("Not issued. The gate is missing:\n  - ")
    assert "'checking' is below its required level" in said.stderr
    assert "Credential" not in said.stdout


def test_a_faulty_file_is_told_with_the_place(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("achievement: 1\n", "utf-8")
    said = demo(tmp_path, "--artifact", repository(tmp_path / "pipeline"), "--submission", faulty)
    assert said.returncode == 1
    assert "achievement" in said.stderr
    assert "Traceback" not in said.stderr


def test_an_unknown_commit_is_told(tmp_path: Path) -> None:
    artifact = repository(tmp_path / "pipeline")
    said = demo(tmp_path, "--artifact", artifact, "--commit", "no-such-tag")
    assert said.returncode == 1
    assert "cannot be assessed" in said.stderr
    assert "Traceback" not in said.stderr


def test_outside_a_repository_it_asks_for_one(tmp_path: Path) -> None:
    said = demo(tmp_path, settings={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert said.returncode == 1
    assert "skillmark demo --artifact" in said.stderr


def test_a_taken_port_is_told_with_its_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = demo(
            tmp_path,
            *("--artifact", repository(tmp_path / "pipeline")),
            settings={"SKILLMARK_ISSUER_PORT": port},
        )
    assert said.returncode == 1
    assert "SKILLMARK_ISSUER_PORT" in said.stderr


def test_a_wrong_setting_is_named_and_not_repeated(tmp_path: Path) -> None:
    said = demo(tmp_path, "--artifact", ".", settings={"SKILLMARK_ISSUER_PORT": "hunter2"})
    assert said.returncode == 78
    assert "SKILLMARK_ISSUER_PORT" in said.stderr
    assert "hunter2" not in said.stderr


def test_the_verifier_is_told_nothing_of_the_issuers(tmp_path: Path) -> None:
    secret = {
        "SKILLMARK_DATABASE_URL": "postgresql://…",
        "SKILLMARK_KEY_PASSPHRASE": "…",
        "SKILLMARK_DATA_DIR": "…",
        "SKILLMARK_ISSUER_URL": "…",
    }
    told = {"PATH": "/bin", "SKILLMARK_DEVELOPMENT": "1", "SKILLMARK_VERIFIER_PORT": "1"}
    issuers = tmp_path / "issuers.json"
    assert verifier_environment(secret | told, issuers) == told | {
        "SKILLMARK_ISSUER_LISTS": str(issuers)
    }


def test_the_address_follows_the_port_unless_it_is_given() -> None:
    followed = local_environment({"SKILLMARK_ISSUER_PORT": "9000"})
    given = local_environment(
        {"SKILLMARK_ISSUER_PORT": "9000", "SKILLMARK_ISSUER_URL": "https://a.example"}
    )
    assert followed["SKILLMARK_ISSUER_URL"] == "http://localhost:9000"
    assert given["SKILLMARK_ISSUER_URL"] == "https://a.example"
    assert "SKILLMARK_VERIFIER_URL" not in followed


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),  # noqa: S104 - nothing is bound
        ("::", "http://[::1]:80"),
        ("::1", "http://[::1]:80"),
    ],
)
def test_a_service_is_asked_where_it_listens(host: str, address: str) -> None:
    assert reached_at(host, 80) == address


def on_a_terminal(program: str) -> str:
    ours, theirs = os.openpty()
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "60", "TERM": "xterm"},
        stdout=theirs,
        check=True,
    )
    os.close(theirs)
    said = b""
    with suppress(OSError):  # how Linux says that nobody holds the other end any more
        while part := os.read(ours, 4096):
            said += part
    os.close(ours)
    return said.decode()


def test_on_a_terminal_an_address_stays_in_one_piece() -> None:
    said = on_a_terminal(
        f"from skillmark.table import show; show('Title', {{'Credential': {LONG!r}}}, 'The end.')"
    )
    assert LONG in said
    assert "Title" in said
    assert said.rstrip().endswith("The end.")
