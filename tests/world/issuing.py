"""An issuer with one published achievement, and submissions in whatever state a test needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session
from world.credentials import ISSUER_DID, ISSUER_URL, METHOD, NOON, sample_signer

from issuer.accounts.actions import open_account
from issuer.accounts.queries import account_named
from issuer.achievements.actions import publish
from issuer.achievements.draft import AchievementDraft
from issuer.artifacts.actions import Handed, attach_file
from issuer.artifacts.store import EvidenceStore
from issuer.assessments.actions import begin, conclude, record
from issuer.assessments.draft import AssessmentDraft
from issuer.database import Database
from issuer.desk import Desk
from issuer.migrations import upgrade
from issuer.organisations.actions import establish, publish_key
from issuer.organisations.seal import Seal
from issuer.revocation.lists import open_lists
from issuer.settings import IssuerSettings
from issuer.submissions.actions import confirm_preview, open_submission, submit
from issuer.submissions.draft import SubmissionDraft
from issuer.submissions.tables import Submission

WORK = b"the bytes of the work, as they were assessed\n"
HOLDER = ("Wren", "email:wren@holder.example")
ASSESSOR = ("M. Okafor", "email:okafor@assessor.example")
LATER = NOON + timedelta(hours=1)


def achievement_draft(**over: object) -> AchievementDraft:
    level = [
        {"key": key, "name": key.title(), "means": f"{key}."} for key in ("low", "mid", "high")
    ]
    criteria = [
        {"key": key, "name": key.title(), "required": "mid", "levels": level}
        for key in ("errors", "tests")
    ]
    return AchievementDraft.model_validate(
        {
            "slug": "reliable-import",
            "version": "1",
            "name": "Reliable import",
            "description": "Imports tables.",
            "covers": "Tables.",
            "does_not_cover": "Streams.",
            "criteria": criteria,
        }
        | over
    )


def assessment_draft(levels: dict[str, str] | None = None, **over: object) -> AssessmentDraft:
    given = levels or {"errors": "high", "tests": "high"}
    return AssessmentDraft.model_validate(
        {
            "method": "work-reviewed-and-questioned-live",
            "method_notes": "An hour of reading, half an hour of questions.",
            "declared_no_conflict": True,
            "ai_confirmed": "It fits.",
            "levels": [
                {"criterion": key, "level": level, "reason": f"I saw {key}."}
                for key, level in given.items()
            ],
        }
        | over
    )


def make_desk(address: str, folder: Path, *, new: bool = True, holds: bool = True) -> Desk:
    """An opened issuer whose key lies in memory; `new` where the database is empty."""
    database = Database(address)
    if new:
        upgrade(database)
    signer = sample_signer()
    with database.write() as session:
        organisation = establish(
            session, did=ISSUER_DID, name="Example Guild", url=ISSUER_URL, now=NOON
        )
        publish_key(
            session,
            organisation,
            fragment=METHOD.partition("#")[2],
            uri="memory:",
            public_key=signer.public_key,
            now=NOON,
        )
        seal = Seal(organisation.id, ISSUER_DID, "Example Guild", ISSUER_URL, signer, holds=holds)
        open_lists(session, seal, now=NOON)
    settings = IssuerSettings(data_dir=folder)
    return Desk(settings, database, EvidenceStore(folder / "evidence"), seal)


@contextmanager
def opened_desk(address: str, folder: Path) -> Iterator[Desk]:
    desk = make_desk(address, folder)
    try:
        yield desk
    finally:
        desk.database.close()


def person(session: Session, desk: Desk, name: str, *identities: str) -> str:
    """The id of somebody's account."""
    organisation_id = desk.seal.organisation_id
    known = account_named(session, organisation_id, name) or open_account(
        session, organisation_id, name=name, identities=identities, now=NOON
    )
    return known.id


def draft_submission(session: Session, desk: Desk, **over: object) -> Submission:
    """With an artifact, ready to be handed in."""
    organisation_id = desk.seal.organisation_id
    publish(session, organisation_id, achievement_draft(), issuer_url=desk.seal.url, now=NOON)
    draft = SubmissionDraft.model_validate(
        {
            "holder_id": person(session, desk, *HOLDER),
            "achievement": "reliable-import",
            "version": "1",
            "identities": ["profile:https://freelance.example/~wren"],
            "ai_use": {"ai_use": "assisted", "tools": ["an assistant"], "holder_did": "The rest."},
        }
        | over
    )
    submission = open_submission(session, organisation_id, draft, now=NOON, sampled=False)
    facts = desk.store.put([WORK])
    attach_file(session, submission, facts, Handed("The work", "As assessed."), now=NOON)
    return submission


def assessed_submission(
    session: Session, desk: Desk, assessment: AssessmentDraft | None = None
) -> Submission:
    """Assessed once, and concluded."""
    submission = draft_submission(session, desk)
    submit(session, submission, now=NOON)
    assess(session, desk, submission, assessment)
    return submission


def assess(
    session: Session, desk: Desk, submission: Submission, draft: AssessmentDraft | None = None
) -> None:
    assessor = person(session, desk, *ASSESSOR)
    begin(session, submission, assessor, now=NOON)
    record(session, submission, assessor, draft or assessment_draft(), now=LATER)
    conclude(session, submission, now=LATER)


def passed_submission(session: Session, desk: Desk) -> Submission:
    """All that the gate wants."""
    submission = assessed_submission(session, desk)
    confirm_preview(session, submission, now=LATER)
    return submission
