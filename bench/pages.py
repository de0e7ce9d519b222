"""Are the pages quick and small, and is the event loop ever held up?

The public page of a credential and the verifier's page are asked for fifty times a second.  What
a browser without a cache would transfer is counted by fetching the page and all that it names.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit

from measuring import percentile
from node_programs import load
from over_http import to_verify
from real_issuer import HOST, RealIssuer, free_port, lines, real_issuer
from services import Started, child_environment, issuer_service, verifier_service

PER_SECOND: Final = 50
CONNECTIONS: Final = 16
ACCEPT: Final = {"accept": "text/html", "accept-encoding": "gzip, br, zstd"}
PUBLIC: Final = "public page of a credential"
FRONT: Final = "page of the verifier"
ANSWER: Final = "answer of the verifier for a link"
LAG_CONNECTIONS: Final = 8
LAG_SECONDS: Final = 20  # at most
ATTRIBUTES: Final = {"link": "href", "script": "src", "img": "src", "source": "src"}
SHOWN: Final = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})


def measure(seconds: float, verifications: int) -> dict[str, Any]:
    """Seconds and bytes of each page, and the lag of the verifier's event loop."""
    with tempfile.TemporaryDirectory(prefix="skillmark-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        issuer = real_issuer(folder / "issuer")
        known = issuer.write_list(folder / "issuers.json")
        service = stack.enter_context(issuer_service(issuer))
        verifier = stack.enter_context(verifier_service(known))
        link = quote(f"{issuer.url}/c/{issuer.code}", safe="")
        pages = {
            PUBLIC: (service, f"/c/{issuer.code}"),
            FRONT: (verifier, "/"),
            ANSWER: (verifier, f"/?credential={link}"),
        }
        found = {name: _page(*where, seconds) for name, where in pages.items()}
        lag = _loop_lag(issuer, known, folder, verifications)
        return {"per_second": PER_SECOND, "pages": found, "loop_lag": lag}


def _page(service: Started, path: str, seconds: float) -> dict[str, float]:
    transferred(service.port, path)  # and everything has been asked for once
    said = load(
        {
            "host": HOST,
            "port": service.port,
            "method": "GET",
            "path": path,
            "headers": ACCEPT,
            "connections": CONNECTIONS,
            "requests": round(PER_SECOND * seconds),
            "rate": PER_SECOND,
            "status": 200,
        }
    )
    latencies = said["latencies"]
    return {
        "p50": percentile(latencies, 0.5),
        "p99": percentile(latencies, 0.99),
        "maximum": max(latencies),
        "count": len(latencies),
        "bytes": transferred(service.port, path),
    }


def transferred(port: int, path: str) -> int:
    """Bytes of bodies and headers that a browser without a cache would get for a page."""
    html, total = _fetched(port, path)
    parser = _Named(path)
    parser.feed(html.decode())
    return total + sum(_fetched(port, each)[1] for each in sorted(parser.found))


class _Named(HTMLParser):
    """Collects what a page makes a browser fetch."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address, if this tag has one that is fetched at once."""
        given = dict(attrs)
        address = given.get(ATTRIBUTES.get(tag, ""))
        if not address or (tag == "link" and not SHOWN & set((given.get("rel") or "").split())):
            return
        parts = urlsplit(urljoin(self.base, address))
        if parts.scheme != "data":
            self.found.add(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _fetched(port: int, path: str) -> tuple[bytes, int]:
    """What is there, unpacked, and how many bytes came over the line."""
    connection = HTTPConnection(HOST, port)
    connection.request("GET", path, headers=ACCEPT)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    packed = answer.getheader("content-encoding") == "gzip"
    return gzip.decompress(body) if packed else body, head + len(body)


def _loop_lag(
    issuer: RealIssuer, known: Path, folder: Path, verifications: int
) -> dict[str, float]:
    """How late the verifier's event loop is while it has more to verify than it can."""
    bodies = lines(
        issuer.genuine(verifications), "verifiableCredential", folder / "verifications.jsonl"
    )
    with _watched_verifier(known) as (port, stop):
        load(
            {
                "host": HOST,
                "port": port,
                "connections": LAG_CONNECTIONS,
                "requests": verifications,
                "mostSeconds": LAG_SECONDS,
                **to_verify(bodies),
            }
        )
        lags = stop()
    return {
        "p50": percentile(lags, 0.5),
        "p99": percentile(lags, 0.99),
        "maximum": max(lags),
        "count": len(lags),
    }


@contextmanager
def _watched_verifier(known: Path) -> Iterator[tuple[int, Any]]:
    port = free_port()
    environment = child_environment({"SKILLMARK_ISSUER_LISTS": str(known)})
    with subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, str(Path(__file__).parent / "watched_verifier.py"), str(port)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - pipes were asked for
        process.stdout.readline()  # it listens

        def stop() -> list[float]:
            said, _ = process.communicate("stop\n")
            lags: list[float] = json.loads(said)
            return lags

        try:
            yield port, stop
        finally:
            process.kill()
