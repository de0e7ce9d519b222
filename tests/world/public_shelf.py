"""The public side of an issuer, in memory; private things are simply not on it."""

import io
from dataclasses import dataclass, field, replace
from typing import Final

from world.credentials import (
    AI_USE,
    ARTIFACT,
    CRITERIA,
    RUBRIC,
    sample_controller,
    sample_credential,
    signed_sample,
)

from issuer.public.lifetime import Standing
from issuer.public.shelf import Kept, KeptFile, Surroundings
from proofs.digests import Digest
from schemas.codes import new_code
from schemas.document import write

CODE: Final = new_code(lambda below: below // 2)
HOSTILE: Final = b"<script>alert(document.domain)</script>"


@dataclass
class MemoryShelf:
    """What the public pages need, without a database."""

    surroundings: Surroundings
    credentials: dict[str, Kept]
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def credential(self, code: str) -> Kept | None:
        return self.credentials.get(code)

    def evidence(self, digest: str) -> KeptFile | None:
        if digest not in self.files:
            return None
        data, media_type = self.files[digest]
        return KeptFile(io.BytesIO(data), len(data), media_type)

    def status_list(self, name: str) -> bytes | None:
        return b'{"type":"BitstringStatusListCredential"}' if name == "1" else None

    def did_document(self) -> bytes | None:
        return write(sample_controller())

    def achievement(self, slug: str, version: str) -> bytes | None:
        if (slug, version) != ("reliable-data-import", "2"):
            return None
        return write(sample_credential()["credentialSubject"]["achievement"])

    def achievement_document(self, slug: str, version: str, name: str) -> bytes | None:
        if (slug, version) != ("reliable-data-import", "2"):
            return None
        return {"rubric.json": RUBRIC, "criteria.md": CRITERIA}.get(name)

    def stand(self, standing: Standing) -> None:
        self.credentials[CODE] = replace(self.credentials[CODE], standing=standing)


def sample_shelf() -> MemoryShelf:
    """One credential, its evidence, and a hostile file."""
    raw = signed_sample(id=f"https://issuer.example/c/{CODE}")
    files = {
        Digest.of(data).multibase: (data, media_type)
        for data, media_type in (
            (ARTIFACT, "application/x-tar"),
            (AI_USE, "application/json"),
            (HOSTILE, "text/html"),
        )
    }
    return MemoryShelf(
        Surroundings("Example Guild of Data Work", "https://verifier.example"),
        {CODE: Kept(CODE, raw, Standing("in_force"))},
        files,
    )
