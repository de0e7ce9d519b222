"""Achievements: publish a version, and see what is published."""

from datetime import datetime

from fastapi import APIRouter

from issuer.achievements.actions import publish
from issuer.achievements.documents import address
from issuer.achievements.draft import AchievementDraft, Written
from issuer.achievements.queries import published_version, versions
from issuer.achievements.tables import AchievementVersion
from issuer.authorisation import MayRead, MayWrite, OurDesk
from issuer.database import Read, Write
from issuer.errors import NotFound
from issuer.listing import Limit, Offset, Page, next_offset
from service.moment import Now
from service.problems import responses

router = APIRouter(prefix="/achievements", tags=["achievements"])


class VersionView(Written):
    """A published version; `url` is its public page and its `id` in credentials."""

    slug: str
    version: str
    url: str
    rubric_digest: str
    fresh_months: int
    published_at: datetime


@router.post("", status_code=201, responses=responses(401, 403, 409, 422))
def create(
    draft: AchievementDraft, caller: MayWrite, desk: OurDesk, session: Write, now: Now
) -> VersionView:
    """Publish a version for good; the very same again changes nothing, another text is refused."""
    made = publish(session, caller.organisation_id, draft, issuer_url=desk.seal.url, now=now)
    return _view(made, desk.seal.url)


@router.get("", responses=responses(401, 403, 422))
def list_versions(
    caller: MayRead, desk: OurDesk, session: Read, limit: Limit = 50, offset: Offset = 0
) -> Page[VersionView]:
    """Every published version, by name and date."""
    found = versions(session, caller.organisation_id)[offset : offset + limit + 1]
    return Page[VersionView](
        items=tuple(_view(each, desk.seal.url) for each in found[:limit]),
        next_offset=next_offset(found, limit, offset),
    )


@router.get("/{slug}/{version}", responses=responses(401, 403, 404))
def show(slug: str, version: str, caller: MayRead, desk: OurDesk, session: Read) -> VersionView:
    """One published version."""
    found = published_version(session, caller.organisation_id, slug, version)
    if found is None:
        raise NotFound("achievement", f"{slug} {version}")
    return _view(found, desk.seal.url)


def _view(row: AchievementVersion, issuer_url: str) -> VersionView:
    return VersionView(
        slug=row.slug,
        version=row.version,
        url=address(issuer_url, row.slug, row.version),
        rubric_digest=row.rubric_digest,
        fresh_months=row.fresh_months,
        published_at=row.published_at,
    )
