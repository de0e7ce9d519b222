"""Where are the private keys?  In encrypted files that only their owner may read."""

import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from keys.envelope import NONCE_BYTES, SALT_BYTES, Cost, Envelope, seal
from keys.errors import KeyExists, KeyNotFound, MalformedKey, WrongKeyType
from keys.memory import MemorySigner, generate, public_half
from keys.public_key import KeyType, PublicKey

SUFFIX: Final = ".key.json"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FileKeyStore:
    """A folder of key files, mode 0700, each file 0600 and never overwritten."""

    directory: Path
    cost: Cost = Cost()  # noqa: RUF009 - frozen, and the same for every store

    @classmethod
    def at(cls, directory: str | Path, cost: Cost | None = None) -> Self:
        """The store in this folder, which is made when the first key is."""
        return cls(Path(directory), cost or Cost())

    def create(
        self,
        name: str,
        key_type: KeyType,
        passphrase: str,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> PublicKey:
        """Make a key and keep it; all or nothing, also when the machine stops halfway.

        Raises:
            KeyExists: there is one of that name.
            MalformedKey: the name is not lower-case letters, digits, `.`, `_` and `-`.
            WrongKeyType: a kind that we do not sign with.
        """
        path = self._path(name)
        private = generate(key_type)
        data = seal(
            private,
            passphrase,
            salt=random_bytes(SALT_BYTES),
            nonce=random_bytes(NONCE_BYTES),
            cost=self.cost,
        )
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_once(path, data, name)
        return public_half(private)

    def names(self) -> tuple[str, ...]:
        """The names of the keys, sorted."""
        found = self.directory.glob(f"*{SUFFIX}") if self.directory.is_dir() else ()
        return tuple(sorted(path.name.removesuffix(SUFFIX) for path in found))

    def public_key(self, name: str) -> PublicKey:
        """The public half, for which no passphrase is needed.

        Raises:
            KeyNotFound: no such key.
            DamagedKeyFile: the file cannot be read.
        """
        return self._read(name).public_key

    def open(
        self,
        name: str,
        passphrase: str,
        verification_method: str,
        expected: KeyType | None = None,
    ) -> MemorySigner:
        """Unlock a key.

        Raises:
            KeyNotFound: no such key.
            DamagedKeyFile: the file cannot be read.
            WrongPassphrase: it does not open.
            WrongKeyType: it is not of the `expected` kind.
        """
        envelope = self._read(name)
        if expected is not None and envelope.public_key.type is not expected:
            raise WrongKeyType(envelope.public_key.type, expected)
        return MemorySigner(verification_method, envelope.open(passphrase))

    def _read(self, name: str) -> Envelope:
        try:
            data = self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise KeyNotFound(name, self.names()) from error
        return Envelope.read(data)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise MalformedKey(
                f"a key is named with lower-case letters, digits, '.', '_' and '-', not {name!r}"
            )
        return self.directory / f"{name}{SUFFIX}"


def write_once(path: Path, data: bytes, name: str) -> None:
    """Write a new file of mode 0600 so that it is there whole or not at all.

    Raises:
        KeyExists: the file is there already; it is left as it is.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError as error:
            raise KeyExists(name) from error
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
