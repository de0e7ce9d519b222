"""What can be wrong with what somebody asks of the issuer?

IssuerError
├── NotFound                nothing of that name in this organisation
├── AlreadyThere            a name that is taken by something else
│   └── VersionIsFixed      a published version would change
├── AddressChanged          the issuer would have to sign under another name
├── CannotMove              the lifecycle has no such arrow
├── CannotBeSuspended       signed without a place where a hold is published
├── CannotBeSigned          a document, or a way of signing, that is not offered
├── GateClosed              something is missing before a credential may be issued
├── IdempotencyKeyReused    the same key for another request
├── NotAuthenticated        no API key, or not one of ours
├── ScopeMissing            the API key may not do this
├── MalformedSubmission     a submission or an assessment that does not fit its rubric
├── MalformedStatusUpdate   a status update that fits no entry of a credential
├── MalformedSubmissionFile a file for `skillmark issue` that cannot be read
├── CaptureFailed           the artifact could not be taken in
│   ├── NoSuchArtifact      there is nothing there
│   └── ArtifactTooLarge    more bytes or entries than we keep
├── EvidenceDamaged         a kept file is not what its name says
└── SealBroken              a signature of our own does not verify
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from service.problems import FieldError

if TYPE_CHECKING:
    from issuer.issuance.rules import Missing


class IssuerError(Exception):
    """The issuer cannot do what was asked."""


class NotFound(IssuerError):
    """Nothing of that name, or nothing that this organisation may see."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"there is no {kind} {name[:80]!r} here")


class AlreadyThere(IssuerError):
    """The name is taken."""


class VersionIsFixed(AlreadyThere):
    """Somebody tried to change a published version."""

    def __init__(self, slug: str, version: str) -> None:
        super().__init__(
            f"version {version} of {slug} is published and never changes; publish the next version"
        )


class AddressChanged(IssuerError):
    """Credentials name the issuer by its address, so that it cannot change underneath them."""

    def __init__(self, known: str, wanted: str) -> None:
        super().__init__(
            f"this data belongs to the issuer {known}, whose credentials name that address; set "
            f"SKILLMARK_ISSUER_URL back, or give {wanted} a SKILLMARK_DATA_DIR of its own"
        )


class CannotMove(IssuerError):
    """The lifecycle has no such arrow."""

    def __init__(self, origin: str, to: str, possible: Iterable[str]) -> None:
        onwards = ", ".join(sorted(possible)) or "nothing: this is the end"
        super().__init__(f"what is {origin} cannot become {to}; it can become: {onwards}")


class CannotBeSuspended(IssuerError):
    """The credential was signed without an entry of purpose `suspension`."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} was signed without a place where a hold is published, so that nobody would "
            "see it; withdraw it, or leave it in force"
        )


class GateClosed(IssuerError):
    """Not everything is there that a credential needs; `missing` is the complete list."""

    def __init__(self, missing: "tuple[Missing, ...]") -> None:
        super().__init__(
            "the credential cannot be issued yet: "
            + "; ".join(each.sentence.rstrip(".") for each in missing)
        )
        self.missing = missing

    @property
    def field_errors(self) -> tuple[FieldError, ...]:
        """Each missing thing, with the place where it belongs."""
        return tuple(FieldError(each.pointer, each.sentence) for each in self.missing)


class IdempotencyKeyReused(IssuerError):
    """The same Idempotency-Key came with another request."""

    def __init__(self) -> None:
        super().__init__(
            "this Idempotency-Key belongs to another request; use a new one for a new request"
        )


class NotAuthenticated(IssuerError):
    """No API key, or not one of ours."""

    def __init__(self) -> None:
        super().__init__("send an API key as `Authorization: Bearer KEY`")

    @property
    def headers(self) -> Mapping[str, str]:
        """What RFC 9110, section 11.6.1, wants beside a 401."""
        return {"WWW-Authenticate": "Bearer"}


class ScopeMissing(IssuerError):
    """The API key may not do this."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"this needs an API key with the scope {scope}")


class MalformedSubmission(IssuerError):
    """What was recorded does not fit the rubric, or says too little."""

    def __init__(self, pointer: str, expected: str) -> None:
        super().__init__(f"{pointer} must be {expected}")
        self.pointer = pointer
        self.expected = expected

    @property
    def field_errors(self) -> tuple[FieldError, ...]:
        """The place."""
        return (FieldError(self.pointer, f"must be {self.expected}"),)


class MalformedStatusUpdate(IssuerError):
    """A status update of the VC API that cannot be carried out as it is written."""

    def __init__(self, faults: Iterable[FieldError]) -> None:
        self.field_errors = tuple(faults)
        said = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in self.field_errors)
        super().__init__(said or "the body cannot be read")


class CannotBeSigned(IssuerError):
    """A document that we do not sign, or not in the way that was asked for."""

    def __init__(self, pointer: str, expected: str) -> None:
        super().__init__(f"{pointer} must be {expected}")
        self.field_errors = (FieldError(pointer, f"must be {expected}"),)


class MalformedSubmissionFile(IssuerError):
    """A file for `skillmark issue` cannot be read."""

    def __init__(self, path: str, faults: Iterable[str]) -> None:
        super().__init__(f"{path} cannot be used: {'; '.join(faults)}")


class CaptureFailed(IssuerError):
    """The artifact could not be taken in."""


class NoSuchArtifact(CaptureFailed):
    """There is nothing there."""

    def __init__(self, where: str, because: str) -> None:
        super().__init__(f"{where[:200]} cannot be assessed: {because}")


class ArtifactTooLarge(CaptureFailed):
    """More than we keep."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"the artifact has more than {limit} {what}")


class EvidenceDamaged(IssuerError):
    """A kept file is not what its name says."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"the kept copy of {digest} is damaged; restore it from a backup")


class SealBroken(IssuerError):
    """A signature of our own does not verify; nothing is issued."""

    def __init__(self) -> None:
        super().__init__("what was signed does not verify; check the signing key")
