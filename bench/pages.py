"""Are the pages quick and small?

The public page of a credential and the verifier's page are asked for fifty times a second.  What
a browser without a cache would transfer is counted by fetching the page and all that it names.
"""

import gzip
import tempfile
from contextlib import ExitStack
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit

from measuring import percentile
from node_programs import load
from real_issuer import HOST, real_issuer
from services import Started, issuer_service, verifier_service

PER_SECOND: Final = 50
CONNECTIONS: Final = 16
ACCEPT: Final = {"accept": "text/html", "accept-encoding": "gzip, br, zstd"}
PUBLIC: Final = "public page of a credential"
FRONT: Final = "page of the verifier"
ANSWER: Final = "answer of the verifier for a link"
ATTRIBUTES: Final = {"link": "href", "script": "src", "img": "src", "source": "src"}
SHOWN: Final = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})


def measure(seconds: float) -> dict[str, Any]:
    """Seconds and bytes of each page."""
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
        return {"per_second": PER_SECOND, "pages": found}


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
