"""Which error is which problem?

One table for everything that the packages below can raise.  A test walks their trees, so that
no error is forgotten.  Each service adds its own errors when it is built.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from evidence import errors as evidence
from keys import errors as keys
from proofs import errors as proofs
from proofs.jose import errors as jose
from schemas import errors as schemas
from service.reachability import NotAllowed


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: its name is part of the interface and never changes."""

    name: str
    title: str
    status: HTTPStatus

    @property
    def type(self) -> str:
        """The problem type of RFC 9457, section 3.1.1."""
        return f"urn:skillmark:problem:{self.name}"


UNREADABLE: Final = HTTPStatus.BAD_REQUEST  # it cannot be read
NOT_RIGHT: Final = HTTPStatus.UNPROCESSABLE_ENTITY  # it was read, and is not right
CONFLICT: Final = HTTPStatus.CONFLICT  # it is right, but not now
OUR_FAULT: Final = HTTPStatus.INTERNAL_SERVER_ERROR  # our configuration, not their input

SCHEMAS: Final[Mapping[type[Exception], ProblemKind]] = {
    schemas.MalformedDocument: ProblemKind(
        "malformed-document", "The document cannot be read", UNREADABLE
    ),
    schemas.MalformedCode: ProblemKind(
        "malformed-code", "This is not the code of a credential", UNREADABLE
    ),
    schemas.UnknownContext: ProblemKind(
        "unknown-context", "The document uses a vocabulary that we do not carry", NOT_RIGHT
    ),
    schemas.UnsafeSchema: ProblemKind(
        "unsafe-schema", "The schema asks for more than we do for a stranger", NOT_RIGHT
    ),
    schemas.DataModelBroken: ProblemKind(
        "data-model-broken", "The document breaks a rule of its standard", UNREADABLE
    ),
    schemas.SchemaViolated: ProblemKind(
        "schema-violated", "The document does not say what its schema demands", NOT_RIGHT
    ),
}

KEYS: Final[Mapping[type[Exception], ProblemKind]] = {
    keys.MalformedKey: ProblemKind("malformed-key", "The key cannot be read", NOT_RIGHT),
    keys.WrongKeyType: ProblemKind(
        "wrong-key-type", "The key is of another kind than is needed", NOT_RIGHT
    ),
    keys.MalformedDid: ProblemKind("malformed-did", "The identifier is not a DID", NOT_RIGHT),
    keys.MethodNotSupported: ProblemKind(
        "did-method-not-supported", "DIDs of this method are not supported", NOT_RIGHT
    ),
    keys.MalformedControllerDocument: ProblemKind(
        "malformed-controller-document",
        "The document that publishes the issuer's keys cannot be read",
        NOT_RIGHT,
    ),
    keys.MethodNotFound: ProblemKind(
        "key-not-published", "The key is not in the document of its owner", NOT_RIGHT
    ),
    keys.MethodNotAuthorised: ProblemKind(
        "key-not-authorised", "The key was not published for this purpose", NOT_RIGHT
    ),
    keys.ControllerMismatch: ProblemKind(
        "controller-mismatch", "The key belongs to somebody else", NOT_RIGHT
    ),
    keys.Deactivated: ProblemKind(
        "did-deactivated", "The DID was given up by its owner", NOT_RIGHT
    ),
    keys.InvalidDidLog: ProblemKind(
        "invalid-did-log", "The log of the DID does not prove what it says", NOT_RIGHT
    ),
    keys.KeyNotBound: ProblemKind("key-not-bound", "The key is not bound to the issuer", NOT_RIGHT),
    keys.DidNotFound: ProblemKind("did-not-found", "Nothing is published for this DID", NOT_RIGHT),
    keys.UnknownKeyScheme: ProblemKind(
        "unknown-key-store", "The signing key is not set up", OUR_FAULT
    ),
    keys.KeyNotFound: ProblemKind(
        "signing-key-not-found", "The signing key is not set up", OUR_FAULT
    ),
    keys.KeyExists: ProblemKind("key-exists", "A key of this name exists already", CONFLICT),
    keys.WrongPassphrase: ProblemKind(
        "wrong-passphrase", "The signing key cannot be opened", OUR_FAULT
    ),
    keys.MissingPassphrase: ProblemKind(
        "missing-passphrase", "The signing key cannot be opened", OUR_FAULT
    ),
    keys.DamagedKeyFile: ProblemKind(
        "damaged-key-file", "The signing key cannot be opened", OUR_FAULT
    ),
}

