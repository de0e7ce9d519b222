"""How does a piece of work become part of a submission?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, update

from evidence.file import FileFacts
from issuer.artifacts.capture import Captured
from issuer.artifacts.queries import artifacts_of
from issuer.artifacts.tables import Artifact, StoredFile
from issuer.errors import CannotMove, MalformedSubmission
from issuer.submissions.rules import State
from issuer.submissions.tables import Submission

MOST_ARTIFACTS: Final = 30  # two lines of evidence each, of the hundred that a credential has
Insert = sqlite.Insert | postgresql.Insert
INSERTS: Final[Mapping[str, Callable[[type[SQLModel]], Insert]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
"""What stands already is left as it is; each database has its own way to say so."""

OPEN: Final = frozenset({State.DRAFT, State.REFERRED})  # work may be handed in


@dataclass(frozen=True, slots=True)
class Handed:
    """What the holder says about an artifact; `public` once a credential points at it."""

    name: str
    narrative: str
    public: bool = True


def register(
    session: Session, kept: Iterable[FileFacts], *, public: bool = True, now: datetime
) -> None:
    """Know files that the store keeps; what was public once stays public.

    Of two who hand in the same file at once, the later finds what the earlier wrote; all write in
    the order of digests, so that nobody waits for somebody who waits for them.
    """
    wanted = {facts.digest.multibase: facts for facts in kept}
    if not wanted:
        return
    insert = INSERTS[session.get_bind().dialect.name](StoredFile)
    rows = [
        {
            "digest": digest,
            "size": facts.size,
            "media_type": facts.media_type,
            "public": public,
            "stored_at": now,
        }
        for digest, facts in sorted(wanted.items())
    ]
    session.execute(insert.values(rows).on_conflict_do_nothing())
    if public:
        hidden = update(StoredFile).where(
            col(StoredFile.digest).in_(wanted), col(StoredFile.public).is_(False)
        )
        session.execute(hidden.values(public=True))


def attach_file(
    session: Session, submission: Submission, facts: FileFacts, handed: Handed, *, now: datetime
) -> Artifact:
    """Add a file, which the store keeps already, to a submission that is still open.

    Nobody else may read it before a credential points at it.

    Raises:
        CannotMove: the submission is past the state in which work is handed in.
        MalformedSubmission: it has as many as a credential can point at.
    """
    if submission.state not in OPEN:
        raise CannotMove(submission.state, "given another artifact", ())
    if len(artifacts_of(session, submission.id)) >= MOST_ARTIFACTS:
        raise MalformedSubmission("/artifacts", f"at most {MOST_ARTIFACTS}")
    register(session, [facts], public=False, now=now)
    artifact = Artifact(
        submission_id=submission.id,
        digest=facts.digest.multibase,
        public=handed.public,
        name=handed.name,
        narrative=handed.narrative,
        frozen_at=now,
    )
    session.add(artifact)
    session.flush()
    return artifact


def attach_commit(
    session: Session, submission: Submission, captured: Captured, handed: Handed, *, now: datetime
) -> Artifact:
    """Add a captured commit to a submission that is still open.

    Raises:
        CannotMove: the submission is past the state in which work is handed in.
    """
    artifact = attach_file(session, submission, captured.facts, handed, now=now)
    artifact.source = captured.source
    artifact.commit = captured.commit.id.hex
    artifact.swhid = captured.commit.id.swhid
    session.add(artifact)
    session.flush()
    return artifact
