"""Which passphrase opens the key files?

The one from the environment.  In development, and only there, one is made up on the first run
and kept beside the keys, with a note that says so loudly.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from keys.errors import KeyExists, MissingPassphrase
from keys.stores.file import write_once

FILENAME: Final = "passphrase.txt"
NOTE: Final = (
    "DEVELOPMENT ONLY: the passphrase of the signing key lies beside it, in {path}. "
    "Anybody who can read that folder can sign as you. "
    "For real use set SKILLMARK_KEY_PASSPHRASE and delete that file."
)


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase, and what must be said about where it came from."""

    text: str = field(repr=False)
    note: str | None = None


def find_passphrase(directory: Path, given: str | None, *, development: bool) -> Passphrase:
    """The passphrase for the keys in `directory`.

    Args:
        directory: the folder of the key files.
        given: what the environment says, if anything.
        development: whether one may be made up and kept beside the keys.

    Raises:
        MissingPassphrase: none was given, and this is not development, or the file beside the
            keys is empty.
    """
    if given:
        return Passphrase(given)
    if not development:
        raise MissingPassphrase
    path = directory / FILENAME
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        # Another process of the same first run may be faster; then its passphrase counts.
        with suppress(KeyExists):
            write_once(path, f"{secrets.token_urlsafe(32)}\n".encode(), FILENAME)
    text = path.read_text().strip()
    if not text:
        raise MissingPassphrase
    return Passphrase(text, NOTE.format(path=path))
