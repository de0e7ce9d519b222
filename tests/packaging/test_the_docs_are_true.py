import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from world.demonstration import ROOT

from issuer.app import create_app as create_issuer
from issuer.settings import IssuerSettings
from verifier import checks
from verifier.app import create_app as create_verifier
from verifier.settings import VerifierSettings

DOCS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md")
HELP = re.compile(r"^```\n\$ (skillmark [^\n]*--help)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def headings(name: str) -> set[str]:
    return set(re.findall(r"^#+ `([^`]+)`", text(name), re.MULTILINE))


def quoted_help() -> Iterator[tuple[str, str]]:
    for path in DOCS:
        for found in HELP.finditer(path.read_text("utf-8")):
            yield found.group(1), found.group(2)


def variables() -> set[str]:
    return {
        f"SKILLMARK_{field.upper()}"
        for settings in (IssuerSettings, VerifierSettings)
        for field in settings.model_fields
    }


def test_every_check_code_is_explained() -> None:
    assert headings("verify-a-credential.md") == {check.CODE for check in checks.ALL}


def test_every_setting_is_explained_and_no_other() -> None:
    assert headings("settings.md") == variables()


@pytest.mark.parametrize("path", [*DOCS, ROOT / "docker-compose.yml", ROOT / "Dockerfile"])
def test_no_setting_is_named_that_does_not_exist(path: Path) -> None:
    named = set(re.findall(r"SKILLMARK_[A-Z_]*[A-Z]", path.read_text("utf-8")))
    elsewhere = {"SKILLMARK_DATABASE_PASSWORD", "SKILLMARK_CHROMIUM", "SKILLMARK_KEEP_SCREENSHOTS"}
    assert named - elsewhere <= variables()


def test_every_address_of_the_apis_is_listed(tmp_path: Path) -> None:
    issuer = create_issuer(IssuerSettings(data_dir=tmp_path, development=True))
    verifier = create_verifier(VerifierSettings(data_dir=tmp_path))
    offered = {
        f"{method.upper()} {path}"
        for app in (issuer, verifier)
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    listed = set(re.findall(r"^\| `([A-Z]+ /[^`]*)`", text("api.md"), re.MULTILINE))
    assert listed == offered


def test_the_readme_shows_the_help_text() -> None:
    assert "skillmark --help" in {command for command, _ in quoted_help()}


@pytest.mark.parametrize(("command", "shown"), list(quoted_help()))
def test_a_help_text_is_the_real_one(command: str, shown: str) -> None:
    real = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=ROOT,
        env={"COLUMNS": "80", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [line.rstrip() for line in shown.splitlines()] == [
        line.rstrip() for line in real.splitlines()
    ]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_a_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_every_page_is_listed_in_the_contents() -> None:
    contents = text("README.md")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert [page for page in pages if f"({page})" not in contents] == []
