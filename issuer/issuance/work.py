"""What belongs to a submission, when a credential may come of it?

Read for many submissions as for one: in the same few queries, however many there are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from issuer.accounts.tables import Account
from issuer.achievements.queries import version_by_id
from issuer.achievements.tables import AchievementVersion
from issuer.artifacts.tables import Artifact
from issuer.assessments.tables import Assessment
from issuer.submissions.tables import Submission


@dataclass(frozen=True, slots=True)
class Work:
    """A submission with everything that was recorded about it.

    Attributes:
        submission: what the holder asked for.
        version: the achievement, as it was published.
        artifacts: what was handed in, oldest first.
        assessments: those of the present attempt, the first assessor's first.
        people: the holder and the assessors, by their ids.
    """

    submission: Submission
    version: AchievementVersion
    artifacts: tuple[Artifact, ...]
    assessments: tuple[Assessment, ...]
    people: Mapping[str, Account]


def work_of(session: Session, submission: Submission) -> Work:
    """What belongs to one submission.

    Raises:
        NotFound: no such version of an achievement in its organisation.
    """
    (found,) = works(session, [submission])
    return found


def works(session: Session, submissions: Sequence[Submission]) -> list[Work]:
    """What belongs to each of these submissions, in their order.

    Raises:
        NotFound: no such version of an achievement in the organisation of one of them.
    """
    ids = [each.id for each in submissions]
    artifacts: dict[str, list[Artifact]] = defaultdict(list)
    for artifact in session.exec(
        select(Artifact)
        .where(col(Artifact.submission_id).in_(ids))
        .order_by(col(Artifact.frozen_at), col(Artifact.id))
    ):
        artifacts[artifact.submission_id].append(artifact)
    assessments: dict[tuple[str, int], list[Assessment]] = defaultdict(list)
    for found in session.exec(
        select(Assessment)
        .where(col(Assessment.submission_id).in_(ids))
        .order_by(col(Assessment.place))
    ):
        assessments[found.submission_id, found.attempt].append(found)
    assessors = {each.assessor_id for some in assessments.values() for each in some}
    wanted = assessors | {each.holder_id for each in submissions}
    people = {
        each.id: each for each in session.exec(select(Account).where(col(Account.id).in_(wanted)))
    }
    # the session knows each version after it was asked for once
    return [
        Work(
            each,
            version_by_id(session, each.organisation_id, each.achievement_version_id),
            tuple(artifacts[each.id]),
            tuple(assessments[each.id, each.attempt]),
            people,
        )
        for each in submissions
    ]
