"""What may whoever runs a verifier decide?"""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import NoDecode

from service.settings import CommonSettings


class VerifierSettings(CommonSettings):
    """From the environment, prefixed `SKILLMARK_`; there is no secret among them."""

    verifier_host: str = "127.0.0.1"
    verifier_port: Annotated[int, Field(ge=0, le=65535)] = 8001
    issuer_lists: Annotated[tuple[Path, ...], NoDecode] = ()

    @field_validator("issuer_lists", mode="before")
    @classmethod
    def _separated(cls, value: object) -> object:
        """Paths as one text, separated as in PATH."""
        if isinstance(value, str):
            return tuple(Path(part) for part in value.split(os.pathsep) if part)
        return value
