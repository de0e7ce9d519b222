"""How do the numbers get into docs/benchmarks.md?  From bench/results/latest.json, by machine.

Words stand in bench/benchmarks.md.in; `{{NAME}}` is replaced by what was measured.  The README has
the ratios between two comments.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from in_process import BAZAAR
from ours import US
from plots import Point, plot
from report import goal_table
from tables import Table, tables

ROOT: Final = Path(__file__).parent.parent
TEMPLATE: Final = Path(__file__).parent / "benchmarks.md.in"
PAGE: Final = ROOT / "docs" / "benchmarks.md"
README: Final = ROOT / "README.md"
RATIOS: Final = re.compile(r"(<!-- ratios[^>]*-->\n).*?(<!-- end of the ratios -->)", re.DOTALL)
PICTURES: Final = ROOT / "docs" / "images"
WORKS: Final = ("issue", "derive", "verify")
MILLISECONDS: Final = "milliseconds"


def write(whole: Mapping[str, Any]) -> None:
    """Write the page and its plots anew."""
    text = TEMPLATE.read_text("utf-8")
    for name, filling in _fillings(whole).items():
        text = text.replace(f"{{{{{name}}}}}", filling)
    PAGE.write_text(text, "utf-8")
    readme = RATIOS.sub(rf"\1{_ratios(whole['ratios'])}\n\2", README.read_text("utf-8"))
    README.write_text(readme, "utf-8")
    for name, picture in plots(whole["parts"]):
        (PICTURES / f"{name}.svg").write_text(picture, "utf-8")


def _fillings(whole: Mapping[str, Any]) -> dict[str, str]:
    parts = whole["parts"]
    found = {"machine": _machine(whole), "goals": _markdown(goal_table(whole))}
    for name in parts:
        laid_out = [table for table in tables(parts) if table.part == name]
        found[name] = "\n\n".join(_titled(table) for table in laid_out)
    return found


def _ratios(found: Mapping[str, float]) -> str:
    """How many times as fast, by what is done and with what."""
    rows: dict[str, dict[str, str]] = {}
    for name, ratio in found.items():
        work, suite = name.split(".") if not name.startswith("http") else name.split(".")[::-1]
        row = "over HTTP" if suite == "http" else f"`{suite}`"
        rows.setdefault(row, {})[work] = f"{ratio:.0f}\u00d7"
    headings = ["", *WORKS]
    laid_out = [[row, *(told.get(work, "") for work in WORKS)] for row, told in rows.items()]
    return _markdown(Table("ratios", "", headings, laid_out))


def _machine(whole: Mapping[str, Any]) -> str:
    on = whole["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in on["versions"].items())
    quick = [name for name, part in whole["parts"].items() if part["scale"] != "full"]
    made = f" Only a quick look: {', '.join(quick)}." if quick else ""
    return (
        f"{whole['date'][:10]}, {on['cores']} cores of {on['processor']}, {on['memory_gb']} GB, "
        f"{on['system']}, {on['python']}, Node.js {on['node']}; {versions}.{made}"
    )


def _titled(table: Table) -> str:
    note = f"\n\n{table.note}" if table.note else ""
    return f"**{table.title}**\n\n{_markdown(table)}{note}"


def _markdown(table: Table) -> str:
    ruler = ["---", *["---:"] * (len(table.headings) - 1)]
    rows = [table.headings, ruler, *table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def plots(parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name of the file, without its ending → SVG."""
    if "growth" in parts:
        yield from _growth(parts["growth"])
    if "records" in parts:
        for database, found in parts["records"].items():
            if isinstance(found, Mapping):
                name = f"cost-by-stored-credentials-{database.lower()}"
                title = f"Cost by number of stored credentials, {database}"
                lines = _lines(found["seconds"], lambda work: work)
                yield name, plot(title, "stored credentials", MILLISECONDS, lines)


def _growth(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    spoken = {US: "Skillmark", BAZAAR: "@digitalbazaar/vc"}

    def named(series: str) -> str:
        work, _, who = series.partition("/")
        return f"{spoken[who]}: {work}"

    for scale, across in (("bytes", "bytes of the signed document"), ("evidence", "items")):
        sizes = part[scale]["signed_bytes"] if scale == "bytes" else {}
        lines = _lines(part[scale]["seconds"], named, sizes)
        title = f"Cost by {'size of the document' if sizes else 'number of items of evidence'}"
        yield f"cost-by-{scale}", plot(title, across, MILLISECONDS, lines)
    lines = _lines(part["lists"]["seconds"], lambda work: work)
    title = "Cost by length of a status list"
    yield "cost-by-status-list", plot(title, "entries", MILLISECONDS, lines)


def _lines(
    seconds: Mapping[str, Any],
    named: Callable[[str], str],
    sizes: Mapping[str, int] | None = None,
) -> dict[str, Sequence[Point]]:
    """Series of which the last part of the name is how much → points in milliseconds."""
    found: dict[str, list[Point]] = {}
    for name, told in seconds.items():
        series, _, much = name.rpartition("/")
        across = (sizes or {}).get(much, int(much))
        found.setdefault(named(series), []).append((across, told["median"] * 1000))
    return {name: sorted(points) for name, points in sorted(found.items())}
