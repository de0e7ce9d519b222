"""Who signs?  The rest of the code knows a signer, never a private key."""

from typing import Protocol

from keys.public_key import PublicKey


class Signer(Protocol):
    """Something that holds a private key and will not show it."""

    @property
    def verification_method(self) -> str:
        """The DID URL of the public key, such as `did:web:guild.example#2026`."""
        ...

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The raw signature of `message`; blocks for as long as the hardware needs."""
        ...
