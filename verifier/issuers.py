"""Which issuers do we know?

Plain list files in JSON, named by whoever runs the verifier.  Names shown to clients come from
here and never from a credential.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

LARGEST_LIST = 5_000_000  # bytes

Text = Annotated[str, Field(min_length=1, max_length=200)]


class MalformedIssuerList(ValueError):
    """A list file cannot be read; the message names the file, the place and the fix."""


class ListedIssuer(BaseModel):
    """One issuer that a list vouches for."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    did: Annotated[str, Field(pattern="^did:")]
    name: Text
    url: HttpUrl | None = None
    country: str | None = None
    since: str | None = None

    @property
    def address(self) -> str | None:
        """Where the issuer's public pages are, without a slash at the end."""
        return str(self.url).rstrip("/") if self.url else None


class IssuerList(BaseModel):
    """A list as written in its file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Text
    issuers: tuple[ListedIssuer, ...] = ()
    blocked: tuple[Annotated[str, Field(pattern="^did:")], ...] = ()


class IssuerLists(BaseModel):
    """All lists in use, in the order given."""

    model_config = ConfigDict(frozen=True)

    lists: tuple[IssuerList, ...] = ()

    @classmethod
    def read(cls, paths: Iterable[Path]) -> Self:
        """Read list files.

        Raises:
            MalformedIssuerList: a file is not there, too large, or not a list of issuers.
        """
        return cls(lists=tuple(_read(path) for path in paths))

    def find(self, did: str) -> tuple[ListedIssuer, str] | None:
        """The issuer of this DID and the name of the first list that has it."""
        for known in self.lists:
            for issuer in known.issuers:
                if issuer.did == did:
                    return issuer, known.name
        return None

    def blocks(self, did: str) -> str | None:
        """The name of the first list that warns of this DID."""
        return next((known.name for known in self.lists if did in known.blocked), None)

    def addresses(self) -> tuple[str, ...]:
        """Where a code may be looked up: every listed issuer's address, once."""
        found = (issuer.address for known in self.lists for issuer in known.issuers)
        return tuple(dict.fromkeys(address for address in found if address))


def _read(path: Path) -> IssuerList:
    try:
        if path.stat().st_size > LARGEST_LIST:
            raise MalformedIssuerList(f"{path.name}: larger than {LARGEST_LIST} bytes")
        return IssuerList.model_validate(json.loads(path.read_bytes()))
    except OSError as error:
        raise MalformedIssuerList(f"{path.name}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise MalformedIssuerList(f"{path.name}: {place}: {first['msg']}") from error
    except ValueError as error:
        raise MalformedIssuerList(f"{path.name}: not JSON: {error}") from error
