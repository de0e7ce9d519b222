"""Who is named in a credential?  Open Badges 3.0, sections B.1.17 (Profile) and B.1.11."""

from typing import Literal

from pydantic import Field

from schemas.model import Said


class Profile(Said):
    """An issuer or an assessing body; never with contact data."""

    id: str
    type: tuple[Literal["Profile"], ...] = ("Profile",)
    name: str = Field(min_length=1, max_length=200)
    url: str | None = None
    image: "Image | None" = None


class Image(Said):
    """A picture by its address."""

    id: str
    type: Literal["Image"] = "Image"
    caption: str | None = None


class IdentityObject(Said):
    """A salted hash of something that identifies the holder.

    It lets somebody who already knows the value recognise it; it does not keep it secret.
    `identity_hash` is `sha256$` and the hex digest of value followed by salt.
    """

    type: Literal["IdentityObject"] = "IdentityObject"
    hashed: Literal[True] = True
    identity_hash: str = Field(pattern=r"^sha256\$[0-9a-f]{64}$")
    identity_type: str
    salt: str = Field(min_length=8, max_length=64)
