"""What stands in a file for `skillmark issue`?

Everything that a person decides: the achievement and its rubric, what the holder says, and what
assessors found.  Everything else is captured or computed.
"""

from pathlib import Path
from typing import Annotated, Any, Final, Self

import yaml
from pydantic import AwareDatetime, Field, ValidationError, model_validator

from issuer.achievements.draft import AchievementDraft, Line, Paragraph, Written
from issuer.assessments.draft import AssessmentDraft
from issuer.errors import MalformedSubmissionFile
from issuer.submissions.draft import AiUseDraft

LARGEST: Final = 200_000  # bytes; a person wrote it
MOST_FAULTS: Final = 10

Identities = Annotated[tuple[Line, ...], Field(max_length=20)]


class PersonEntry(Written):
    """Somebody, by the name they agreed to; identities keep them from assessing themselves."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    identities: Identities = ()


class HolderEntry(PersonEntry):
    """The holder; `shown` are the identities that the credential carries as salted hashes."""

    shown: Annotated[Identities, Field(min_length=1)]


class ArtifactEntry(Written):
    """What the holder says about the work."""

    name: Line
    narrative: Paragraph
    public: bool = True


class ActivityEntry(Written):
    """When the work was done."""

    began: AwareDatetime
    ended: AwareDatetime


class AssessmentEntry(AssessmentDraft):
    """One assessor's judgement."""

    assessor: PersonEntry


class SubmissionFile(Written):
    """The whole file."""

    achievement: AchievementDraft
    holder: HolderEntry
    artifact: ArtifactEntry
    activity: ActivityEntry | None = None
    ai_use: AiUseDraft | None = None
    assessments: Annotated[tuple[AssessmentEntry, ...], Field(max_length=2)] = ()
    sampled: bool = False
    preview_confirmed: bool = False

    @model_validator(mode="after")
    def _people_are_told_apart(self) -> Self:
        names = [self.holder.name, *(each.assessor.name for each in self.assessments)]
        if len({name.casefold() for name in names}) != len(names):
            raise ValueError("holder and assessors must have different names")
        return self


def read_submission_file(raw: bytes, name: str) -> SubmissionFile:
    """Read a file.

    Args:
        raw: its bytes.
        name: how errors call it.

    Raises:
        MalformedSubmissionFile: with every place that must be corrected.
    """
    if len(raw) > LARGEST:
        raise MalformedSubmissionFile(name, [f"it is larger than {LARGEST} bytes"])
    try:
        view: Any = yaml.safe_load(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise MalformedSubmissionFile(name, ["it is not UTF-8 text"]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark is not None else ""
        raise MalformedSubmissionFile(name, [f"it is not YAML{where}"]) from error
    try:
        return SubmissionFile.model_validate(view)
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, fault['loc'])) or 'the file'}: {fault['msg']}"
            for fault in error.errors()[:MOST_FAULTS]
        ]
        raise MalformedSubmissionFile(name, faults) from error


def load(path: Path) -> tuple[bytes, SubmissionFile]:
    """Read a file from the disk; also its exact bytes.

    Raises:
        MalformedSubmissionFile: it is not there, or must be corrected.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise MalformedSubmissionFile(str(path), ["it cannot be read"]) from error
    return raw, read_submission_file(raw, str(path))
