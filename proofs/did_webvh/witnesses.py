"""Did enough witnesses approve each version of a `did:webvh`?

did:webvh 1.0, "DID Witnesses": witnesses sign the `versionId`, in a file beside the log; who
approves a version approves all that came before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from keys.errors import InvalidDidLog, KeyFault
from proofs.did_webvh.parameters import Witnesses
from proofs.did_webvh.signed_by import signer_of
from proofs.errors import ProofError
from schemas.document import Document
from schemas.errors import MalformedDocument

MOST_APPROVALS: Final = 1_000
"""Signatures in the file; each of them may have to be checked."""


def may_be_witnessed(log: bytes) -> bool:
    """Whether the file of the witnesses should be fetched for this log, which nobody verified yet.

    A wrong no does no harm: the log is then refused for want of it.
    """
    return b'"witness"' in log


def check_approved(
    versions: Sequence[tuple[str, Witnesses | None]], file: bytes | None, now: datetime
) -> None:
    """Check that enough of those who had to approve a version did.

    Args:
        versions: each `versionId` of the log, from the first, and who had to approve it.
        file: `did-witness.json`, if there is one.
        now: approvals that expired before count for nothing.

    Raises:
        InvalidDidLog: too few did, or the file cannot be read.
    """
    everybody = {did for _, needed in versions if needed for did in needed.dids}
    if not everybody:
        return
    if file is None:
        raise InvalidDidLog("the log must be witnessed, and what the witnesses signed is not there")
    latest = _latest_approvals([version for version, _ in versions], everybody, file, now)
    for number, (_, needed) in enumerate(versions, 1):
        if needed is None:
            continue
        approved = sum(latest.get(did, 0) >= number for did in needed.dids)
        if approved < needed.threshold:
            raise InvalidDidLog(
                f"entry {number} has {approved} of the {needed.threshold} approvals that it needs"
            )


def _latest_approvals(
    version_ids: Sequence[str], everybody: set[str], file: bytes, now: datetime
) -> Mapping[str, int]:
    """The number of the last version that each witness approved.

    Passed over are versions that the log does not have (yet), and approvals that do not hold.
    """
    numbers = {version_id: number for number, version_id in enumerate(version_ids, 1)}
    approvals = [(numbers.get(version, 0), version, proof) for version, proof in _read(file)]
    approvals.sort(key=lambda approval: approval[0], reverse=True)
    waiting = set(everybody)
    latest: dict[str, int] = {}
    for number, version_id, proof in approvals:
        if number:
            try:
                witness = signer_of({"versionId": version_id}, proof, waiting, now)
            except (ProofError, KeyFault):
                continue
            latest[witness] = number
            waiting.remove(witness)
    return latest


def _read(file: bytes) -> Iterable[tuple[str, Any]]:
    """Every approval in the file; a list, which is read as strictly as an object is."""
    try:
        view = Document.read(b'{"approvals":' + file + b"}").view
    except MalformedDocument as error:
        raise InvalidDidLog(f"what the witnesses signed cannot be read: {error}") from error
    records = view["approvals"]
    if len(view) != 1 or not isinstance(records, list):
        raise InvalidDidLog("what the witnesses signed must be a list")
    approvals: list[tuple[str, Any]] = []
    for record in records:
        match record:
            case {"versionId": str(version_id), "proof": list(proofs)}:
                approvals.extend((version_id, proof) for proof in proofs)
            case {"versionId": str()} if "proof" not in record:
                continue
            case _:
                raise InvalidDidLog("each record of the witnesses has a versionId and proofs")
    if len(approvals) > MOST_APPROVALS:
        raise InvalidDidLog(f"more than {MOST_APPROVALS} approvals of witnesses")
    return approvals
