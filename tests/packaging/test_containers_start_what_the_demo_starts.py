import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from world.demonstration import ROOT

from skillmark.demo import ISSUER_COMMAND, VERIFIER_COMMAND

COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
OURS = ("issuer", "verifier")
REQUIRED = re.compile(r"\$\{(\w+):\?[^}]+\}")


def settings() -> Iterator[tuple[str, str, str]]:
    for service, described in SERVICES.items():
        for name, value in described.get("environment", {}).items():
            yield service, name, value


def test_the_commands_are_those_of_the_demonstration() -> None:
    assert SERVICES["issuer"]["command"] == list(ISSUER_COMMAND)
    assert SERVICES["verifier"]["command"] == list(VERIFIER_COMMAND)
    assert json.loads(re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[-1]) == list(
        ISSUER_COMMAND
    )


def test_what_is_taken_from_outside_has_no_default() -> None:
    assert re.findall(r"\$\{[^}]*\}", COMPOSE) == [
        found.group(0) for found in REQUIRED.finditer(COMPOSE)
    ]


@pytest.mark.parametrize(("service", "name", "value"), list(settings()))
def test_a_secret_comes_from_outside(service: str, name: str, value: str) -> None:
    if re.search("PASSWORD|PASSPHRASE|SECRET|KEY|DATABASE_URL", name):
        assert REQUIRED.search(value), f"{service}: {name}"


def test_the_verifier_gets_nothing_of_the_issuers() -> None:
    verifier = SERVICES["verifier"]
    assert not [name for name in verifier["environment"] if re.search("DATABASE|KEY|DATA_", name)]
    assert "database" not in json.dumps(verifier)
    assert set(verifier["networks"]).isdisjoint(SERVICES["database"]["networks"])
    assert [volume["source"] for volume in verifier["volumes"]] == ["./issuers.json"]


@pytest.mark.parametrize("service", OURS)
def test_a_service_can_write_only_where_it_must(service: str) -> None:
    described = SERVICES[service]
    assert described["read_only"] is True
    assert described["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in described["security_opt"]
    assert all(port.startswith("127.0.0.1:") for port in described["ports"])


@pytest.mark.parametrize("service", OURS)
def test_development_is_never_switched_on(service: str) -> None:
    assert "SKILLMARK_DEVELOPMENT" not in SERVICES[service]["environment"]


def test_the_image_does_not_run_as_root_and_watches_its_health() -> None:
    final = DOCKERFILE.split("FROM ")[-1]
    assert re.search(r"^USER skillmark$", final, re.MULTILINE)
    assert "HEALTHCHECK" in final
    assert re.search(r"^FROM python:3\.12-slim AS build$", DOCKERFILE, re.MULTILINE)


def test_the_image_is_built_from_what_the_ignore_file_lets_through() -> None:
    let_through = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    assert let_through >= {"pyproject.toml", "requirements.lock", "README.md", "LICENSE", "NOTICE"}
    assert [path for path in let_through if not (ROOT / path).exists()] == []


def test_compose_itself_accepts_the_file_where_it_is_installed() -> None:
    needed = {found.group(1): "x" for found in REQUIRED.finditer(COMPOSE)}
    if compose_is_installed():
        subprocess.run(
            ["docker", "compose", "config", "--quiet"],
            cwd=ROOT,
            env=os.environ | needed,
            check=True,
        )
    assert len(needed) == 5


def compose_is_installed() -> bool:
    docker = shutil.which("docker")
    return (
        docker is not None
        and subprocess.run(
            [docker, "compose", "version"], capture_output=True, check=False
        ).returncode
        == 0
    )
