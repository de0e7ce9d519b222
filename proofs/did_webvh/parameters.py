"""Which rules has a `did:webvh` set for itself?

did:webvh 1.0, "did:webvh DID Method Parameters" and "Pre-Rotation Key Hash Generation and
Verification": every entry of the log may change some of the rules, within what those before
allow; what it does not mention stays as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from keys.errors import InvalidDidLog
from keys.multibase import encode_base58btc
from proofs.digests import Algorithm, Digest
from proofs.errors import shown

METHOD: Final = "did:webvh:1.0"
MOST_LISTED: Final = 100
"""Keys, hashes, witnesses or watchers in one list; each costs time in every entry."""
LONGEST_TTL: Final = 2**31  # seconds


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who has to approve each version, and how many of them."""

    threshold: int
    dids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The rules that are in force after an entry."""

    update_keys: frozenset[str]
    next_key_hashes: frozenset[str] = frozenset()
    witnesses: Witnesses | None = None
    portable: bool = False
    deactivated: bool = False

    @classmethod
    def first(cls, view: Mapping[str, Any], scid: str) -> Self:
        """The rules of the first entry.

        Raises:
            InvalidDidLog: one is missing, unknown or not what it must be.
        """
        if view.get("scid") != scid:
            raise InvalidDidLog("parameters.scid is not that of the DID")
        for member in ("method", "updateKeys"):
            if member not in view:
                raise InvalidDidLog(f"parameters.{member} is missing in the first entry")
        rest = {member: value for member, value in view.items() if member != "scid"}
        return replace(cls(frozenset()), **_changes(rest))

    def then(self, view: Mapping[str, Any]) -> Self:
        """The rules after a later entry.

        Raises:
            InvalidDidLog: it changes what it may not, or says something that is no rule.
        """
        if "scid" in view:
            raise InvalidDidLog("parameters.scid may only be in the first entry")
        after = replace(self, **_changes(view))
        if after.portable and not self.portable:
            raise InvalidDidLog("parameters.portable may only become true in the first entry")
        if self.next_key_hashes:
            _check_announced(view, after.update_keys, self.next_key_hashes)
        return after


def multihash(data: bytes) -> str:
    """SHA-256 as the method writes it everywhere: a multihash in base58btc, without multibase."""
    digest = Digest.of(data, Algorithm.SHA256)
    return encode_base58btc(digest.algorithm.multihash_prefix + digest.value)[1:]


def _check_announced(
    view: Mapping[str, Any], keys: frozenset[str], announced: frozenset[str]
) -> None:
    """Only keys whose hash the entry before gave away may be taken up (pre-rotation)."""
    for member in ("updateKeys", "nextKeyHashes"):
        if member not in view:
            raise InvalidDidLog(f"parameters.{member} must be given while keys are pre-rotated")
    for key in keys:
        if multihash(key.encode()) not in announced:
            raise InvalidDidLog(f"the key {shown(key)} was not announced by the entry before")


def _changes(view: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry sets, by the name of our field; read in full, kept where it matters."""
    changed: dict[str, Any] = {}
    for member, value in view.items():
        if member not in _READERS:
            raise InvalidDidLog(f"parameters.{shown(member)} is not a parameter of {METHOD}")
        field, read = _READERS[member]
        try:
            changed[field] = read(value)
        except ValueError as error:
            raise InvalidDidLog(f"parameters.{member} must be {error}") from None
    return {field: value for field, value in changed.items() if field}


def _method(value: object) -> None:
    if value != METHOD:
        raise ValueError(METHOD)


def _texts(value: object) -> frozenset[str]:
    """A list of strings; null, which early logs have, is the empty one."""
    listed = [] if value is None else value
    if not isinstance(listed, list) or len(listed) > MOST_LISTED:
        raise ValueError(f"a list, of at most {MOST_LISTED}")
    if not all(isinstance(one, str) for one in listed):
        raise ValueError("a list of strings")
    return frozenset(listed)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")  # noqa: TRY004 - a value of a stranger, not of a caller
    return value


def _seconds(value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_TTL:
        raise ValueError("a whole number of seconds, up to 2^31")


def _witnesses(value: object) -> Witnesses | None:
    """Who witnesses; `{}`, and null in early logs, is nobody."""
    expected = "{} or a threshold and that many witnesses, each a did:key and there once"
    match value:
        case None:
            return None
        case {"threshold": int(threshold), "witnesses": list(listed), **rest} if not rest:
            dids = [one["id"] for one in listed if isinstance(one, dict) and set(one) == {"id"}]
        case dict() if not value:
            return None
        case _:
            raise ValueError(expected)
    named = all(isinstance(did, str) and did.startswith("did:key:z") for did in dids)
    if not named or len(dids) != len(listed) or len(set(dids)) != len(dids):
        raise ValueError(expected)
    if isinstance(threshold, bool) or not 1 <= threshold <= len(dids) <= MOST_LISTED:
        raise ValueError(expected)
    return Witnesses(threshold, frozenset(dids))


_READERS: Final[Mapping[str, tuple[str, Callable[[object], object]]]] = {
    "method": ("", _method),
    "updateKeys": ("update_keys", _texts),
    "nextKeyHashes": ("next_key_hashes", _texts),
    "witness": ("witnesses", _witnesses),
    "watchers": ("", _texts),
    "portable": ("portable", _flag),
    "deactivated": ("deactivated", _flag),
    "ttl": ("", _seconds),
}
"""Parameter → our field, if we need it, and who reads it."""
