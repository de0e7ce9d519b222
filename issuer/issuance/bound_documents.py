"""What do the documents say that a credential binds by digest?

What the standards have no term for: the assessor's reasons and method, and how AI was used.
Written by `evidence.documents`, so that equal facts give equal bytes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evidence.documents import document_bytes
from issuer.achievements.documents import address
from issuer.achievements.tables import AchievementVersion
from issuer.artifacts.tables import Artifact
from issuer.assessments.tables import Assessment
from issuer.issuance.work import Work
from issuer.organisations.seal import Seal
from issuer.submissions.tables import Submission
from schemas.moments import written


@dataclass(frozen=True, slots=True)
class Assessor:
    """An assessor as the public sees them."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one submission that its credential is made of."""

    submission: Submission
    version: AchievementVersion
    artifacts: tuple[Artifact, ...]
    assessments: tuple[Assessment, ...]
    assessors: tuple[Assessor, ...]
    achievement_url: str


def dossier(seal: Seal, work: Work) -> Dossier:
    """Put it together; assessors appear by the names they agreed to."""
    accounts = [work.people[each.assessor_id] for each in work.assessments]
    return Dossier(
        work.submission,
        work.version,
        work.artifacts,
        work.assessments,
        tuple(Assessor(f"{seal.did}:assessors:{each.id}", each.name) for each in accounts),
        address(seal.url, work.version.slug, work.version.version),
    )


def assessment_document(about: Dossier, place: int) -> bytes:
    """One assessor's judgement, with the reason for every level."""
    assessment, assessor = about.assessments[place], about.assessors[place]
    others = [other.name for other in about.assessors if other.id != assessor.id]
    view: dict[str, Any] = {
        "achievement": about.achievement_url,
        "rubric": assessment.rubric_digest,
        "artifacts": [artifact.digest for artifact in about.artifacts],
        "assessor": {"id": assessor.id, "name": assessor.name},
        "declaredNoConflict": assessment.declared_no_conflict,
        "method": assessment.method,
        "methodNotes": assessment.method_notes,
        "supervised": assessment.supervised,
        "attempt": assessment.attempt,
        "began": written(assessment.began_at),
        "recorded": _moment(assessment.recorded_at),
        "levels": [
            {
                "criterion": f"{about.achievement_url}#{level['criterion']}",
                "level": f"{about.achievement_url}#{level['criterion']}-{level['level']}",
                "reason": level["reason"],
            }
            for level in assessment.levels
        ],
    }
    return document_bytes(view | ({"otherAssessors": others} if others else {}))


def ai_use_document(about: Dossier) -> bytes:
    """How AI was used: what the holder stated, and what the first assessor confirmed."""
    confirmed = about.assessments[0].ai_confirmed
    view = dict(about.submission.ai_use)
    return document_bytes(view | ({"assessorConfirmed": confirmed} if confirmed else {}))


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else written(moment)
