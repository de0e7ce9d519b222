"""Which of the issuer's errors is which problem?  A test walks the tree, so that none is missed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from issuer import errors
from service.problem_table import ProblemKind

ISSUER_PROBLEMS: Final[Mapping[type[Exception], ProblemKind]] = {
    errors.NotFound: ProblemKind(
        "not-found", "There is nothing of that name", HTTPStatus.NOT_FOUND
    ),
    errors.VersionIsFixed: ProblemKind(
        "version-is-fixed", "A published version never changes", HTTPStatus.CONFLICT
    ),
    errors.AddressChanged: ProblemKind(
        "address-changed", "The issuer's address cannot change", HTTPStatus.INTERNAL_SERVER_ERROR
    ),
    errors.CannotMove: ProblemKind(
        "cannot-move", "This does not follow from the present state", HTTPStatus.CONFLICT
    ),
    errors.CannotBeSuspended: ProblemKind(
        "cannot-be-suspended", "This credential cannot be put on hold", HTTPStatus.CONFLICT
    ),
    errors.CannotBeSigned: ProblemKind(
        "cannot-be-signed", "This is not signed here", HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    errors.GateClosed: ProblemKind(
        "gate-closed", "Something is missing before this can be issued", HTTPStatus.CONFLICT
    ),
    errors.IdempotencyKeyReused: ProblemKind(
        "idempotency-key-reused",
        "The Idempotency-Key belongs to another request",
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
    errors.NotAuthenticated: ProblemKind(
        "not-authenticated", "This needs an API key", HTTPStatus.UNAUTHORIZED
    ),
    errors.ScopeMissing: ProblemKind(
        "scope-missing", "This API key may not do that", HTTPStatus.FORBIDDEN
    ),
    errors.MalformedSubmission: ProblemKind(
        "malformed-submission", "This does not fit the rubric", HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    errors.MalformedStatusUpdate: ProblemKind(
        "malformed-status-update", "The status cannot be updated so", HTTPStatus.BAD_REQUEST
    ),
    errors.MalformedSubmissionFile: ProblemKind(
        "malformed-submission-file", "The file cannot be used", HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    errors.NoSuchArtifact: ProblemKind(
        "no-such-artifact", "The artifact cannot be taken in", HTTPStatus.UNPROCESSABLE_ENTITY
    ),
    errors.ArtifactTooLarge: ProblemKind(
        "artifact-too-large", "The artifact is too large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    ),
    errors.EvidenceDamaged: ProblemKind(
        "evidence-damaged", "Evidence is damaged", HTTPStatus.INTERNAL_SERVER_ERROR
    ),
    errors.SealBroken: ProblemKind(
        "seal-broken", "The signing key does not work", HTTPStatus.INTERNAL_SERVER_ERROR
    ),
}
