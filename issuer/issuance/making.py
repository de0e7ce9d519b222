"""How do submissions that the gate let through become signed credentials?

One or many in one go: the places in the status lists, the codes and the files are looked up
together, in a few queries however many there are.  The caller's transaction writes all of it or
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from issuer.artifacts.actions import register
from issuer.artifacts.store import EvidenceStore
from issuer.artifacts.tables import Artifact, StoredFile
from issuer.columns import SYSTEM_CHANCE, Chance
from issuer.issuance.bound_documents import Dossier, ai_use_document, assessment_document, dossier
from issuer.issuance.document import Bound, BoundFile, Place, credential_document
from issuer.issuance.securing import Asked, secured
from issuer.issuance.tables import Credential
from issuer.issuance.work import Work
from issuer.organisations.seal import Seal
from issuer.revocation.lists import Places, draw_places, take
from issuer.revocation.tables import SuspensionPlace
from issuer.submissions.actions import entered
from issuer.submissions.rules import State
from proofs.status import Purpose
from schemas.codes import new_code


@dataclass(frozen=True, slots=True)
class Workshop:
    """What issuing needs beside the database."""

    seal: Seal
    store: EvidenceStore
    chance: Chance = SYSTEM_CHANCE


def make(
    session: Session, workshop: Workshop, works: Sequence[Work], *, now: datetime
) -> list[Credential]:
    """Issue the credentials of these submissions; their states change, too.

    Raises:
        SchemaViolated: the profile does not allow what one of them would say.
        SealBroken: a signature does not verify.
    """
    if not works:
        return []
    seal = workshop.seal
    about = [dossier(seal, work) for work in works]
    bound = _bind(session, workshop.store, about, now=now)
    withdrawals = draw_places(session, seal, len(works), workshop.chance, now=now)
    holds = (
        draw_places(session, seal, len(works), workshop.chance, now=now, purpose=Purpose.SUSPENSION)
        if seal.holds
        else None
    )
    made = []
    for nth, code in enumerate(_free_codes(session, workshop.chance, len(works))):
        hold = holds.published(nth) if holds else None
        place = Place(code, withdrawals.published(nth), hold)
        document = credential_document(about[nth], bound[nth], seal, place, now=now)
        made.append(
            Credential(
                organisation_id=seal.organisation_id,
                submission_id=works[nth].submission.id,
                code=code,
                raw=sign(document, seal, now=now),
                status_list_id=withdrawals.list_id,
                status_index=withdrawals.indexes[nth],
                issued_at=now,
            )
        )
    for work in works:
        entered(work.submission, State.ISSUED, now=now)
    session.add_all([*made, *(work.submission for work in works)])
    session.flush()
    _record(session, made, withdrawals, holds)
    return made


def sign(document: dict[str, object], seal: Seal, *, now: datetime) -> bytes:
    """The secured document, after a look at our own signature with a reader's eyes.

    Raises:
        SealBroken: it does not verify.
    """
    return secured(document, [seal.signer], Asked(), now=now)


def _record(
    session: Session, made: Sequence[Credential], withdrawals: Places, holds: Places | None
) -> None:
    """Write down whose the places are, and that they are taken."""
    if holds is not None:
        session.add_all(
            SuspensionPlace(
                credential_id=credential.id, status_list_id=holds.list_id, status_index=index
            )
            for credential, index in zip(made, holds.indexes, strict=True)
        )
        session.flush()
    for places in (withdrawals, holds):
        if places is not None:
            take(session, places.list_id, len(made))


def _bind(
    session: Session, store: EvidenceStore, about: Sequence[Dossier], *, now: datetime
) -> list[Bound]:
    """Keep the documents that are made for the credentials; the files come before the rows."""
    kept = store.keep([document for each in about for document in _documents(each)])
    register(session, kept, now=now)
    rest = iter(kept)
    files = _published(session, [artifact for each in about for artifact in each.artifacts])
    return [
        Bound(
            artifacts=tuple(
                BoundFile(artifact.digest, files[artifact.digest].media_type)
                for artifact in each.artifacts
            ),
            assessments=tuple(next(rest).digest for _ in each.assessments),
            ai_use=next(rest).digest,
        )
        for each in about
    ]


def _documents(about: Dossier) -> list[bytes]:
    """What a credential binds beside the artifacts: each assessment, then how AI was used."""
    assessments = [assessment_document(about, nth) for nth in range(len(about.assessments))]
    return [*assessments, ai_use_document(about)]


def _published(session: Session, artifacts: Sequence[Artifact]) -> dict[str, StoredFile]:
    """The files of artifacts; from now on anybody may read those whose holder agreed."""
    agreed = {artifact.digest for artifact in artifacts if artifact.public}
    wanted = {artifact.digest for artifact in artifacts}
    found = session.exec(select(StoredFile).where(col(StoredFile.digest).in_(wanted)))
    files = {file.digest: file for file in found}
    for digest in agreed:
        files[digest].public = True
    return files


def _free_codes(session: Session, chance: Chance, count: int) -> list[str]:
    """New codes that no credential has."""
    codes: dict[str, None] = {}
    while len(codes) < count:
        drawn = {new_code(chance.below): None for _ in range(count - len(codes))}
        taken = session.exec(select(Credential.code).where(col(Credential.code).in_(drawn)))
        for code in taken:
            del drawn[code]
        codes |= drawn
    return list(codes)
