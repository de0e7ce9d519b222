"""What will the credential say?

VCDM 2.0 and Open Badges 3.0, through our typed models; the result is checked against the JSON
Schema of the profile before anybody signs it.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from issuer.issuance.bound_documents import Dossier
from issuer.organisations.seal import Seal
from proofs.digests import Digest
from schemas.achievement import Achievement
from schemas.credential import (
    AchievementSubject,
    CredentialSchema,
    CredentialStatus,
    OpenBadgeCredential,
)
from schemas.document import Document
from schemas.evidence_entry import Evidence, Genre, RelatedResource
from schemas.profile import IdentityObject, Profile
from schemas.result import Result
from schemas.validate import PROFILE_NAME, check_profile

COMMIT_PATHS: Final = {
    "github.com": "commit",
    "gitlab.com": "-/commit",
    "codeberg.org": "commit",
    "bitbucket.org": "commits",
}
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A place in a published status list."""

    list_url: str
    index: int

    def entry(self, purpose: Literal["revocation", "suspension"]) -> CredentialStatus:
        """How a credential names it."""
        return CredentialStatus(
            id=f"{self.list_url}#{self.index}",
            status_purpose=purpose,
            status_list_index=str(self.index),
            status_list_credential=self.list_url,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where the credential will be found, and where it is published that it is not in force.

    The two places are drawn apart, so that nobody can follow one credential through both lists.
    Without a place for a hold there is one entry, as an object: Open Badges knows no list of them.
    """

    code: str
    withdrawal: ListPlace
    hold: ListPlace | None = None

    @property
    def status(self) -> CredentialStatus | tuple[CredentialStatus, ...]:
        """The `credentialStatus`."""
        withdrawal = self.withdrawal.entry("revocation")
        return (withdrawal, self.hold.entry("suspension")) if self.hold else withdrawal


@dataclass(frozen=True, slots=True)
class BoundFile:
    """Bytes that the store keeps, as the credential points at them."""

    digest: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Bound:
    """The files behind the evidence, in the order of the dossier."""

    artifacts: tuple[BoundFile, ...]
    assessments: tuple[Digest, ...]
    ai_use: Digest


def credential_document(
    about: Dossier, bound: Bound, seal: Seal, place: Place, *, now: datetime
) -> dict[str, Any]:
    """The unsigned credential.

    Raises:
        SchemaViolated: the profile does not allow what it would say.
    """
    moment = now.replace(microsecond=0)
    achievement = Achievement.model_validate(dict(Document.read(about.version.document).view))
    document = OpenBadgeCredential(
        id=f"{seal.url}/c/{place.code}",
        name=achievement.name,
        issuer=seal.profile,
        valid_from=moment,
        valid_until=months_later(moment, about.version.fresh_months),
        awarded_date=moment,
        credential_subject=_subject(about, achievement),
        evidence=tuple(_evidence(about, bound, seal)),
        related_resource=_related(about),
        credential_status=place.status,
        credential_schema=CredentialSchema(id=f"{seal.url}/schemas/{PROFILE_NAME}"),
    ).document()
    check_profile(document)
    return document


def months_later(moment: datetime, months: int) -> datetime:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def source_address(repository: str, commit: str) -> str:
    """A repository's page for one commit where we know how it is built, else its own address."""
    path = COMMIT_PATHS.get(urlsplit(repository).netloc)
    if path is None:
        return repository
    return f"{repository.removesuffix('/').removesuffix('.git')}/{path}/{commit}"


def _subject(about: Dossier, achievement: Achievement) -> AchievementSubject:
    first, assessor = about.assessments[0], about.assessors[0]
    order = {each.id: place for place, each in enumerate(achievement.result_description)}
    url = about.achievement_url
    results = [
        Result(
            result_description=f"{url}#{level['criterion']}",
            achieved_level=f"{url}#{level['criterion']}-{level['level']}",
        )
        for level in first.levels
    ]
    return AchievementSubject(
        identifier=tuple(
            IdentityObject.model_validate(each) for each in about.submission.hashed_identities
        ),
        activity_start_date=about.submission.activity_began,
        activity_end_date=about.submission.activity_ended,
        source=Profile(id=assessor.id, name=assessor.name),
        achievement=achievement,
        result=tuple(sorted(results, key=lambda each: order[each.result_description])),
    )


def _evidence(about: Dossier, bound: Bound, seal: Seal) -> Iterator[Evidence]:
    for artifact, file in zip(about.artifacts, bound.artifacts, strict=True):
        yield _kept(seal, Genre.ARTIFACT, artifact.name, artifact.narrative, file)
    for artifact in about.artifacts:
        where = artifact.swhid
        if artifact.source is not None and artifact.commit is not None:
            where = source_address(artifact.source, artifact.commit)
        if where is not None:
            yield Evidence(
                id=where,
                name=f"Where it comes from: {artifact.name}"[:300],
                genre=Genre.SOURCE,
                narrative=f"Commit {artifact.commit}. Its lasting name is {artifact.swhid}.",
            )
    for assessor, digest in zip(about.assessors, bound.assessments, strict=True):
        narrative = f"How {assessor.name} assessed it, with the reason for every level."
        file = BoundFile(digest.multibase, JSON)
        yield _kept(seal, Genre.ASSESSMENT, f"Assessment by {assessor.name}", narrative, file)
    yield _kept(
        seal,
        Genre.AI_USE,
        "How AI was used",
        str(about.submission.ai_use["holderDid"]),
        BoundFile(bound.ai_use.multibase, JSON),
    )


def _kept(seal: Seal, genre: Genre, name: str, narrative: str, file: BoundFile) -> Evidence:
    return Evidence(
        id=f"{seal.url}/evidence/{file.digest}",
        name=name,
        genre=genre,
        narrative=narrative,
        media_type=file.media_type,
        digest_multibase=file.digest,
    )


def _related(about: Dossier) -> tuple[RelatedResource, ...]:
    url, version = about.achievement_url, about.version
    return (
        RelatedResource(
            id=f"{url}/rubric.json", media_type=JSON, digest_multibase=version.rubric_digest
        ),
        RelatedResource(
            id=f"{url}/criteria.md",
            media_type="text/markdown",
            digest_multibase=version.criteria_digest,
        ),
    )
