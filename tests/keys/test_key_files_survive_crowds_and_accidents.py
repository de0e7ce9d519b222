"""Two processes, a full disk, a file that is no key file: nothing is lost, nothing half there."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from keys.envelope import Cost, Envelope
from keys.errors import DamagedKeyFile, KeyExists
from keys.public_key import KeyType
from keys.stores.file import FileKeyStore

ROOT: Final = Path(__file__).parents[2]
METHOD: Final = "did:web:guild.example#key-1"
CREATE: Final = """
import sys
from keys.envelope import Cost
from keys.errors import KeyExists
from keys.public_key import KeyType
from keys.stores.file import FileKeyStore

store = FileKeyStore.at(sys.argv[1], Cost(n=2**10))
print("ready", flush=True)
sys.stdin.readline()
try:
    print(store.create("main", KeyType.ED25519, "correct horse").raw.hex())
except KeyExists:
    print("exists")
"""
CREATE_ON_A_FULL_DISK: Final = """
import resource
import sys
from keys.envelope import Cost
from keys.public_key import KeyType
from keys.stores.file import FileKeyStore

resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
store = FileKeyStore.at(sys.argv[1], Cost(n=2**10))
try:
    store.create("main", KeyType.ED25519, "correct horse")
except OSError as error:
    print(error.strerror)
"""


@pytest.fixture
def store(tmp_path: Path) -> FileKeyStore:
    return FileKeyStore.at(tmp_path / "keys", Cost(n=2**10))


def started(script: str, directory: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(directory)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_of_two_processes_one_makes_the_key_and_the_other_is_told(store: FileKeyStore) -> None:
    processes = [started(CREATE, store.directory) for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = sorted(process.communicate(timeout=30)[0].strip() for process in processes)
    assert answers == sorted([store.public_key("main").raw.hex(), "exists"])
    assert [path.name for path in store.directory.iterdir()] == ["main.key.json"]
    assert store.open("main", "correct horse", METHOD)


def test_a_full_disk_leaves_no_half_key_behind(store: FileKeyStore) -> None:
    """A file may have 100 bytes here, as on a disk that is full after them."""
    answer, _ = started(CREATE_ON_A_FULL_DISK, store.directory).communicate(timeout=30)
    assert answer == "File too large\n"
    assert list(store.directory.iterdir()) == []
    assert store.create("main", KeyType.ED25519, "correct horse")


def test_who_comes_second_changes_no_byte(store: FileKeyStore) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    (file,) = store.directory.iterdir()
    before = file.read_bytes()
    with pytest.raises(KeyExists, match="main"):
        store.create("main", KeyType.P256, "another horse")
    assert [(path, path.read_bytes()) for path in store.directory.iterdir()] == [(file, before)]


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "A", "ä", "a\n", "-a", "a" * 65])
def test_a_name_cannot_leave_the_folder(store: FileKeyStore, name: str) -> None:
    with pytest.raises(Exception, match="lower-case letters"):
        store.public_key(name)


def test_other_files_in_the_folder_are_no_keys(store: FileKeyStore) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    (store.directory / "passphrase.txt").write_text("x")
    (store.directory / "main.key.json.bak").write_text("x")
    assert store.names() == ("main",)


NOT_KEY_FILES: Final = {
    "brackets in brackets": b"[" * 100_000,
    "brackets behind a good beginning": b'{"version":' + b"[" * 100_000,
    "nothing": b"",
    "a text": b'"skillmark-key-1"',
    "not UTF-8": b"\xff\xfe\xfd",
}


@pytest.mark.parametrize("data", NOT_KEY_FILES.values(), ids=NOT_KEY_FILES)
def test_what_is_no_key_file_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(DamagedKeyFile, match="restore it from a backup"):
        Envelope.read(data)


@pytest.mark.parametrize("cost", ["Infinity", "NaN", "1e400", "1024.0", '"1024"', "true", "null"])
def test_a_cost_that_is_no_whole_number_is_damage(store: FileKeyStore, cost: str) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    (file,) = store.directory.iterdir()
    view: dict[str, Any] = json.loads(file.read_text())
    assert view["scrypt"]["n"] == 1024
    file.write_text(file.read_text().replace('"n": 1024', f'"n": {cost}'))
    with pytest.raises(DamagedKeyFile):
        store.public_key("main")
