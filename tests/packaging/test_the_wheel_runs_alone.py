import os
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from world.demonstration import ROOT, SENTENCE, environment, repository, table
from world.wheels import build, install

PACKAGES = ("schemas", "keys", "proofs", "evidence", "service", "issuer", "verifier", "skillmark")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(wheel, tmp_path_factory.mktemp("an empty place") / "venv")


def test_it_contains_every_file_of_our_packages(wheel: Path) -> None:
    ours = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    with ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    assert set(ours) - packed == set()


def test_it_contains_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops - set(PACKAGES) == {top for top in tops if top.endswith(".dist-info")}


def test_it_carries_the_licence_and_the_example(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        example = archive.read("skillmark/examples/submission.yaml")
    assert {name.split("/")[-1] for name in names} >= {"LICENSE", "NOTICE"}
    assert example == (ROOT / "docs" / "examples" / "submission.yaml").read_bytes()


def test_the_demonstration_issues_and_confirms_outside_the_repository(
    installed: Path, tmp_path: Path
) -> None:
    artifact = repository(tmp_path / "pipeline")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [installed / "skillmark", "demo", "--once", "--artifact", artifact]
    alone = environment(tmp_path / "data", home=tmp_path)
    alone["PATH"] = f"{installed}{os.pathsep}{alone['PATH']}"
    said = [
        subprocess.run(
            command,
            cwd=elsewhere,
            env=alone,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        for _ in range(2)
    ]
    assert [run.returncode for run in said] == [0, 0], said[0].stdout + said[0].stderr
    assert all(SENTENCE in run.stdout for run in said)
    first, second = (table(run.stdout.splitlines()) for run in said)
    assert first.pop("API key")
    assert first == second
    assert list(elsewhere.iterdir()) == []


def test_it_is_this_wheel_that_ran(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed / "python", "-c", "import skillmark; print(skillmark.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert Path(where).is_relative_to(installed.parent)
