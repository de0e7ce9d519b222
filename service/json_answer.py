"""How is an answer written?  As compact UTF-8, quickly."""

from typing import Any

import orjson
from starlette.responses import Response


class JsonAnswer(Response):
    """JSON of texts, numbers, lists and objects with text names."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
        """The bytes of the answer.

        Raises:
            TypeError: something that JSON cannot hold.
        """
        return orjson.dumps(content)
