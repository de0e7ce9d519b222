"""What will the credential say, before it exists?  For the holder, who must agree to it."""

from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from issuer.artifacts.tables import StoredFile
from issuer.errors import CannotMove
from issuer.issuance.bound_documents import ai_use_document, assessment_document, dossier
from issuer.issuance.document import (
    Bound,
    BoundFile,
    ListPlace,
    Place,
    credential_document,
)
from issuer.issuance.work import work_of
from issuer.organisations.seal import Seal
from issuer.revocation.lists import list_name, list_url, purposes
from issuer.submissions.rules import State
from issuer.submissions.tables import Submission
from proofs.digests import Digest

NO_CODE: Final = "00000-00000-0"


def preview(
    session: Session, seal: Seal, submission: Submission, *, now: datetime
) -> dict[str, Any]:
    """The unsigned document of a submission that was passed; nothing is kept.

    Raises:
        CannotMove: there is nothing to see before the assessment is passed.
    """
    if submission.state not in {State.PASSED, State.ISSUED} or not submission.ai_use:
        raise CannotMove(submission.state, "previewed", (State.PASSED,))
    about = dossier(seal, work_of(session, submission))
    bound = Bound(
        artifacts=tuple(
            BoundFile(each.digest, session.get_one(StoredFile, each.digest).media_type)
            for each in about.artifacts
        ),
        assessments=tuple(
            Digest.of(assessment_document(about, place)) for place in range(len(about.assessments))
        ),
        ai_use=Digest.of(ai_use_document(about)),
    )
    nowhere = (ListPlace(list_url(seal, list_name(purpose, 0)), 0) for purpose in purposes(seal))
    place = Place(NO_CODE, *nowhere)
    return credential_document(about, bound, seal, place, now=now)
