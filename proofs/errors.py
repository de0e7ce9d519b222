"""What can be wrong with how something is secured?

Data Integrity 1.0, section 4.7 (Processing Errors), and Bitstring Status List 1.0, section 3.5.

ProofError
├── MalformedProof          a member of the proof cannot be read
├── MissingProof            there is no proof at all
├── TooManyProofs           more signatures than we are willing to check
├── AlreadySecured          a proof would be added to a document that has one
├── UnknownCryptosuite      readable, but a suite that we do not speak
├── WrongProofPurpose       made for another purpose than the one asked for
├── WrongKeyForSuite        the suite and the key do not belong together
├── InvalidSignature        everything was readable and the signature does not hold
├── MeaningLost             the document says something that a signature over RDF would not cover
│   ├── UndefinedTerm       a member or type that no context defines
│   ├── UnsafeIdentifier    an identifier that cannot be written in RDF as it stands
│   ├── UnsignedMember      null, an empty array, a repeated value, a keyword that RDF forgets
│   └── NotCompacted        a term written as an address, so that readers of JSON would miss it
├── InlineContext           a context given in the document that changes what others say
├── InvalidJsonLd           the JSON-LD processor refuses the document
├── NotCanonicalizable      a JSON value that has no canonical form
├── BrokenChain             a proof builds on one that is not there, or on itself
├── NotDerived              a holder's own copy, of which no selection was made yet
├── NothingSelected         a JSON Pointer leads nowhere, or nothing is to be shown
├── ChallengeDiffers        a presentation made for another occasion
├── DomainDiffers           a presentation made for somebody else
├── CanonicalizationRefused more work than we are willing to do
├── MalformedDigest         not a digest that we can read
└── StatusError
    ├── MalformedStatusEntry   `credentialStatus` cannot be read
    ├── MalformedStatusList    the list cannot be read
    ├── StatusPurposeDiffers   the list is about something else (STATUS_VERIFICATION_ERROR)
    ├── StatusListTooShort     too few entries to hide in (STATUS_LIST_LENGTH_ERROR)
    └── IndexOutsideList       the entry points past the end of the list (RANGE_ERROR)
"""

from collections.abc import Iterable

SHOWN = 80


def shown(text: object) -> str:
    """A stranger's text, short enough and plain enough to stand in a message."""
    written = repr(text)
    return written if len(written) <= SHOWN else f"{written[: SHOWN - 1]}…"


class ProofError(Exception):
    """Something secured could not be read, or does not hold."""


class MalformedProof(ProofError):
    """A member of the proof is missing or is not what it must be."""

    def __init__(self, member: str, expected: str) -> None:
        super().__init__(f"proof.{member} must be {expected}")
        self.member = member
        self.expected = expected


class MissingProof(ProofError):
    """There is no proof, or an empty list of proofs."""

    def __init__(self) -> None:
        super().__init__("the document has no proof; add a Data Integrity proof under `proof`")


class TooManyProofs(ProofError):
    """Each proof costs a signature check, and there are more than we check."""

    def __init__(self, found: int, limit: int) -> None:
        super().__init__(f"the document has {found} proofs; at most {limit} are read")
        self.found = found
        self.limit = limit


class AlreadySecured(ProofError):
    """The document to be signed carries a proof already."""

    def __init__(self) -> None:
        super().__init__("the document has a `proof` already; sign the document without it")


class UnknownCryptosuite(ProofError):
    """The name in `proof.cryptosuite` is not one of ours."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f"cryptosuite {shown(name)} is unknown; known are {', '.join(sorted(known))}"
        )
        self.name = name


class WrongProofPurpose(ProofError):
    """The proof was made for something else."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"proof.proofPurpose is {shown(found)}; it must be {expected!r}")
        self.found = found
        self.expected = expected


class WrongKeyForSuite(ProofError):
    """The key is of a type that the cryptosuite does not use."""

    def __init__(self, cryptosuite: str, found: str, expected: str) -> None:
        super().__init__(f"{cryptosuite} needs a key of type {expected}, not {found}")
        self.cryptosuite = cryptosuite
        self.found = found
        self.expected = expected


class InvalidSignature(ProofError):
    """The signature is not that of this key over this document and these proof options."""

    def __init__(self) -> None:
        super().__init__("the signature does not belong to this document and key")


class MeaningLost(ProofError):
    """The document says something that the signature would not cover."""


class UndefinedTerm(MeaningLost):
    """A member or a type that none of the contexts defines."""

    def __init__(self, term: str, pointer: str | None = None) -> None:
        where = f" at {pointer}" if pointer else ""
        super().__init__(
            f"{shown(term)}{where} is defined by none of the contexts;"
            " name the context that defines it, or leave it out"
        )
        self.term = term
        self.pointer = pointer


