"""What was gathered before anything is judged?

Frozen values, made by `resolve` from the network or by a test from nothing; the checks look at
nothing else.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from keys.controller import VerificationMethod
from keys.errors import KeyFault
from proofs.digests import Digest
from proofs.errors import ProofError
from proofs.status import Status
from proofs.verify import Proof
from schemas.document import Document
from schemas.errors import SchemaError
from schemas.validate import JsonSchema
from service.fetching import Fetched, Resource, Unreachable
from verifier.envelopes import Form
from verifier.issuers import IssuerLists
from verifier.policy import RequiredProof


class EvidenceMode(StrEnum):
    """How much to do about evidence before answering."""

    SKIP = "skip"
    CACHED = "cached"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Signature:
    """One proof of the document, and what became of looking up its key and checking it.

    `key` is the published key, or why there is none; `flaw` is what is wrong with the signature
    when there was a key to check it with.
    """

    proof: Proof
    key: VerificationMethod | KeyFault | Unreachable
    flaw: ProofError | SchemaError | KeyFault | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Untold:
    """Why nothing is known about a status: the answer for an engineer.

    `unknown_kind` says that we could not even look, for want of knowing how; `outside_list`, that
    the list ends before the place that the credential names.
    """

    detail: str
    unknown_kind: bool = False
    outside_list: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What an issuer publishes under one status entry, or why that is not known.

    Attributes:
        found: what the list says about this credential.
        list_url: where the list is.
        place: which entry of the list.
        at: when the list was fetched.
        ttl_ms: after how many milliseconds it should be fetched again, if it says so.
    """

    found: Status | Untold
    list_url: str | None = None
    place: str = ""
    at: datetime | None = None
    ttl_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """Something the credential fixes by digest, and what is at its address now.

    `expected` holds every digest that the document gives; what is found must have them all.
    """

    url: str
    expected: tuple[Digest, ...]
    found: Fetched[Resource] | None
    name: str = ""
    genre: str = ""

    def fixes(self, body: bytes) -> bool:
        """Whether these are the bytes that the document means; nothing fixed fixes nothing."""
        return bool(self.expected) and all(digest.matches(body) for digest in self.expected)


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """A form that the document must have: its schema, or why there is none to compare with.

    `is_known` says whether it is of a kind that we know.
    """

    url: str
    found: JsonSchema | str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the checks may look at.

    `undefined` is a word that is signed, and that none of the contexts defines.
    """

    document: Document
    now: datetime
    issuers: IssuerLists
    signatures: tuple[Signature, ...] | ProofError
    statuses: tuple[Published, ...] = ()
    forms: tuple[PublishedForm, ...] = ()
    related: tuple[Bound, ...] = ()
    evidence: tuple[Bound, ...] = ()
    profile: str | None = None
    required_proofs: tuple[RequiredProof, ...] = ()
    form: Form = Form.EMBEDDED
    is_presented: bool = False
    undefined: str | None = None
