"""How much is in an answer, once it is unpacked?

We ask for `identity`.  A server that compresses all the same is unpacked piece by piece, and
never past the limit: what counts is what would stand in memory (decompression bombs).
"""

import zlib
from collections.abc import AsyncIterable
from typing import Final

from service.fetching import Reason
from service.reachability import NotAllowed

GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS
ZLIB_WINDOW: Final = zlib.MAX_WBITS
WINDOWS: Final = {"gzip": GZIP_WINDOW, "x-gzip": GZIP_WINDOW, "deflate": ZLIB_WINDOW}


async def read_body(parts: AsyncIterable[bytes], encoding: str, most: int) -> bytes:
    """Read all of a body, at most `most` bytes of it unpacked.

    Raises:
        NotAllowed: it is larger, is packed in a way we do not read, or damaged.
    """
    unpack = _Unpacked(encoding, most)
    async for part in parts:
        unpack.take(part)
    return unpack.finish()


class _Unpacked:
    """A body as it grows."""

    def __init__(self, encoding: str, most: int) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", *WINDOWS}:
            raise NotAllowed(Reason.ENCODING, "The answer is packed in a way we do not read.")
        self._packed = zlib.decompressobj(WINDOWS[name]) if name in WINDOWS else None
        self._most = most
        self._body = bytearray()

    def take(self, part: bytes) -> None:
        """Take the next piece off the wire."""
        if self._packed is not None:
            try:
                # One byte more than fits, to learn whether there is more.
                part = self._packed.decompress(part, self._most - len(self._body) + 1)
            except zlib.error as error:
                raise NotAllowed(Reason.ENCODING, "The packed answer is damaged.") from error
            if self._packed.unused_data:
                raise NotAllowed(Reason.ENCODING, "Something follows the packed answer.")
        self._body += part
        if len(self._body) > self._most:
            raise NotAllowed(Reason.TOO_LARGE, f"It is larger than {self._most} bytes.")

    def finish(self) -> bytes:
        """The whole body, if it came to its end."""
        if self._packed is not None and not self._packed.eof:
            raise NotAllowed(Reason.ENCODING, "The packed answer breaks off.")
        return bytes(self._body)
