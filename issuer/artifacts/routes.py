"""Artifacts: hand in a file, or a public repository at a commit."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Annotated, Final

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from issuer.achievements.draft import Line, Paragraph, Written
from issuer.artifacts.actions import Handed, attach_commit, attach_file
from issuer.artifacts.capture import capture_https
from issuer.artifacts.queries import artifacts_of
from issuer.artifacts.tables import Artifact
from issuer.authorisation import MayRead, MayWrite, OurDesk
from issuer.database import Read
from issuer.desk import Desk
from issuer.submissions.queries import locked_submission, submission
from service.clock import utc_now
from service.moment import Now
from service.problems import responses
from service.reachability import check_url

LARGEST_UPLOAD: Final = 64_000_000  # bytes; larger ones will be resumable
IN_MEMORY: Final = 1_000_000  # bytes; what is larger waits on disk
CHUNK: Final = 65_536

router = APIRouter(prefix="/submissions/{submission_id}/artifacts", tags=["artifacts"])


class CommitDraft(Written):
    """A public git repository at a commit, a branch or a tag."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "url": "https://git.example/holder/service",
                    "commit": "v1.2",
                    "name": "The service's repository",
                    "narrative": "Everything in it at one commit.",
                }
            ]
        }
    )

    url: Annotated[str, Field(max_length=2_048)]
    commit: Annotated[str, Field(min_length=1, max_length=200)] = "HEAD"
    name: Line
    narrative: Paragraph
    public: bool = True


class ArtifactView(Written):
    """A frozen artifact; `digest` is its multihash, SHA-384, in multibase."""

    id: str
    name: str
    digest: str
    source: str | None
    commit: str | None
    swhid: str | None
    frozen_at: datetime


@router.post(
    "/file",
    status_code=201,
    responses=responses(401, 403, 404, 409, 413, 422),
    max_body_size=LARGEST_UPLOAD,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def upload(
    submission_id: str,
    request: Request,
    caller: MayWrite,
    desk: OurDesk,
    name: Annotated[Line, Query()],
    narrative: Annotated[Paragraph, Query()],
    *,
    public: Annotated[bool, Query(description="Once a credential points at it.")] = True,
) -> ArtifactView:
    """Hand in a file as the body; its type is told by its content, its digest is stored at once."""
    handed = Handed(name, narrative, public)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        async for chunk in request.stream():
            await run_in_threadpool(file.write, chunk)
        file.seek(0)
        return await run_in_threadpool(
            _keep_file, desk, caller.organisation_id, submission_id, _chunks(file), handed
        )


@router.post("/commit", status_code=201, responses=responses(401, 403, 404, 409, 413, 422))
def capture(
    submission_id: str, draft: CommitDraft, caller: MayWrite, desk: OurDesk, now: Now
) -> ArtifactView:
    """Freeze a public repository at a commit; https only, public addresses only."""
    with desk.database.read() as session:
        submission(session, caller.organisation_id, submission_id)
    captured = capture_https(check_url(draft.url), draft.commit, desk.store)
    handed = Handed(draft.name, draft.narrative, draft.public)
    with desk.database.write() as session:  # only now: others write while the commit is fetched
        found = locked_submission(session, caller.organisation_id, submission_id)
        return _view(attach_commit(session, found, captured, handed, now=now))


def _keep_file(
    desk: Desk, organisation_id: str, submission_id: str, chunks: Iterator[bytes], handed: Handed
) -> ArtifactView:
    facts = desk.store.put(chunks)
    with desk.database.write() as session:
        found = locked_submission(session, organisation_id, submission_id)
        return _view(attach_file(session, found, facts, handed, now=utc_now()))


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


@router.get("", responses=responses(401, 403, 404))
def list_artifacts(submission_id: str, caller: MayRead, session: Read) -> tuple[ArtifactView, ...]:
    """What was handed in, oldest first."""
    found = submission(session, caller.organisation_id, submission_id)
    return tuple(map(_view, artifacts_of(session, found.id)))


def _view(row: Artifact) -> ArtifactView:
    return ArtifactView(
        id=row.id,
        name=row.name,
        digest=row.digest,
        source=row.source,
        commit=row.commit,
        swhid=row.swhid,
        frozen_at=row.frozen_at,
    )
