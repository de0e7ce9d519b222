"""Is a list one to believe, and for how long?  What both kinds of status lists have in common."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from keys.controller import VerificationMethod
from keys.lifecycle import may_sign
from service.fetching import Unreachable
from verifier.checks.proof import CLOCKS_DIFFER
from verifier.facts import Signature
from verifier.kept import LONGEST


def first_end(ends: Iterable[datetime | None]) -> datetime | None:
    """When the first of these ends."""
    return min(filter(None, ends), default=None)


def end_of(signature: Signature) -> datetime | None:
    """When a signature that holds now no longer does: its own end, or that of its key."""
    key = signature.key
    life = (key.life.expires, key.life.revoked) if isinstance(key, VerificationMethod) else ()
    return first_end([signature.proof.expires, *life])


def longest(ttl_ms: float | None) -> timedelta:
    """How long a list is kept at most, by its own `ttl` in milliseconds."""
    return LONGEST if ttl_ms is None else min(LONGEST, timedelta(milliseconds=max(0, ttl_ms)))


def outside(since: datetime | None, until: datetime | None, now: datetime) -> str | None:
    """Why a list says nothing at this moment, if it does not."""
    if since is not None and since > now + CLOCKS_DIFFER:
        return "the list is not yet valid"
    if until is not None and until <= now:
        return "the list has expired"
    return None


def badly_signed(signature: Signature, issuer: str, now: datetime) -> str | None:
    """Why a list is not to be taken as its issuer's, if it is not."""
    if not isinstance(signature.key, VerificationMethod):
        return f"the key of the list: {_why(signature.key)}"
    created, expires = signature.proof.created, signature.proof.expires
    flaws = {
        "the list was signed with the key of somebody else": signature.key.controller != issuer,
        "the list was signed with a key no longer in use": not may_sign(
            signature.key.life.state(now)
        ),
        f"the proof of the list: {signature.flaw}": signature.flaw is not None,
        "the proof of the list was not checked": not signature.checked,
        "the proof of the list is not yet valid": created is not None
        and created > now + CLOCKS_DIFFER,
        "the proof of the list has expired": expires is not None and expires <= now,
    }
    return next((flaw for flaw, found in flaws.items() if found), None)


def _why(fault: Exception | Unreachable) -> str:
    return fault.because if isinstance(fault, Unreachable) else str(fault)
