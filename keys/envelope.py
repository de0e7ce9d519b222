"""How is a private key kept in a file?

A JSON envelope: scrypt (RFC 7914) turns the passphrase into a key, AES-256-GCM encrypts the
private bytes, and everything that is written in the clear is authenticated with them.
Pure: salt and nonce are arguments.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from keys import multikey
from keys.errors import DamagedKeyFile, MalformedKey, WrongKeyType, WrongPassphrase
from keys.memory import PrivateKey, public_half
from keys.public_key import CURVES, FIELD_BYTES, KeyType, PublicKey

VERSION: Final = "skillmark-key-1"
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Cost:
    """The work that one guess of the passphrase costs; scrypt's n, r and p."""

    n: int = 2**16  # with r = 8: 64 MiB and about 0.2 s
    r: int = 8
    p: int = 1

    def affordable(self) -> bool:
        """Whether a file may ask this of us: a hostile one must not exhaust the machine."""
        power_of_two = self.n & (self.n - 1) == 0
        return power_of_two and 2**10 <= self.n <= 2**18 and self.r == 8 and 1 <= self.p <= 4  # noqa: PLR2004 - the bounds stand here, once


@dataclass(frozen=True, slots=True)
class Envelope:
    """A key file as read, still closed."""

    public_key: PublicKey
    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes

    @classmethod
    def read(cls, data: bytes) -> "Envelope":
        """Read a key file without opening it.

        Raises:
            DamagedKeyFile: cut short, altered beyond reading, or not one of ours.
        """
        try:
            view = json.loads(data)
            if view["version"] != VERSION:
                raise DamagedKeyFile(f"a key file of version {VERSION} is needed")
            envelope = cls(
                multikey.decode(view["publicKeyMultibase"]),
                Cost(**{name: _whole(value) for name, value in view["scrypt"].items()}),
                *(base64.b64decode(view[name], validate=True) for name in _BINARY),
            )
        except _UNREADABLE as error:
            raise DamagedKeyFile(
                "the key file is cut short or damaged; restore it from a backup"
            ) from error
        if not envelope.cost.affordable() or len(envelope.nonce) != NONCE_BYTES:
            raise DamagedKeyFile("the key file asks for more work than any of ours")
        return envelope

    def open(self, passphrase: str) -> PrivateKey:
        """Decrypt the private key.

        Raises:
            WrongPassphrase: it does not open this file.
            DamagedKeyFile: what is inside is not the private half of the public key.
        """
        cipher = AESGCM(_stretch(passphrase, self.salt, self.cost))
        header = _header(self.public_key, self.cost, self.salt, self.nonce)
        try:
            scalar = cipher.decrypt(self.nonce, self.sealed, header)
        except InvalidTag as error:
            raise WrongPassphrase from error
        private = _from_scalar(self.public_key.type, scalar)
        if public_half(private) != self.public_key:
            raise DamagedKeyFile("the key file holds another key than it says")
        return private


_BINARY: Final = ("salt", "nonce", "sealed")
_UNREADABLE: Final = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,  # brackets in brackets
    MalformedKey,
)


def _whole(value: object) -> int:
    """A whole number as JSON writes it; infinity and texts of digits are none."""
    if type(value) is not int:
        raise TypeError
    return value


def seal(
    private: PrivateKey, passphrase: str, *, salt: bytes, nonce: bytes, cost: Cost | None = None
) -> bytes:
    """Encrypt a private key; the result is the content of a key file.

    Args:
        private: the key.
        passphrase: of any length; it is stretched by scrypt.
        salt: 16 fresh random bytes.
        nonce: 12 fresh random bytes.
        cost: the work one guess costs.

    Raises:
        WrongKeyType: an RSA key, which is not kept in files.
    """
    cost = cost or Cost()
    public = public_half(private)
    header = _header(public, cost, salt, nonce)
    sealed = AESGCM(_stretch(passphrase, salt, cost)).encrypt(nonce, _scalar(private), header)
    view: dict[str, Any] = json.loads(header) | {"sealed": base64.b64encode(sealed).decode()}
    return (json.dumps(view, indent=2) + "\n").encode()


def _header(public: PublicKey, cost: Cost, salt: bytes, nonce: bytes) -> bytes:
    """What is written in the clear, in one spelling; authenticated with the secret."""
    view = {
        "version": VERSION,
        "publicKeyMultibase": multikey.encode(public),
        "scrypt": {"n": cost.n, "r": cost.r, "p": cost.p},
        "salt": base64.b64encode(salt).decode(),
        "nonce": base64.b64encode(nonce).decode(),
    }
    return json.dumps(view).encode()


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    secret = passphrase.encode("utf-8", "surrogateescape")  # as the environment gave it
    return Scrypt(salt=salt, length=32, n=cost.n, r=cost.r, p=cost.p).derive(secret)


def _scalar(private: PrivateKey) -> bytes:
    if isinstance(private, Ed25519PrivateKey):
        return private.private_bytes_raw()
    if isinstance(private, rsa.RSAPrivateKey):
        raise WrongKeyType(KeyType.RSA, ", ".join(FIELD_BYTES))
    length = FIELD_BYTES[public_half(private).type]
    return private.private_numbers().private_value.to_bytes(length, "big")


def _from_scalar(key_type: KeyType, scalar: bytes) -> PrivateKey:
    try:
        if key_type is KeyType.ED25519:
            return Ed25519PrivateKey.from_private_bytes(scalar)
        return ec.derive_private_key(int.from_bytes(scalar, "big"), CURVES[key_type]())
    except ValueError as error:
        raise DamagedKeyFile("the key file holds no key of the kind it says") from error
