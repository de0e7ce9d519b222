"""How is what was measured laid out?  Tables of texts, for the terminal and for the docs alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cold_and_warm import FIRST_ISSUER, FIRST_START, LATER
from growth_of_records import NEWEST, OLDEST
from in_process import BAZAAR, SHARED
from ours import US
from over_http import EXPRESS
from python_peers import OPENVC, PYLD

COLUMNS: Final = {
    "Skillmark": US,
    "issuer and achievement repeated": SHARED,
    "@digitalbazaar/vc": BAZAAR,
    "PyLD": PYLD,
    "openvc-core": OPENVC,
}
NOTHING: Final = "-"
SERVERS: Final = {
    "Skillmark, 1 process": "1 process",
    "Skillmark, 2 processes": "2 processes",
    "Express + @digitalbazaar/vc": EXPRESS,
}
MEGABYTE: Final = 1_000_000

Told = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Table:
    """A title, a line of headings, rows; a sentence below where one is needed."""

    part: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


def tables(parts: Mapping[str, Any]) -> Iterator[Table]:
    """All tables, in the order of the parts."""
    for name, laid_out in LAID_OUT.items():
        if name in parts:
            yield from laid_out(parts[name])


def _in_process(part: Mapping[str, Any]) -> Iterator[Table]:
    seconds = part["seconds"]
    works = sorted({name.partition("/")[0] for name in seconds}, key=_by_suite)
    shown = [work for work in works if f"{work}/{US}" in seconds]
    yield Table(
        "in-process",
        "In process, credentials per second",
        ["", *COLUMNS],
        [
            [work, *(_rate(seconds.get(f"{work}/{who}")) for who in COLUMNS.values())]
            for work in shown
        ],
        "The floor, JSON, SHA-256 and Ed25519 and nothing else: "
        f"{_rate(seconds['verify.floor/floor'])} verifications a second. Ed25519 alone: "
        f"{_rate(seconds['sign.ed25519/floor'])} signatures, "
        f"{_rate(seconds['verify.ed25519/floor'])} verifications.",
    )


def _by_suite(work: str) -> tuple[str, int]:
    order = ("issue", "derive", "verify", "sign")
    verb, _, suite = work.partition(".")
    return suite, order.index(verb)


def _http(part: Mapping[str, Any]) -> Iterator[Table]:
    rates, peaks = part["per_second"], part["peak_bytes"]
    rows = [
        [
            title,
            *(_range(rates[f"{work}/{who}"]) for work in ("issue", "verify")),
            " / ".join(_mb(peaks[name]) for name in _processes(peaks, who)),
        ]
        for title, who in SERVERS.items()
    ]
    yield Table(
        "http",
        "Over HTTP, requests per second",
        ["", "issue", "verify", "peak memory (issuer / verifier)"],
        rows,
        f"The generator of the load itself: {_range(rates['ceiling of the generator'])} a second.",
    )


def _processes(peaks: Mapping[str, int], who: str) -> list[str]:
    return [name for name in peaks if name == who or name.endswith(f"/{who}")]


def _caches(part: Mapping[str, Any]) -> Iterator[Table]:
    rows = [[name, _ms(part["seconds"][name])] for name in (FIRST_START, FIRST_ISSUER, LATER)]
    yield Table("caches", "One verification over HTTP, cold and warm", ["", "ms"], rows)


def _pages(part: Mapping[str, Any]) -> Iterator[Table]:
    rows = [
        [name, *_three(found), f"{found['bytes'] / 1000:.1f}"]
        for name, found in part["pages"].items()
    ]
    title = f"Pages at {part['per_second']} requests a second"
    yield Table("pages", title, ["", "p50, ms", "p99, ms", "most, ms", "kB without cache"], rows)


def _event_loop(part: Mapping[str, Any]) -> Iterator[Table]:
    rows = [
        [f"verifying without a pause, {connections} at once", *_three(found)]
        for connections, found in part["seconds"].items()
    ]
    title = "How late the verifier's event loop is"
    yield Table("event-loop", title, ["", "p50, ms", "p99, ms", "most, ms"], rows)


def _three(found: Mapping[str, float]) -> Iterator[str]:
    return (f"{found[which] * 1000:.1f}" for which in ("p50", "p99", "maximum"))


def _start_up(part: Mapping[str, Any]) -> Iterator[Table]:
    until, worked, memory = part["seconds_until_ready"], part["cpu_seconds"], part["peak_bytes"]
    yield Table(
        "start-up",
        "Starting",
        ["", "seconds until ready", "seconds of the processor", "peak memory"],
        [
            [
                name,
                f"{until[name]['median']:.2f}" if name in until else NOTHING,
                f"{worked[name]['median']:.2f}",
                _mb(memory[name]["median"]),
            ]
            for name in worked
        ],
    )


def _growth(part: Mapping[str, Any]) -> Iterator[Table]:
    for scale, heading in (("bytes", "size in bytes"), ("evidence", "items of evidence")):
        seconds, signed = part[scale]["seconds"], part[scale]["signed_bytes"]
        columns = sorted({name.rpartition("/")[0] for name in seconds}, key=_theirs_last)
        rows = [
            [f"{int(much):,}", *(_ms(seconds[f"{column}/{much}"]) for column in columns)]
            for much in sorted(signed, key=int)
        ]
        title = f"Milliseconds by {heading}"
        yield Table("growth", title, [heading, *map(_spoken, columns)], rows)
    lists = part["lists"]
    rows = [
        [
            f"{int(length):,}",
            *(_ms(lists["seconds"][f"{work}/{length}"]) for work in ("publish", "read")),
            f"{size / 1000:.1f}",
        ]
        for length, size in lists["published_bytes"].items()
    ]
    headings = ["entries", "publish", "verify, unpack and read", "kB as published"]
    yield Table("growth", "Milliseconds by length of a status list", headings, rows)


def _theirs_last(column: str) -> tuple[bool, str]:
    return column.endswith(BAZAAR), column


def _spoken(column: str) -> str:
    work, _, who = column.partition("/")
    words = work.replace(".", " ")
    return words if who == US else f"{words} @digitalbazaar/vc"


def _records(part: Mapping[str, Any]) -> Iterator[Table]:
    for database, found in part.items():
        if not isinstance(found, Mapping):
            continue
        seconds = found["seconds"]
        counts = sorted({int(name.rpartition("/")[2]) for name in seconds})
        works = sorted({name.rpartition("/")[0] for name in seconds}, key=_lists_last)
        yield Table(
            "records",
            f"Milliseconds by number of stored credentials, {database}",
            ["", *(f"{count:,}" for count in counts)],
            [[work, *(_ms(seconds[f"{work}/{count}"]) for count in counts)] for work in works],
        )


def _lists_last(work: str) -> tuple[bool, str]:
    return work in {NEWEST, OLDEST}, work


def _rate(told: Told | None) -> str:
    """Per second, from seconds."""
    return f"{1 / told['median']:,.0f}" if told else NOTHING


def _range(told: Told) -> str:
    return f"{told['median']:,.0f} ({told['minimum']:,.0f} to {told['maximum']:,.0f})"


def _ms(told: Told) -> str:
    milliseconds = told["median"] * 1000
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:.0f}"


def _mb(size: float) -> str:
    return f"{size / MEGABYTE:.0f} MB"


LAID_OUT: Final = {
    "in-process": _in_process,
    "http": _http,
    "caches": _caches,
    "pages": _pages,
    "event-loop": _event_loop,
    "start-up": _start_up,
    "growth": _growth,
    "records": _records,
}
