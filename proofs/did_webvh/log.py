"""Does the log of a `did:webvh` prove what it says?

did:webvh 1.0, "Read (Resolve)": from the first entry on, every entry must be bound to the one
before by its hash, be signed by a key that may change the DID by then, and keep the rules.  One
entry that does not hold spoils the whole log.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from keys.controller import ControllerDocument
from keys.errors import Deactivated, InvalidDidLog, KeyFault
from proofs import jcs
from proofs.chain import proofs_of
from proofs.did_webvh.address import Identifier
from proofs.did_webvh.parameters import Parameters, Witnesses, multihash
from proofs.did_webvh.signed_by import signer_of
from proofs.did_webvh.witnesses import check_approved
from proofs.errors import MissingProof, ProofError, TooManyProofs
from proofs.limits import Limits
from proofs.size import Size
from schemas.document import Document
from schemas.errors import MalformedDocument

MOST_ENTRIES: Final = 200
"""Versions of a DID; each costs a signature check."""
LONGEST_LOG: Final = 2_000_000
"""Bytes of a log; each is hashed and put into canonical form twice."""
MOST_VALUES: Final = 20_000
"""Members and items of all entries, counted for the hash and again for each proof, which put them
into canonical form; a number with a point takes a microsecond each time."""
TOLERANCE: Final = timedelta(minutes=5)
"""How far the clock of the controller may be ahead of ours."""

_PLACEHOLDER: Final = "{SCID}"
_MEMBERS: Final = ("versionId", "versionTime", "parameters", "state", "proof")
_UTC: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?:Z|\+00:00)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Version:
    """An entry that holds: what the DID was then, and who had to approve it."""

    id: str
    moment: datetime
    parameters: Parameters
    state: Mapping[str, Any]
    witnesses: Witnesses | None

    @property
    def name(self) -> str:
        """The DID that it had."""
        return str(self.state.get("id"))


def resolve(
    did: str, log: bytes, now: datetime, witnesses: bytes | None = None
) -> ControllerDocument:
    """The current document of a `did:webvh`, from its log.

    Args:
        did: the DID whose log this is said to be.
        log: `did.jsonl` as received, from wherever.
        now: entries of the future are refused.
        witnesses: `did-witness.json` as received, if there is one.

    Raises:
        MalformedDid: not a `did:webvh`.
        MethodNotSupported: a DID of another method.
        InvalidDidLog: an entry that does not hold, or that too few witnesses approved.
        Deactivated: all of it holds, and the DID was given up.
        ControllerMismatch: the DID has moved, and this is no longer its name.
        MalformedControllerDocument: the document itself cannot be read.
    """
    versions = _versions(log, Identifier.parse(did).scid, now)
    check_approved([(version.id, version.witnesses) for version in versions], witnesses, now)
    last = versions[-1]
    document = ControllerDocument.read(last.state, did)
    if last.parameters.deactivated:
        raise Deactivated(did)
    return document


def _versions(log: bytes, scid: str, now: datetime) -> list[Version]:
    if len(log) > LONGEST_LOG:
        raise InvalidDidLog(f"the log has {len(log)} bytes; at most {LONGEST_LOG} are read")
    lines = log.removesuffix(b"\n").split(b"\n")
    if len(lines) > MOST_ENTRIES:
        raise InvalidDidLog(f"the log has {len(lines)} entries; at most {MOST_ENTRIES} are read")
    versions: list[Version] = []
    values = 0
    for number, line in enumerate(lines, 1):
        before = versions[-1] if versions else None
        try:
            entry = Document.read(line).view
            values += Size.of(entry).values * (1 + len(proofs_of(entry)))
            if values > MOST_VALUES:
                raise InvalidDidLog(
                    f"more than {MOST_VALUES} values (counted once more for each proof)"
                )
            versions.append(_version(entry, number, before, scid, now))
        except (MalformedDocument, KeyFault, ProofError) as error:
            raise InvalidDidLog(f"entry {number} of the log: {error}") from error
    return versions


def _version(
    entry: Mapping[str, Any], number: int, before: Version | None, scid: str, now: datetime
) -> Version:
    match entry:
        case {
            "versionId": str(named),
            "versionTime": str(time),
            "parameters": dict(changes),
            "state": dict(state),
            "proof": _,
            **rest,
        } if not rest:
            unsigned = {member: value for member, value in entry.items() if member != "proof"}
        case _:
            raise InvalidDidLog(f"it must have {', '.join(_MEMBERS)}, and nothing else")
    if before is None:
        parameters = Parameters.first(changes, scid)
        predecessor, keys, witnesses = scid, parameters.update_keys, parameters.witnesses
        _check_scid(unsigned, scid)
    else:
        parameters = before.parameters.then(changes)
        predecessor = before.id
        keys = _allowed(before.parameters, parameters)
        witnesses = before.parameters.witnesses or parameters.witnesses
    version = Version(named, _moment(time), parameters, state, witnesses)
    _check_moment(version, before, now)
    _check_name(version, before, scid)
    hashed = multihash(jcs.canonical({**unsigned, "versionId": predecessor}))
    if named != f"{number}-{hashed}":
        raise InvalidDidLog("versionId is not its number and the hash of the log up to it")
    _check_signed(unsigned, proofs_of(entry), keys, now)
    return version


def _allowed(before: Parameters, after: Parameters) -> frozenset[str]:
    """The keys that may sign a later entry: those from before, unless that announced others."""
    return after.update_keys if before.next_key_hashes else before.update_keys


def _check_scid(unsigned: Mapping[str, Any], scid: str) -> None:
    """The DID is the hash of the first entry, written with a placeholder in its place."""
    written = jcs.canonical({**unsigned, "versionId": scid}).decode()
    if _PLACEHOLDER in written:
        raise InvalidDidLog(f"the placeholder {_PLACEHOLDER} was left in it")
    template = json.loads(written.replace(scid, _PLACEHOLDER), parse_int=float)
    if multihash(jcs.canonical(template)) != scid:
        raise InvalidDidLog("the SCID is not the hash of the first entry")


def _check_moment(version: Version, before: Version | None, now: datetime) -> None:
    if before is not None and before.parameters.deactivated:
        raise InvalidDidLog("the DID was deactivated before")
    if before is not None and version.moment <= before.moment:
        raise InvalidDidLog("versionTime is not later than that of the entry before")
    if version.moment > now + TOLERANCE:
        raise InvalidDidLog("versionTime is in the future")


def _check_name(version: Version, before: Version | None, scid: str) -> None:
    """Portability: the DID may get another place, if its first entry allowed that."""
    name = version.name
    if Identifier.parse(name).scid != scid:
        raise InvalidDidLog("state.id is a DID of another SCID")
    if before is None or name == before.name:
        return
    if not version.parameters.portable:
        raise InvalidDidLog("state.id is another DID, and this one is not portable")
    aliases = version.state.get("alsoKnownAs")
    if not isinstance(aliases, list) or before.name not in aliases:
        raise InvalidDidLog("state.alsoKnownAs must name the DID that it was before")


def _check_signed(
    unsigned: Mapping[str, Any], proofs: list[Any], keys: frozenset[str], now: datetime
) -> None:
    if not proofs:
        raise MissingProof
    if len(proofs) > Limits().proofs:
        raise TooManyProofs(len(proofs), Limits().proofs)
    for proof in proofs:
        signer_of(unsigned, proof, {f"did:key:{key}" for key in keys}, now)


def _moment(text: str) -> datetime:
    found = _UTC.fullmatch(text)
    try:
        return datetime.fromisoformat(f"{found[1]}+00:00" if found else "")
    except ValueError:
        raise InvalidDidLog(
            "versionTime must be a time in UTC, like 2026-03-03T12:00:00Z"
        ) from None
