import hashlib
import re
from pathlib import Path

import service

STATIC = Path(service.__file__).parent / "static"
ROWS = re.findall(
    r"^\| `([^`]+)` .* \| `([0-9a-f]{64})` \|$",
    (STATIC / "vendor" / "PROVENANCE.md").read_text("utf-8"),
    re.MULTILINE,
)


def test_every_vendored_file_has_its_digest() -> None:
    kept = {path.name for path in (STATIC / "vendor").iterdir()} - {"PROVENANCE.md"}
    assert {name for name, _ in ROWS} == kept
    for name, digest in ROWS:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest


def test_our_style_sheets_reach_for_nothing_elsewhere() -> None:
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"url\(|@import|https?:", sheet.read_text("utf-8")), sheet.name
