"""Opens the signer that a key URI names.  Only the issuer may import this package.

`file:/path/to/keys#name` is the key `name` of the encrypted files in that folder.
"""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

from keys.errors import UnknownKeyScheme
from keys.signer import Signer
from keys.stores.file import FileKeyStore

AskSecret = Callable[[str], str]
"""Given the name of a secret ("passphrase", "PIN"), returns it."""

Opener = Callable[[str, str, AskSecret], Signer]


def open_file_signer(uri: str, verification_method: str, ask: AskSecret) -> Signer:
    """Open a key of the encrypted file store."""
    parts = urlsplit(uri)
    store = FileKeyStore.at(unquote(parts.path))
    return store.open(unquote(parts.fragment), ask("passphrase"), verification_method)


OPENERS: Final[Mapping[str, Opener]] = {"file": open_file_signer}


def open_signer(uri: str, verification_method: str, ask: AskSecret) -> Signer:
    """Open the key that `uri` names; asks for a secret only if the store needs one.

    Raises:
        UnknownKeyScheme: the part before the colon is not in `OPENERS`.
        StoreFault: the key is not there or does not open.
    """
    scheme = urlsplit(uri).scheme
    if scheme not in OPENERS:
        raise UnknownKeyScheme(scheme, OPENERS)
    return OPENERS[scheme](uri, verification_method, ask)
