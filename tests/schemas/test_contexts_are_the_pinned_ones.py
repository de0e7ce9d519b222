import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

from schemas import contexts
from schemas.contexts import CONFORMANCE_CONTEXTS, CONTEXTS, Context, context, document_loader
from schemas.errors import UnknownContext

EVERY = {**CONTEXTS, **CONFORMANCE_CONTEXTS}
DESIGN = {
    contexts.VC_V2: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    contexts.DATA_INTEGRITY_V2: "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    contexts.MULTIKEY_V1: "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    contexts.OB_V3: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
}


@pytest.mark.parametrize("url", EVERY)
def test_every_file_has_its_pinned_digest(url: str) -> None:
    assert hashlib.sha256(EVERY[url].read()).hexdigest() == EVERY[url].sha256


@pytest.mark.parametrize("url", DESIGN)
def test_the_pins_are_those_of_the_standards(url: str) -> None:
    assert CONTEXTS[url].sha256 == DESIGN[url]


def test_the_provenance_table_lists_exactly_what_is_there() -> None:
    folder = Path(str(files("schemas"))) / "contexts"
    table = (folder / "PROVENANCE.md").read_text()
    rows = set(re.findall(r"^\| `(\S+)` \| `(\S+)` \| `([0-9a-f]{64})` \| \S", table, re.MULTILINE))
    assert rows == {(c.filename, c.url, c.sha256) for c in EVERY.values()}
    assert {path.name for path in folder.glob("*.jsonld")} == {c.filename for c in EVERY.values()}


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/context",
        "http://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/v2#",
        "",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_not_listed_is_a_clear_error(url: str) -> None:
    for load in (context, document_loader):
        with pytest.raises(UnknownContext, match="not bundled; use one of"):
            load(url)


def test_the_context_that_defines_everything_is_not_loaded() -> None:
    with pytest.raises(UnknownContext):
        context(contexts.EXAMPLES_V2)


def test_the_loader_answers_as_pyld_asks() -> None:
    answer = document_loader(contexts.VC_V2, {"headers": {}})
    assert answer["document"] == context(contexts.VC_V2)
    assert (answer["tag"], answer["documentUrl"]) == ("static", contexts.VC_V2)


def test_a_file_that_was_altered_is_not_used() -> None:
    altered = Context(contexts.VC_V2, "0" * 64, "credentials-v2.jsonld")
    with pytest.raises(UnknownContext):
        altered.read()


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CONTEXTS["https://x.example"] = CONTEXTS[contexts.VC_V2]  # type: ignore[index]
