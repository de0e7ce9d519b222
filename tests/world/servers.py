"""Real HTTP servers on loopback that behave, or misbehave, as a test tells them.

with Site() as site:
    site.put("/credential", page(b"{}", "application/vc"))
    site.put("/gone", page(b"", status=410))
    site.put("/moved", redirect("/credential"))
    ... fetch(site.url("/credential")) ...
    assert site.paths == ["/credential"]
"""

import contextlib
import datetime as dt
import gzip
import itertools
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent: header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send: pieces as they stand on the wire, and the pause before each."""

    pieces: Callable[[], Iterable[bytes]]
    pause: float = 0.0


Behaviour = Answer | Callable[[Request], Answer]


def wire(pieces: Iterable[bytes], pause: float = 0.0) -> Answer:
    """Exactly these bytes, status line and all."""
    kept = tuple(pieces)
    return Answer(lambda: kept, pause)


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"HTTP/1.1 {status} Whatever",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def page(
    body: bytes,
    media_type: str = "application/json",
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """An ordinary answer."""
    length = {"content-type": media_type, "content-length": str(len(body))}
    return wire([_head(status, {**length, **(headers or {})}) + body])


def redirect(to: str, status: int = 302) -> Answer:
    """Go there instead."""
    return page(b"", status=status, headers={"location": to})


def slow(body: bytes = b"{}", *, seconds: float) -> Answer:
    """Silence, then an ordinary answer."""
    return Answer(page(body).pieces, seconds)


def dripping(*, pause: float = 0.05) -> Answer:
    """A body that never ends, and never is silent for long."""
    return Answer(
        lambda: itertools.chain([_head(200, {"connection": "close"})], itertools.repeat(b"x")),
        pause,
    )


def endless() -> Answer:
    """A body that never ends, as fast as it goes."""
    return Answer(
        lambda: itertools.chain(
            [_head(200, {"connection": "close"})], itertools.repeat(b"x" * 65_536)
        )
    )


def gzip_bomb(unpacked_bytes: int = 50_000_000) -> Answer:
    """A small body that unpacks into a large one."""
    packed = gzip.compress(bytes(unpacked_bytes), mtime=0)
    return page(packed, headers={"content-encoding": "gzip"})


def changing(*answers: Answer) -> Callable[[Request], Answer]:
    """Another answer each time; the last one stays."""
    remaining = list(answers)
    return lambda _: remaining.pop(0) if len(remaining) > 1 else remaining[0]


@dataclass
class Site:
    """A server on a loopback address, for as long as the `with` block lasts."""

    address: str = "127.0.0.1"
    port: int = 0
    tls: ssl.SSLContext | None = None
    name: str | None = None
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    _behaviours: dict[str, Behaviour] = field(default_factory=dict)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._server = _Server((self.address, self.port), self)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def put(self, path: str, behaviour: Behaviour) -> None:
        """What to do when `path` (without the query) is asked for; replaces what was there."""
        self._behaviours[path] = behaviour

    def url(self, path: str = "/") -> str:
        """The address of a path on this server."""
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{self.name or self.address}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """Every target that was asked for, in order."""
        return [request.target for request in self.requests]

    def answer(self, request: Request) -> Answer:
        """What to send for a request."""
        self.requests.append(request)
        behaviour = self._behaviours.get(
            request.target.partition("?")[0], page(b"not here", "text/plain", status=404)
        )
        return behaviour if isinstance(behaviour, Answer) else behaviour(request)

    def send(self, connection: socket.socket, answer: Answer) -> None:
        """Send piece by piece until the client, or the test, has had enough."""
        for piece in answer.pieces():
            if self._stopped.wait(answer.pause) if answer.pause else self._stopped.is_set():
                return
            connection.sendall(piece)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.site = site
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        site = self.server.site
        site.connections += 1
        connection: socket.socket = self.request
        connection.settimeout(10)
        with contextlib.suppress(OSError):
            if site.tls is not None:
                connection = site.tls.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb") as stream:
                request = _read(stream)
                if request is not None:
                    site.send(connection, site.answer(request))


def _read(stream: Iterable[bytes]) -> Request | None:
    """The head of a request; its body is not looked at."""
    lines = iter(stream)
    first = next(lines, b"").decode("latin-1").split()
    if len(first) < 2:
        return None
    head = itertools.takewhile(lambda line: line not in {b"\r\n", b"\n"}, lines)
    pairs = (line.decode("latin-1").partition(":") for line in head)
    return Request(first[0], first[1], {name.lower(): value.strip() for name, _, value in pairs})


@dataclass(frozen=True, slots=True)
class TestAuthority:
    """A certificate authority that nobody but the test trusts."""

    __test__ = False

    server: ssl.SSLContext
    client: ssl.SSLContext


@contextlib.contextmanager
def tls_for(*names: str) -> Iterator[TestAuthority]:
    """TLS for these names (or addresses): what the server shows and what the client trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Skillmark tests")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(list(map(_general_name, names))), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_pem = certificate.public_bytes(serialization.Encoding.PEM)
    key_pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.write_bytes(key_pem + certificate_pem)
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(file)
        yield TestAuthority(server, ssl.create_default_context(cadata=certificate_pem.decode()))


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
