"""How does a submission come about, and move on?"""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from issuer.accounts.actions import normalised
from issuer.accounts.queries import account
from issuer.achievements.queries import published_version
from issuer.artifacts.queries import artifacts_of
from issuer.columns import SYSTEM_CHANCE, Chance
from issuer.errors import CannotMove, MalformedSubmission, NotFound
from issuer.submissions.draft import AiUseDraft, SubmissionDraft
from issuer.submissions.rules import State, move
from issuer.submissions.tables import Submission
from schemas.profile import IdentityObject

SALT_BYTES: Final = 16
SAMPLE: Final = 10  # one submission in ten gets a second assessor
IDENTITY_TYPES: Final = {
    "profile": "ext:profileAddress",
    "email": "emailAddress",
    "name": "name",
    "key": "ext:publicKey",
}


def open_submission(  # noqa: PLR0913 - time and chance are arguments
    session: Session,
    organisation_id: str,
    draft: SubmissionDraft,
    *,
    now: datetime,
    chance: Chance = SYSTEM_CHANCE,
    sampled: bool | None = None,
) -> Submission:
    """Begin a submission.

    Args:
        session: a writing session.
        organisation_id: where.
        draft: what the holder says.
        now: the moment.
        chance: for salts, and for drawing the sample.
        sampled: whether it needs a second assessor; drawn when not given.

    Raises:
        NotFound: no such holder, or no such version of the achievement.
        MalformedSubmission: an identity of no kind that we know.
    """
    account(session, organisation_id, draft.holder_id)
    version = published_version(session, organisation_id, draft.achievement, draft.version)
    if version is None:
        raise NotFound("achievement", f"{draft.achievement} version {draft.version}")
    submission = Submission(
        organisation_id=organisation_id,
        achievement_version_id=version.id,
        holder_id=draft.holder_id,
        state=State.DRAFT,
        sampled=chance.below(SAMPLE) == 0 if sampled is None else sampled,
        hashed_identities=[hashed(identity, chance) for identity in draft.identities],
        ai_use=_statement(draft.ai_use),
        activity_began=draft.activity_began,
        activity_ended=draft.activity_ended,
        created_at=now,
        changed_at=now,
    )
    session.add(submission)
    session.flush()
    return submission


def hashed(identity: str, chance: Chance) -> dict[str, Any]:
    """An identity as the credential carries it: SHA-256 of the value followed by a salt.

    The value is the one of `normalised`, without its kind: lower case, no slash at its end.

    Raises:
        MalformedSubmission: no kind that we know, or no value.
    """
    kind, _, value = normalised(identity).partition(":")
    salt = urlsafe_b64encode(chance.octets(SALT_BYTES)).rstrip(b"=").decode()
    digest = hashlib.sha256((value + salt).encode()).hexdigest()
    return IdentityObject(
        identity_hash=f"sha256${digest}", identity_type=IDENTITY_TYPES[kind], salt=salt
    ).document()


def state_ai_use(
    session: Session, submission: Submission, statement: AiUseDraft, *, now: datetime
) -> None:
    """Record how AI was used.

    Raises:
        CannotMove: the assessment was concluded already.
    """
    if submission.state not in {State.DRAFT, State.SUBMITTED, State.REFERRED, State.IN_ASSESSMENT}:
        raise CannotMove(submission.state, "given another AI-use statement", ())
    submission.ai_use = _statement(statement)
    submission.changed_at = now
    session.add(submission)
    session.flush()


def submit(session: Session, submission: Submission, *, now: datetime) -> None:
    """Hand it in; after a referral, for the second and last time.

    Raises:
        CannotMove: it is not a draft and was not referred.
        MalformedSubmission: there is no artifact.
    """
    if not artifacts_of(session, submission.id):
        raise MalformedSubmission("/artifacts", "at least one artifact")
    again = submission.state == State.REFERRED
    enter(session, submission, State.SUBMITTED, now=now)
    submission.attempt += 1 if again else 0
    session.flush()


def confirm_preview(session: Session, submission: Submission, *, now: datetime) -> None:
    """The holder saw what the credential will say, and agrees.

    Raises:
        CannotMove: there is nothing to see before the assessment is passed.
    """
    if submission.state != State.PASSED:
        raise CannotMove(submission.state, "confirmed", ())
    submission.preview_confirmed_at = submission.preview_confirmed_at or now
    session.add(submission)
    session.flush()


def enter(
    session: Session, submission: Submission, to: State, *, now: datetime, reason: str = ""
) -> None:
    """Take one arrow of the lifecycle.

    Raises:
        CannotMove: there is none.
    """
    entered(submission, to, now=now, reason=reason)
    session.add(submission)
    session.flush()


def entered(submission: Submission, to: State, *, now: datetime, reason: str = "") -> None:
    """The same, for the caller to store.

    Raises:
        CannotMove: there is no such arrow.
    """
    submission.state = move(State(submission.state), to)
    submission.changed_at = now
    submission.state_reason = reason


def _statement(draft: AiUseDraft | None) -> dict[str, Any]:
    if draft is None:
        return {}
    return {"aiUse": draft.ai_use.value, "tools": list(draft.tools), "holderDid": draft.holder_did}
