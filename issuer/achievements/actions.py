"""How is an achievement published?"""

from datetime import datetime

from sqlmodel import Session

from issuer.achievements.documents import documents
from issuer.achievements.draft import AchievementDraft
from issuer.achievements.queries import published_version
from issuer.achievements.tables import AchievementVersion
from issuer.errors import VersionIsFixed
from proofs.digests import Digest


def publish(
    session: Session,
    organisation_id: str,
    draft: AchievementDraft,
    *,
    issuer_url: str,
    now: datetime,
) -> AchievementVersion:
    """Publish a version for good; publishing the very same again changes nothing.

    Raises:
        VersionIsFixed: the version exists and says something else.
    """
    made = documents(draft, issuer_url)
    known = published_version(session, organisation_id, draft.slug, draft.version)
    if known is not None:
        same = (made.document, made.rubric, made.criteria, draft.fresh_months)
        if (known.document, known.rubric, known.criteria, known.fresh_months) != same:
            raise VersionIsFixed(draft.slug, draft.version)
        return known
    version = AchievementVersion(
        organisation_id=organisation_id,
        slug=draft.slug,
        version=draft.version,
        document=made.document,
        rubric=made.rubric,
        criteria=made.criteria,
        rubric_digest=Digest.of(made.rubric).multibase,
        criteria_digest=Digest.of(made.criteria).multibase,
        covers_not=draft.does_not_cover,
        fresh_months=draft.fresh_months,
        published_at=now,
    )
    session.add(version)
    session.flush()
    return version
