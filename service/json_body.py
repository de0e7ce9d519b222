"""What exactly did the client send?  Read once; the bytes stay beside what we read from them."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from schemas.document import Document
from schemas.errors import MalformedDocument
from service.work_by_size import by_size

READ: Final = "skillmark.document"


async def read_json(request: Request) -> Document:
    """The body as a document, byte for byte as received; read once, however often it is asked for.

    Raises:
        MalformedDocument: it is not one JSON object that says everything once.
    """
    known: Document | None = request.scope.get(READ)
    if known is not None:
        return known
    raw = await request.body()
    found = await by_size(len(raw), Document.read, raw)
    request.scope[READ] = found
    return found


Received = Annotated[Document, Depends(read_json)]
"""The body as it was received."""


class DocumentRequest(Request):
    """A request whose JSON is read as a document, in which nothing is said twice."""

    async def json(self) -> Any:  # noqa: ANN401 - as the framework has it
        """What the framework validates: the view of the document.

        Raises:
            MalformedDocument: it is not one JSON object that says everything once.
        """
        return (await read_json(self)).view


class DocumentRoute(APIRoute):
    """A route that reads its body once, as a document."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, given such a request."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await inner(DocumentRequest(request.scope, request.receive))
            except HTTPException as error:
                if isinstance(error.__cause__, MalformedDocument):  # the framework wraps it
                    raise error.__cause__ from None
                raise

        return handler
