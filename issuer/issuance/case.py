"""What does the gate look at?  Taken from what was recorded; judged in `rules`."""

from collections.abc import Iterable, Mapping

from issuer.accounts.tables import Account
from issuer.achievements.queries import rubric_of
from issuer.assessments.tables import Assessment
from issuer.issuance.rules import Assessed, Case, Judgement
from issuer.issuance.work import Work
from issuer.submissions.rules import State


def case_of(work: Work) -> Case:
    """Everything about one submission that counts."""
    rubric, submission = rubric_of(work.version), work.submission
    return Case(
        state=State(submission.state),
        holder=submission.holder_id,
        holder_identities=frozenset(work.people[submission.holder_id].identities),
        frozen=tuple(each.frozen_at for each in work.artifacts),
        rubric=rubric.digest,
        criteria=rubric.criteria,
        does_not_cover=work.version.covers_not,
        assessments=assessed(work.assessments, work.people),
        ai_use=str(submission.ai_use.get("aiUse", "")),
        sampled=submission.sampled,
        preview_confirmed=submission.preview_confirmed_at is not None,
    )


def assessed(
    assessments: Iterable[Assessment], people: Mapping[str, Account]
) -> tuple[Assessed, ...]:
    """Assessments as the rules read them."""
    return tuple(
        Assessed(
            assessor=each.assessor_id,
            identities=frozenset(people[each.assessor_id].identities),
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
        for each in assessments
    )
