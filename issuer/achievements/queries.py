"""Which version of which achievement is meant?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from issuer.achievements.tables import AchievementVersion
from issuer.errors import NotFound
from issuer.issuance.rules import Criterion
from schemas.document import Document


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rubric of one version, read."""

    digest: str
    criteria: tuple[Criterion, ...]
    view: Mapping[str, Any]


def published_version(
    session: Session, organisation_id: str, slug: str, version: str
) -> AchievementVersion | None:
    """One published version."""
    return session.exec(
        select(AchievementVersion).where(
            col(AchievementVersion.organisation_id) == organisation_id,
            col(AchievementVersion.slug) == slug,
            col(AchievementVersion.version) == version,
        )
    ).one_or_none()


def version_by_id(session: Session, organisation_id: str, version_id: str) -> AchievementVersion:
    """One version.

    Raises:
        NotFound: none of that id in this organisation.
    """
    found = session.get(AchievementVersion, version_id)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("version of an achievement", version_id)
    return found


def versions(session: Session, organisation_id: str) -> list[AchievementVersion]:
    """All published versions, by name and date."""
    return list(
        session.exec(
            select(AchievementVersion)
            .where(col(AchievementVersion.organisation_id) == organisation_id)
            .order_by(col(AchievementVersion.slug), col(AchievementVersion.published_at))
        )
    )


def rubric_of(version: AchievementVersion) -> Rubric:
    """The rubric as the gate reads it, out of the bytes that credentials bind."""
    view = Document.read(version.rubric).view
    criteria = tuple(
        Criterion(each["key"], tuple(level["key"] for level in each["levels"]), each["required"])
        for each in view["criteria"]
    )
    return Rubric(version.rubric_digest, criteria, view)
