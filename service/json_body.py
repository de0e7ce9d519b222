"""What exactly did the client send?  The bytes stay beside what we read from them."""

from fastapi import Request

from schemas.document import Document


async def read_json(request: Request) -> Document:
    """The body as a document, byte for byte as received.

    Raises:
        MalformedDocument: it is not one JSON object that says everything once.
    """
    return Document.read(await request.body())
