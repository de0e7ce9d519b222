"""What does Open Badges 3.0 demand of a document?

The schemas that badges name under the type `1EdTechJsonSchemaValidator2019`, written by us from
the specification and kept in this package, so that nobody has to be asked for them.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from schemas.validate import JsonSchema

KIND: Final = "1EdTechJsonSchemaValidator2019"

_ADDRESS: Final = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v3p0/schema/json/"
    r"ob_v3p0(?:p\d)?_(?:any)?(achievement|endorsement)credential_schema\.json",
    re.ASCII,
)
FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "achievement": "open-badges-achievement-3.0.json",
        "endorsement": "open-badges-endorsement-3.0.json",
    }
)


def published_schema(address: str) -> JsonSchema | None:
    """Our schema for what 1EdTech publishes at this address; nothing if we have none."""
    known = _ADDRESS.fullmatch(address)
    return _read(FILES[known[1]]) if known else None


@cache
def _read(name: str) -> JsonSchema:
    text = files("schemas").joinpath("json", name).read_text("utf-8")
    return JsonSchema.read(json.loads(text))
