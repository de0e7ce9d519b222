import subprocess
import sys

import pytest
from world.demonstration import ROOT

LOADED = """
import sys
from skillmark.cli import commands
commands(sys.argv[1:])
print(*sorted(sys.modules))
"""
FRAMEWORKS = ("fastapi", "starlette", "uvicorn", "jinja2", "sqlalchemy", "sqlmodel")


def loaded(*arguments: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


@pytest.mark.parametrize("arguments", [["verifier", "serve"], ["verify", "https://x.example"]])
def test_neither_the_issuer_nor_a_key_store(arguments: list[str]) -> None:
    assert not [
        name
        for name in loaded(*arguments)
        if name.split(".")[0] == "issuer" or name.startswith("keys.stores")
    ]


def test_who_only_verifies_waits_for_no_web_framework() -> None:
    assert not set(FRAMEWORKS).intersection(loaded("verify", "https://x.example"))


def test_the_issuing_process_does() -> None:
    assert "issuer.cli" in loaded("issuer", "serve")
