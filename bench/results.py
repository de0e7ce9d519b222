"""Where is written down what was measured?  bench/results/latest.json, which git ignores."""

import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from goals import goals, ratios
from node_programs import NODE, PEERS

LATEST: Final = Path(__file__).parent / "results" / "latest.json"
PEER: Final = "@digitalbazaar/vc"
PACKAGES: Final = ("cryptography", "pyld", "openvc-core", "fastapi", "uvicorn", "orjson")
NPM_PACKAGES: Final = (PEER, "express")


def dated(part: Mapping[str, Any], *, quick: bool) -> dict[str, Any]:
    """What was measured, with when and how thoroughly."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"date": now, "scale": "quick" if quick else "full", **part}


def write(parts: Mapping[str, Any]) -> None:
    """Replace what was written last."""
    whole = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "ratios": ratios(parts),
        "goals": [goal.told() for goal in goals(parts)],
        "parts": parts,
    }
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def read() -> dict[str, Any]:
    """What was written last.

    Raises:
        FileNotFoundError: nothing was measured yet.
    """
    found: dict[str, Any] = json.loads(LATEST.read_text("utf-8"))
    return found


def read_if_any() -> dict[str, Any]:
    """The same, or nothing."""
    return read() if LATEST.exists() else {}


def parts_of(whole: Mapping[str, Any]) -> dict[str, Any]:
    """Its parts."""
    return dict(whole.get("parts", {}))


def machine() -> dict[str, Any]:
    """On what it was measured, and with which versions."""
    asked = [str(NODE), "--version"]
    node = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "memory_gb": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "node": node.stdout.strip().removeprefix("v"),
        "versions": {
            **{name: importlib.metadata.version(name) for name in PACKAGES},
            **{name: _npm_version(name) for name in NPM_PACKAGES},
        },
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _npm_version(name: str) -> str:
    manifest = json.loads((PEERS / "node_modules" / name / "package.json").read_text("utf-8"))
    return str(manifest["version"])
