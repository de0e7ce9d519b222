"""What does the gate look at?  Gathered here from the database; judged in `rules`."""

from sqlmodel import Session

from issuer.accounts.tables import Account
from issuer.achievements.queries import rubric_of
from issuer.achievements.tables import AchievementVersion
from issuer.artifacts.queries import artifacts_of
from issuer.assessments.queries import assessments_of
from issuer.assessments.tables import Assessment
from issuer.issuance.rules import Assessed, Case, Judgement
from issuer.submissions.rules import State
from issuer.submissions.tables import Submission


def gather(session: Session, submission: Submission, version: AchievementVersion) -> Case:
    """Everything about one submission that counts."""
    rubric = rubric_of(version)
    holder = session.get_one(Account, submission.holder_id)
    found = assessments_of(session, submission.id, submission.attempt)
    return Case(
        state=State(submission.state),
        holder=submission.holder_id,
        holder_identities=frozenset(holder.identities),
        frozen=tuple(each.frozen_at for each in artifacts_of(session, submission.id)),
        rubric=rubric.digest,
        criteria=rubric.criteria,
        does_not_cover=version.covers_not,
        assessments=assessed(session, found),
        ai_use=str(submission.ai_use.get("aiUse", "")),
        sampled=submission.sampled,
        preview_confirmed=submission.preview_confirmed_at is not None,
    )


def assessed(session: Session, found: list[Assessment]) -> tuple[Assessed, ...]:
    """Assessments as the rules read them."""
    return tuple(
        Assessed(
            assessor=each.assessor_id,
            identities=frozenset(session.get_one(Account, each.assessor_id).identities),
            declared_no_conflict=each.declared_no_conflict,
            rubric=each.rubric_digest,
            method=each.method,
            supervised=each.supervised,
            began_at=each.began_at,
            judgements=tuple(
                Judgement(level["criterion"], level["level"], level["reason"])
                for level in each.levels
            ),
        )
        for each in found
    )
