"""The wheel, built from this tree and installed where only what it declares can be imported."""

import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from world.demonstration import ROOT


def build(folder: Path) -> Path:
    """Build the wheel with the build backend that is already installed; no network."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Make a virtual environment of the wheel and its declared dependencies; its bin folder.

    The dependencies are links to those of the environment that runs the tests, so that nothing is
    downloaded, and only those that the wheel names, so that a forgotten one is noticed.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python),
            *("install", "--quiet", "--no-deps", "--no-index", wheel),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (packages,) = folder.glob("lib/python*/site-packages")
    (declared,) = metadata.distributions(path=[str(packages)])
    for distribution in _closure(declared.requires or []):
        _link(distribution, packages)
    return python.parent


def _closure(requirements: list[str]) -> list[metadata.Distribution]:
    found: dict[str, metadata.Distribution] = {}
    waiting = [(Requirement(text), "") for text in requirements]
    seen = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        distribution = metadata.distribution(requirement.name)
        found[distribution.name] = distribution
        for wanted in (requirement.extras or set()) | {""}:
            if (distribution.name, wanted) not in seen:
                seen.add((distribution.name, wanted))
                waiting += [(Requirement(text), wanted) for text in distribution.requires or []]
    return list(found.values())


def _link(distribution: metadata.Distribution, packages: Path) -> None:
    tops = {file.parts[0] for file in distribution.files or [] if ".." not in file.parts}
    for top in tops - {"__pycache__", "bin"}:
        link = packages / top
        if not link.exists():
            link.symlink_to(Path(str(distribution.locate_file(top))))
