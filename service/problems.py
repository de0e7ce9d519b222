"""How is an error told to whoever made the request?

RFC 9457 (Problem Details for HTTP APIs).  Errors become problem details here, and nowhere else:
`service.problem_table` says which, this module writes them.  A problem never carries what was
sent to us, nor anything about our inside.
"""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, Protocol, runtime_checkable

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schemas.errors import SchemaViolated
from service.problem_table import PROBLEMS, ProblemKind, kind_of

MEDIA_TYPE: Final = "application/problem+json"
FIRST_SERVER_ERROR: Final = 500
MOST_FIELD_ERRORS: Final = 50
FRAMES: Final = 8

__all__ = [
    "MEDIA_TYPE",
    "PROBLEMS",
    "BlamesFields",
    "CarriesHeaders",
    "CatchUnexpected",
    "FieldError",
    "Problem",
    "ProblemKind",
    "ProblemResponse",
    "http_problem",
    "install",
    "kind_of",
    "problem",
    "responses",
    "unexpected",
    "validation_problem",
]

log = structlog.get_logger("service.problems")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong in one place; the pointer is a JSON Pointer (RFC 6901) into the body."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, ready to be written."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The members of RFC 9457, section 3.1, and `errors` where fields are to blame."""
        written: dict[str, Any] = {"type": self.type, "title": self.title, "status": self.status}
        if self.detail:
            written["detail"] = self.detail
        if self.errors:
            written["errors"] = [
                {"pointer": error.pointer, "detail": error.detail} for error in self.errors
            ]
        return written


class ProblemResponse(JSONResponse):
    """A problem as an answer."""

    media_type = MEDIA_TYPE

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            problem.as_json(),
            problem.status,
            {"cache-control": "no-store", **problem.headers},
        )


@runtime_checkable
class BlamesFields(Protocol):
    """An error that knows which places are wrong; its problem gets `errors`."""

    @property
    def field_errors(self) -> tuple[FieldError, ...]:
        """Each place with what is wrong there."""
        ...


@runtime_checkable
class CarriesHeaders(Protocol):
    """An error whose answer needs headers, such as `Retry-After`."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers to send."""
        ...


def problem(kind: ProblemKind, error: Exception) -> Problem:
    """What to tell about an error of a known kind; of our own faults only the title."""
    ours = kind.status >= FIRST_SERVER_ERROR
    return Problem(
        kind.type,
        kind.title,
        kind.status,
        detail=None if ours else str(error) or None,
        errors=() if ours else _fields(error),
        headers=error.headers if isinstance(error, CarriesHeaders) else {},
    )


def _fields(error: Exception) -> tuple[FieldError, ...]:
    """The places that an error blames."""
    match error:
        case SchemaViolated():
            return tuple(
                FieldError(violation.pointer, violation.message)
                for violation in error.violations[:MOST_FIELD_ERRORS]
            )
        case BlamesFields():
            return error.field_errors
        case _:
            return ()


def unexpected() -> Problem:
    """What to tell about an error that nobody foresaw: nothing but that it happened."""
    return Problem(
        "urn:skillmark:problem:internal",
        "Something went wrong on our side",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="The request was not completed. Name the X-Request-ID when you report this.",
    )


def http_problem(error: HTTPException) -> Problem:
    """The framework's own refusals: no route, wrong method, body too large."""
    phrase = HTTPStatus(error.status_code).phrase
    detail = None if error.detail == phrase else str(error.detail)
    return Problem(
        "about:blank", phrase, error.status_code, detail=detail, headers=dict(error.headers or {})
    )


def validation_problem(error: RequestValidationError) -> Problem:
    """Every field that does not say what it must, by JSON Pointer, never with its value."""
    found = error.errors()
    fields = tuple(
        FieldError(_pointer(entry["loc"]), entry["msg"]) for entry in found[:MOST_FIELD_ERRORS]
    )
    return Problem(
        "urn:skillmark:problem:invalid-request",
        "The request does not say what it must",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        detail=f"{len(found)} place(s) to correct; see `errors`.",
        errors=fields,
    )


def _pointer(location: tuple[str | int, ...]) -> str:
    """`("body", "a/b", 0)` → `/a~1b/0`; what is not in the body keeps its part's name."""
    places = location[1:] if location[:1] == ("body",) else ("", *location)
    escaped = (str(place).replace("~", "~0").replace("/", "~1") for place in places)
    return "".join(f"/{place}" for place in escaped)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route says in OpenAPI about the problems it may answer with."""
    schema = {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "format": "json-pointer"},
                        "detail": {"type": "string"},
                    },
                },
            },
        },
    }
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


class CatchUnexpected:
    """Turn what nobody foresaw into a 500 that tells nothing, and a line in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer for it if it breaks before it has answered."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
            log.error(  # noqa: TRY400 - its text could quote a person; the debug level has it
                "unexpected_error",
                error=type(error).__name__,
                where=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            )
            log.debug("unexpected_error_text", exc_info=error)
            if started or scope["type"] != "http":
                raise
            await ProblemResponse(unexpected())(scope, receive, send)


def install(app: FastAPI, extra: Mapping[type[Exception], ProblemKind]) -> None:
    """Make every error of the tables, and the framework's own, a problem."""
    table = {**PROBLEMS, **extra}

    async def of_the_table(_: Request, error: Exception) -> ProblemResponse:
        kind = kind_of(type(error), table)
        if kind.status >= FIRST_SERVER_ERROR:
            log.error("our_fault", problem=kind.name, error=type(error).__name__)
        return ProblemResponse(problem(kind, error))

    async def of_the_framework(_: Request, error: Exception) -> ProblemResponse:
        if isinstance(error, RequestValidationError):
            return ProblemResponse(validation_problem(error))
        if isinstance(error, HTTPException):
            return ProblemResponse(http_problem(error))
        raise error

    for known in table:
        app.add_exception_handler(known, of_the_table)
    app.add_exception_handler(RequestValidationError, of_the_framework)
    app.add_exception_handler(HTTPException, of_the_framework)
