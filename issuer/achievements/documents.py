"""What is published about a version of an achievement?

Three documents: Open Badges 3.0 `Achievement`, the rubric as JSON, and the criteria page as
Markdown.  The last two are bound by digest in every credential (VCDM 2.0, section 5.3).
"""

from dataclasses import dataclass

from evidence.documents import document_bytes
from issuer.achievements.draft import AchievementDraft, CriterionDraft
from schemas.achievement import (
    Achievement,
    Alignment,
    Criteria,
    ResultDescription,
    RubricCriterionLevel,
)
from schemas.document import write


@dataclass(frozen=True, slots=True)
class AchievementDocuments:
    """The exact bytes."""

    document: bytes
    rubric: bytes
    criteria: bytes


def address(issuer_url: str, slug: str, version: str) -> str:
    """Where a version is published."""
    return f"{issuer_url}/achievements/{slug}/{version}"


def documents(draft: AchievementDraft, issuer_url: str) -> AchievementDocuments:
    """Write all three; equal drafts give equal bytes."""
    url = address(issuer_url, draft.slug, draft.version)
    return AchievementDocuments(
        write(_achievement(draft, url).document()), _rubric(draft, url), _criteria(draft).encode()
    )


def _achievement(draft: AchievementDraft, url: str) -> Achievement:
    return Achievement(
        id=url,
        name=draft.name,
        description=draft.description,
        criteria=Criteria(
            narrative=f"Covers: {draft.covers}\n\nDoes not cover: {draft.does_not_cover}"
        ),
        tag=draft.tags,
        in_language=draft.language,
        version=draft.version,
        alignment=tuple(
            Alignment(
                target_name=skill.name,
                target_url=skill.url,
                target_framework=skill.framework,
                target_type=skill.type,
            )
            for skill in draft.skills
        ),
        result_description=tuple(_criterion(each, url) for each in draft.criteria),
    )


def _criterion(criterion: CriterionDraft, url: str) -> ResultDescription:
    return ResultDescription(
        id=f"{url}#{criterion.key}",
        name=criterion.name,
        required_level=f"{url}#{criterion.key}-{criterion.required}",
        rubric_criterion_level=tuple(
            RubricCriterionLevel(
                id=f"{url}#{criterion.key}-{level.key}",
                name=level.name,
                description=level.means,
                level=str(place),
            )
            for place, level in enumerate(criterion.levels, start=1)
        ),
    )


def _rubric(draft: AchievementDraft, url: str) -> bytes:
    return document_bytes(
        {
            "achievement": url,
            "version": draft.version,
            "criteria": [
                {
                    "key": criterion.key,
                    "name": criterion.name,
                    "required": criterion.required,
                    "levels": [
                        {"key": level.key, "name": level.name, "means": level.means}
                        for level in criterion.levels
                    ],
                }
                for criterion in draft.criteria
            ],
        }
    )


def _criteria(draft: AchievementDraft) -> str:
    lines = [
        f"# {draft.name}",
        f"Version {draft.version}",
        draft.description,
        "## Covers",
        draft.covers,
        "## Does not cover",
        draft.does_not_cover,
        "## Criteria",
    ]
    for criterion in draft.criteria:
        lines.append(f"### {criterion.name}")
        lines.append(
            "\n".join(
                f"{place}. **{level.name}**: {level.means}"
                + (" *(required)*" if level.key == criterion.required else "")
                for place, level in enumerate(criterion.levels, start=1)
            )
        )
    return "\n\n".join(lines) + "\n"
