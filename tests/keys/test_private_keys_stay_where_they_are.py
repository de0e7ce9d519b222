import json
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from world.processor import SECOND

from keys.envelope import Cost, Envelope
from keys.errors import (
    DamagedKeyFile,
    KeyExists,
    KeyNotFound,
    MalformedKey,
    MissingPassphrase,
    UnknownKeyScheme,
    WrongKeyType,
    WrongPassphrase,
)
from keys.public_key import KeyType
from keys.stores import open_signer
from keys.stores.file import FileKeyStore
from keys.stores.passphrase import find_passphrase

CHEAP = Cost(n=2**10)
METHOD = "did:web:guild.example#key-1"


@pytest.fixture
def store(tmp_path: Path) -> FileKeyStore:
    return FileKeyStore.at(tmp_path / "keys of ours", CHEAP)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("key_type", [KeyType.ED25519, KeyType.P256])
def test_a_key_is_kept_and_signs_after_it_was_opened(
    store: FileKeyStore, key_type: KeyType
) -> None:
    public = store.create("main", key_type, "correct horse")
    signer = store.open("main", "correct horse", METHOD, key_type)
    assert store.names() == ("main",)
    assert store.public_key("main") == signer.public_key == public
    assert public.verifies(signer.sign(b"x"), b"x")


def test_only_the_owner_may_read_and_the_secret_is_not_in_the_file(store: FileKeyStore) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    (file,) = store.directory.iterdir()
    assert (mode(store.directory), mode(file)) == (0o700, 0o600)
    signer = store.open("main", "correct horse", METHOD)
    assert signer.private.private_bytes_raw() not in file.read_bytes()  # type: ignore[union-attr]


def test_each_fault_has_its_own_error(store: FileKeyStore) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    with pytest.raises(WrongPassphrase):
        store.open("main", "wrong horse", METHOD)
    with pytest.raises(WrongKeyType, match="P-256"):
        store.open("main", "correct horse", METHOD, KeyType.P256)
    with pytest.raises(KeyNotFound, match="there are: main"):
        store.open("other", "correct horse", METHOD)
    with pytest.raises(KeyNotFound, match="skillmark keys create"):
        FileKeyStore.at(store.directory / "none").public_key("main")
    with pytest.raises(MalformedKey):
        store.create("../main", KeyType.ED25519, "x")
    with pytest.raises(WrongKeyType):
        store.create("third", KeyType.RSA, "x")


def test_a_file_that_was_cut_or_changed_is_told_from_a_wrong_passphrase(
    store: FileKeyStore,
) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    (file,) = store.directory.iterdir()
    whole = file.read_bytes()
    for length in range(0, len(whole) - 2, 7):
        file.write_bytes(whole[:length])
        with pytest.raises(DamagedKeyFile):
            store.open("main", "correct horse", METHOD)
    file.write_bytes(whole)
    assert store.open("main", "correct horse", METHOD)


ABSURD = [
    {"n": 2**30, "r": 8, "p": 1},
    {"n": 1000, "r": 8, "p": 1},
    {"n": 2**14, "r": 8, "p": 1_000},
    {"n": 2**14, "r": 1_024, "p": 1},
    {"n": -1, "r": 8, "p": 1},
    {"n": 2**14},
    {"n": 2**14, "r": 8, "p": 1, "x": 1},
    {},
]


@pytest.mark.parametrize("cost", ABSURD[:5] + ABSURD[6:7])
def test_a_file_cannot_make_us_work_for_it(store: FileKeyStore, cost: dict[str, int]) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    (file,) = store.directory.iterdir()
    file.write_text(json.dumps(json.loads(file.read_text()) | {"scrypt": cost}))
    began = time.process_time()
    with pytest.raises(DamagedKeyFile):
        store.open("main", "correct horse", METHOD)
    assert time.process_time() - began < SECOND / 2


def test_what_is_written_in_the_clear_cannot_be_changed(store: FileKeyStore) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    store.create("other", KeyType.ED25519, "correct horse")
    ours, theirs = (
        json.loads((store.directory / f"{name}.key.json").read_text()) for name in ("main", "other")
    )
    for member in ("publicKeyMultibase", "salt", "nonce", "sealed"):
        changed = json.dumps(ours | {member: theirs[member]}).encode()
        with pytest.raises(WrongPassphrase):
            Envelope.read(changed).open("correct horse")
    with pytest.raises(DamagedKeyFile):
        Envelope.read(json.dumps(ours | {"version": "later"}).encode())


def test_a_key_is_never_overwritten_by_whoever_comes_second(store: FileKeyStore) -> None:
    def create(_: int) -> bool:
        try:
            store.create("main", KeyType.ED25519, "correct horse")
        except KeyExists:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(create, range(4))) == 1
    assert [path.name for path in store.directory.iterdir()] == ["main.key.json"]
    assert store.open("main", "correct horse", METHOD)


def test_a_signer_is_opened_by_its_address(store: FileKeyStore) -> None:
    store.create("main", KeyType.ED25519, "correct horse")
    uri = (store.directory.as_uri() + "#main").replace("file://", "file:")
    signer = open_signer(uri, METHOD, lambda secret: {"passphrase": "correct horse"}[secret])
    assert signer.verification_method == METHOD
    with pytest.raises(UnknownKeyScheme, match="no key store for 'azure'; use one of file"):
        open_signer("azure:main", METHOD, lambda secret: pytest.fail(f"asked for {secret}"))


def test_the_given_passphrase_counts_and_nothing_is_written(tmp_path: Path) -> None:
    found = find_passphrase(tmp_path / "keys", "given", development=True)
    assert (found.text, found.note) == ("given", None)
    assert not (tmp_path / "keys").exists()
    assert "given" not in repr(found)


def test_only_development_makes_one_up_and_says_so_loudly(tmp_path: Path) -> None:
    with pytest.raises(MissingPassphrase, match="SKILLMARK_KEY_PASSPHRASE"):
        find_passphrase(tmp_path, None, development=False)
    first = find_passphrase(tmp_path, None, development=True)
    again = find_passphrase(tmp_path, None, development=True)
    assert first == again
    assert len(first.text) >= 32
    assert first.note is not None
    assert "DEVELOPMENT ONLY" in first.note
    assert mode(tmp_path / "passphrase.txt") == 0o600
