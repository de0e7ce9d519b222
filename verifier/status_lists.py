"""What does the issuer publish about withdrawal?

Bitstring Status List 1.0, section 3.2 (Validate Algorithm), steps 1 to 9: the list is a
credential of its own, and is worth as much as its own proof, issuer and period.  Whatever is
wrong with it is a reason not to know, never a reason to trust.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from keys.controller import VerificationMethod
from keys.lifecycle import may_sign
from proofs.errors import ProofError
from proofs.status import LIST_TYPE, StatusEntry, read_status_list
from schemas.document import Document
from schemas.errors import MalformedDocument
from service.fetching import Unreachable
from verifier.checks.proof import CLOCKS_DIFFER
from verifier.facts import Published, Signature
from verifier.reading import identifier, inner, members, moment, text, types
from verifier.resolve import RESOURCE, Resolver

MOST_ENTRIES: Final = 4


async def published(view: Mapping[str, Any], resolver: Resolver) -> tuple[Published, ...]:
    """Every status entry of a document, with the list it points at or why there is none."""
    given = view.get("credentialStatus")
    if given is None or given == []:
        return ()
    entries = members(given)
    if not entries or len(entries) > MOST_ENTRIES:
        return (Published(None, f"credentialStatus must be an object, or at most {MOST_ENTRIES}"),)
    issuer = identifier(view.get("issuer"))
    return tuple([await _published(entry, issuer, resolver) for entry in entries])


async def _published(raw: Mapping[str, Any], issuer: str, resolver: Resolver) -> Published:
    try:
        entry = StatusEntry.read(raw)
    except ProofError as error:
        kinds = ", ".join(sorted(types(raw)))[:100]
        return Published(None, f"a kind of status that we cannot read ({kinds}): {error}")
    fetched = await resolver.fetcher.fetch(
        entry.list_url, accept="application/vc, application/json", limits=RESOURCE
    )
    if isinstance(fetched, Unreachable):
        return Published(entry, fetched.because)
    try:
        document = Document.read(fetched.value.body)
    except MalformedDocument as error:
        return Published(entry, f"what is at the address of the list is no list: {error}")
    if flaw := await _flaw(document, issuer, resolver):
        return Published(entry, flaw)
    try:
        found = read_status_list(document.view, entry)
    except ProofError as error:
        return Published(entry, str(error))
    return Published(entry, found, fetched.at, _ttl(document))


async def _flaw(document: Document, issuer: str, resolver: Resolver) -> str | None:
    """Why the list is not one to believe, if it is not."""
    if identifier(document.view.get("issuer")) != issuer:
        return "the list was issued by somebody else than the credential"
    if flaw := _out_of_date(document.view, resolver.now):
        return flaw
    signatures = await resolver.signatures(document)
    if not isinstance(signatures, tuple):
        return f"the proof of the list: {signatures}"
    flaws = (_badly_signed(signature, issuer, resolver.now) for signature in signatures)
    return next(filter(None, flaws), None)


def _out_of_date(view: Mapping[str, Any], now: datetime) -> str | None:
    try:
        since, until = moment(view.get("validFrom")), moment(view.get("validUntil"))
    except ValueError:
        return "the period of the list cannot be read"
    if since is not None and since > now + CLOCKS_DIFFER:
        return "the list is not yet valid"
    if until is not None and until <= now:
        return "the list has expired"
    return None


def _badly_signed(signature: Signature, issuer: str, now: datetime) -> str | None:
    if not isinstance(signature.key, VerificationMethod):
        return f"the key of the list: {_why(signature.key)}"
    expires = signature.proof.expires
    flaws = {
        "the list was signed with the key of somebody else": signature.key.controller != issuer,
        "the list was signed with a key no longer in use": not may_sign(
            signature.key.life.state(now)
        ),
        f"the proof of the list: {signature.flaw}": signature.flaw is not None,
        "the proof of the list has expired": expires is not None and expires <= now,
    }
    return next((flaw for flaw, found in flaws.items() if found), None)


def _why(fault: Exception | Unreachable) -> str:
    return fault.because if isinstance(fault, Unreachable) else str(fault)


def _ttl(document: Document) -> int | None:
    subject = inner(document.view, "credentialSubject")
    ttl = subject.get("ttl") if text(subject, "type") == LIST_TYPE else None
    return ttl if isinstance(ttl, int) and ttl >= 0 else None