class UnsafeIdentifier(MeaningLost):
    """An identifier that is relative, has forbidden characters, or names a blank node."""

    def __init__(self, identifier: str, pointer: str | None = None) -> None:
        where = f" at {pointer}" if pointer else ""
        super().__init__(f"{shown(identifier)}{where} must be an absolute IRI without spaces")
        self.identifier = identifier
        self.pointer = pointer


class UnsignedMember(MeaningLost):
    """A member that could be added or taken away without breaking the signature."""

    def __init__(self, pointer: str, because: str) -> None:
        super().__init__(f"{shown(pointer)} would not be covered by the signature: {because}")
        self.pointer = pointer
        self.because = because


class NotCompacted(MeaningLost):
    """A term written as an IRI: RDF sees the same, readers of JSON do not."""

    def __init__(self, pointer: str, written: str) -> None:
        super().__init__(
            f"{shown(written)} at {shown(pointer)} must be written with the term of its context"
        )
        self.pointer = pointer
        self.written = written


class InlineContext(ProofError):
    """A context object inside the document that does more than name new things."""

    def __init__(self, pointer: str) -> None:
        super().__init__(
            f"{shown(pointer)} must be an address, or at the root an object that gives new names"
            " to new absolute addresses; it may not change what other contexts say"
        )
        self.pointer = pointer


class InvalidJsonLd(ProofError):
    """The JSON-LD processor refuses the document."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the document is not valid JSON-LD: {shown(code)}")
        self.code = code


class NotCanonicalizable(ProofError):
    """A number or a text in the document that JSON readers do not agree on."""


class BrokenChain(ProofError):
    """A proof names an earlier one that is not there, or that builds on it in turn."""


class NotDerived(ProofError):
    """A base proof, which only the holder should have: it lets anybody choose what to show."""

    def __init__(self) -> None:
        super().__init__(
            "the proof is the holder's own copy (a base proof);"
            " derive from it what is to be shown, and give that"
        )


class NothingSelected(ProofError):
    """What is to be shown cannot be told."""

    def __init__(self, pointer: str | None = None) -> None:
        what = f"{shown(pointer)} leads nowhere" if pointer is not None else "nothing is selected"
        super().__init__(f"{what}; name what is to be shown by JSON Pointers such as /issuer")
        self.pointer = pointer


class ChallengeDiffers(ProofError):
    """`proof.challenge` is not the one that was asked for (INVALID_CHALLENGE_ERROR)."""

    def __init__(self) -> None:
        super().__init__("proof.challenge is not the challenge that was given out")


class DomainDiffers(ProofError):
    """`proof.domain` is not the one that was asked for (INVALID_DOMAIN_ERROR)."""

    def __init__(self) -> None:
        super().__init__("proof.domain does not name the one who asked")


class CanonicalizationRefused(ProofError):
    """Canonicalizing the document would cost more than we are willing to spend."""

    def __init__(self, what: str, found: int, limit: int) -> None:
        super().__init__(f"the document has {found} {what}; at most {limit} are canonicalized")
        self.what = what
        self.found = found
        self.limit = limit


class MalformedDigest(ProofError):
    """The text is not a digest that we can read."""

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(f"{shown(text)} is not a digest; it must be {expected}")
        self.expected = expected


class StatusError(ProofError):
    """What a status entry or a status list says cannot be used."""


class MalformedStatusEntry(StatusError):
    """A member of `credentialStatus` is missing or is not what it must be."""

    def __init__(self, member: str, expected: str) -> None:
        super().__init__(f"credentialStatus.{member} must be {expected}")
        self.member = member
        self.expected = expected


class MalformedStatusList(StatusError):
    """The status list credential or its encoded list cannot be read."""

    def __init__(self, member: str, expected: str) -> None:
        super().__init__(f"status list: {member} must be {expected}")
        self.member = member
        self.expected = expected


class StatusPurposeDiffers(StatusError):
    """The list is published for another purpose than the entry asks about."""

    def __init__(self, wanted: str, published: Iterable[str]) -> None:
        self.wanted = wanted
        self.published = tuple(published)
        super().__init__(
            f"the list answers for {shown(', '.join(self.published))}, the credential asks"
            f" for {shown(wanted)}"
        )


class StatusListTooShort(StatusError):
    """A short list tells who is meant."""

    def __init__(self, entries: int, minimum: int) -> None:
        super().__init__(f"the list has {entries} entries; at least {minimum} are needed")
        self.entries = entries
        self.minimum = minimum


class IndexOutsideList(StatusError):
    """The entry points past the end of the list."""

    def __init__(self, index: int, entries: int) -> None:
        super().__init__(f"index {index} is outside the list of {entries} entries")
        self.index = index
        self.entries = entries
