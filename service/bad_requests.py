"""How does an interface answer that says 400 to every body that it cannot use?

The VC API tells a malformed body (400) from a document that cannot be processed (422); the rest
of our interfaces answers 422 to both.
"""

from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError

from service.json_body import DocumentRoute
from service.problem_table import ProblemKind
from service.problems import FieldError, validation_problem


class MalformedBody(Exception):
    """The body of a request does not say what it must; `field_errors` names each place."""

    def __init__(self, field_errors: tuple[FieldError, ...]) -> None:
        self.field_errors = field_errors
        super().__init__(f"{len(field_errors)} place(s) to correct; see `errors`.")


BAD_REQUEST_PROBLEMS: Final[Mapping[type[Exception], ProblemKind]] = {
    MalformedBody: ProblemKind(
        "invalid-request", "The request does not say what it must", HTTPStatus.BAD_REQUEST
    ),
}


class BadRequestRoute(DocumentRoute):
    """A route that answers 400 where others answer 422."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with its refusal of a malformed body turned into a 400."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await inner(request)
            except RequestValidationError as error:
                raise MalformedBody(validation_problem(error).errors) from error

        return handler