PROOFS: Final[Mapping[type[Exception], ProblemKind]] = {
    proofs.MalformedProof: ProblemKind("malformed-proof", "The proof cannot be read", UNREADABLE),
    proofs.MissingProof: ProblemKind("missing-proof", "The document has no proof", UNREADABLE),
    proofs.TooManyProofs: ProblemKind(
        "too-many-proofs", "The document has more proofs than we check", NOT_RIGHT
    ),
    proofs.AlreadySecured: ProblemKind(
        "already-secured", "The document has a proof already", UNREADABLE
    ),
    proofs.UnknownCryptosuite: ProblemKind(
        "unknown-cryptosuite", "The proof is of a kind that we do not check", NOT_RIGHT
    ),
    proofs.WrongProofPurpose: ProblemKind(
        "wrong-proof-purpose", "The proof was made for something else", NOT_RIGHT
    ),
    proofs.WrongKeyForSuite: ProblemKind(
        "wrong-key-for-suite", "The key does not belong to this kind of proof", NOT_RIGHT
    ),
    proofs.InvalidSignature: ProblemKind(
        "invalid-signature", "The document was changed after it was signed", NOT_RIGHT
    ),
    proofs.UndefinedTerm: ProblemKind(
        "undefined-term", "The document uses a word that no vocabulary defines", NOT_RIGHT
    ),
    proofs.UnsafeIdentifier: ProblemKind(
        "unsafe-identifier", "An identifier in the document cannot be signed", NOT_RIGHT
    ),
    proofs.UnsignedMember: ProblemKind(
        "unsigned-member", "A part of the document would not be covered by a signature", NOT_RIGHT
    ),
    proofs.NotCompacted: ProblemKind(
        "not-compacted", "A term of the document is written in full", NOT_RIGHT
    ),
    proofs.InlineContext: ProblemKind(
        "inline-context", "The document brings its own vocabulary", NOT_RIGHT
    ),
    proofs.InvalidJsonLd: ProblemKind(
        "invalid-json-ld", "The document is not valid JSON-LD", NOT_RIGHT
    ),
    proofs.NotCanonicalizable: ProblemKind(
        "not-canonicalizable", "A value has no canonical form", NOT_RIGHT
    ),
    proofs.BrokenChain: ProblemKind(
        "broken-proof-chain", "A proof builds on one that is not there", NOT_RIGHT
    ),
    proofs.NotDerived: ProblemKind(
        "not-derived", "The proof is the private copy of the holder", NOT_RIGHT
    ),
    proofs.NothingSelected: ProblemKind(
        "nothing-selected", "What is to be shown cannot be told", NOT_RIGHT
    ),
    proofs.ChallengeDiffers: ProblemKind(
        "challenge-differs", "The presentation was made for another occasion", NOT_RIGHT
    ),
    proofs.DomainDiffers: ProblemKind(
        "domain-differs", "The presentation was made for somebody else", NOT_RIGHT
    ),
    proofs.CanonicalizationRefused: ProblemKind(
        "canonicalization-refused",
        "The document takes more work than we do for a stranger",
        NOT_RIGHT,
    ),
    proofs.MalformedDigest: ProblemKind("malformed-digest", "This is not a digest", UNREADABLE),
    proofs.MalformedStatusEntry: ProblemKind(
        "malformed-status-entry", "The status of the credential cannot be read", NOT_RIGHT
    ),
    proofs.MalformedStatusList: ProblemKind(
        "malformed-status-list", "The status list cannot be read", NOT_RIGHT
    ),
    proofs.StatusPurposeDiffers: ProblemKind(
        "status-purpose-differs", "The status list is about something else", NOT_RIGHT
    ),
    proofs.StatusListTooShort: ProblemKind(
        "status-list-too-short", "The status list is too short", NOT_RIGHT
    ),
    proofs.IndexOutsideList: ProblemKind(
        "index-outside-list", "The status list does not contain the credential", NOT_RIGHT
    ),
}

JOSE: Final[Mapping[type[Exception], ProblemKind]] = {
    jose.MalformedJws: ProblemKind("malformed-jws", "The token cannot be read", UNREADABLE),
    jose.MalformedSdJwt: ProblemKind(
        "malformed-sd-jwt", "The token cannot be read as an SD-JWT", UNREADABLE
    ),
    jose.AlgorithmRefused: ProblemKind(
        "algorithm-refused", "The token is signed in a way that proves nothing", NOT_RIGHT
    ),
    jose.HeaderNotAllowed: ProblemKind(
        "header-not-allowed", "The header of the token says what it may not", NOT_RIGHT
    ),
    jose.ClaimsDiffer: ProblemKind(
        "claims-differ", "The token and the credential in it say different things", NOT_RIGHT
    ),
    jose.DisclosureRefused: ProblemKind(
        "disclosure-refused", "The issuer did not sign what is disclosed", NOT_RIGHT
    ),
    jose.KeyBindingFails: ProblemKind(
        "key-binding-fails", "The holder did not sign for this occasion", NOT_RIGHT
    ),
}

EVIDENCE: Final[Mapping[type[Exception], ProblemKind]] = {
    evidence.UnsafePath: ProblemKind(
        "unsafe-path", "The artifact contains a path that leads out of it", NOT_RIGHT
    ),
    evidence.EscapingSymlink: ProblemKind(
        "escaping-symlink", "The artifact contains a link that leads out of it", NOT_RIGHT
    ),
    evidence.MalformedCommit: ProblemKind("malformed-commit", "This is not a commit", UNREADABLE),
    evidence.UnwritableDocument: ProblemKind(
        "unwritable-document", "A value has no single way of being written", NOT_RIGHT
    ),
    evidence.IncomparableDigests: ProblemKind(
        "incomparable-digests", "The digests are of different functions", NOT_RIGHT
    ),
}

FETCHING: Final[Mapping[type[Exception], ProblemKind]] = {
    NotAllowed: ProblemKind("address-not-allowed", "We do not go to this address", NOT_RIGHT),
}

PROBLEMS: Final[Mapping[type[Exception], ProblemKind]] = {
    **SCHEMAS,
    **KEYS,
    **PROOFS,
    **JOSE,
    **EVIDENCE,
    **FETCHING,
}


def kind_of(
    error: type[Exception], table: Mapping[type[Exception], ProblemKind] = PROBLEMS
) -> ProblemKind:
    """The kind of an error, or of the nearest class above it that the table names.

    Raises:
        KeyError: the table knows neither.
    """
    for known in error.__mro__:
        if known in table:
            return table[known]
    raise KeyError(error.__name__)
