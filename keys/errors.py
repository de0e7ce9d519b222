"""What can go wrong with a key before anything is signed or checked.

`resolution_error` is the name that DID Resolution 1.0, section 4.3, gives to the fault, if any.

KeyFault
├── MalformedKey                  bytes or text that are no key of a kind we know
├── WrongKeyType                  a key, but not of the kind that is needed here
├── MalformedDid                  `invalidDid` of DID Resolution
├── MethodNotSupported            `methodNotSupported` of DID Resolution
├── DidNotFound                   `notFound` of DID Resolution
├── MalformedControllerDocument   the issuer's document cannot be read
├── MethodNotFound                the document does not contain the named key
├── MethodNotAuthorised           it does, but not for this purpose
├── ControllerMismatch            the key says that somebody else controls it
├── KeyNotBound                   a key that was brought along and that the issuer does not publish
├── InvalidDidLog                 a `did:webvh` whose history does not hold; `invalidDid`
├── Deactivated                   a DID that its controller has given up
└── StoreFault                    private keys at rest
    ├── UnknownKeyScheme
    ├── KeyNotFound
    ├── KeyExists
    ├── WrongPassphrase
    ├── MissingPassphrase
    └── DamagedKeyFile
"""

from collections.abc import Iterable
from typing import ClassVar


class KeyFault(Exception):
    """Something is wrong with a key or with where it is published."""

    resolution_error: ClassVar[str | None] = None


class MalformedKey(KeyFault):
    """The text or the bytes are not a key that we can read."""


class WrongKeyType(KeyFault):
    """The key is of another kind than is needed."""

    def __init__(self, found: str, needed: str) -> None:
        super().__init__(f"the key is {found}; {needed} is needed")


class MalformedDid(KeyFault):
    """The text is not a DID; `invalidDid`."""

    resolution_error = "invalidDid"


class MethodNotSupported(KeyFault):
    """A DID of a method that we do not resolve; `methodNotSupported`."""

    resolution_error = "methodNotSupported"

    def __init__(self, method: str) -> None:
        known = "jwk, key, web, webvh"
        super().__init__(f"DID method {method[:40]!r} is not supported; known are {known}")


class DidNotFound(KeyFault):
    """There is no document of this DID where it would have to be; `notFound`."""

    resolution_error = "notFound"

    def __init__(self, did: str) -> None:
        super().__init__(f"nothing is published for {did[:200]!r}")


class MalformedControllerDocument(KeyFault):
    """The document that publishes the issuer's keys cannot be read; `invalidDidDocument`."""

    resolution_error = "invalidDidDocument"


class MethodNotFound(KeyFault):
    """The document does not contain the key that the proof names."""

    def __init__(self, method: str) -> None:
        super().__init__(f"the issuer's document does not contain the key {method[:200]!r}")


class MethodNotAuthorised(KeyFault):
    """The key is published, but not for this purpose."""

    def __init__(self, method: str, relationship: str) -> None:
        super().__init__(f"{method[:200]!r} is not listed under {relationship}")


class ControllerMismatch(KeyFault):
    """The key or the document belongs to somebody else."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"controlled by {found[:200]!r}, not by {expected[:200]!r}")


class KeyNotBound(KeyFault):
    """The key came with the signature, and the issuer's own document does not have it."""

    def __init__(self, issuer: str) -> None:
        super().__init__(
            f"the key is not bound to the issuer: {issuer[:200]!r} does not publish it"
        )


class InvalidDidLog(KeyFault):
    """The log of a `did:webvh` does not prove what it says; `invalidDid`."""

    resolution_error = "invalidDid"


class Deactivated(KeyFault):
    """The log is in order, and its last entry says that nobody may rely on the DID any more."""

    def __init__(self, did: str) -> None:
        super().__init__(f"{did[:200]!r} was deactivated by its controller")


class StoreFault(KeyFault):
    """A private key cannot be had."""


class UnknownKeyScheme(StoreFault):
    """The key URI names a store that we do not have."""

    def __init__(self, scheme: str, known: Iterable[str]) -> None:
        super().__init__(f"no key store for {scheme!r}; use one of {', '.join(sorted(known))}")


class KeyNotFound(StoreFault):
    """The store has no key of that name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        listed = ", ".join(sorted(known)) or "none yet; create one with `skillmark keys create`"
        super().__init__(f"no key named {name!r}; there are: {listed}")


class KeyExists(StoreFault):
    """A key of that name is already there; keys are never overwritten."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a key named {name!r} exists already; choose another name")


class WrongPassphrase(StoreFault):
    """The passphrase does not open the key file."""

    def __init__(self) -> None:
        super().__init__("the passphrase does not open this key; see SKILLMARK_KEY_PASSPHRASE")


class MissingPassphrase(StoreFault):
    """No passphrase was given, and none may be made up here."""

    def __init__(self) -> None:
        super().__init__("set SKILLMARK_KEY_PASSPHRASE; only development generates one by itself")


class DamagedKeyFile(StoreFault):
    """The key file is cut short or is not one of ours."""
