"""verification.md, Behaviour: the only way out, rule by rule, on real sockets."""

import asyncio
import gzip
import ssl
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from world import servers
from world.servers import Site, page, redirect

from service.addresses import IpAddress
from service.fetch_limits import FetchLimits
from service.fetching import Fetched, Found, Reason, Resource, Unreachable
from service.guarded_fetcher import USER_AGENT, GuardedFetcher

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HERE = ip_address("127.0.0.1")


class Names:
    """A name system that answers as told, and remembers that it was asked."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> tuple[IpAddress, ...]:
        assert port
        self.asked.append(host)
        if not self.answers:
            raise OSError(host)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return tuple(map(ip_address, answer))


def fetch(  # noqa: PLR0913 - each is one thing that a rule depends on
    url: str,
    *,
    names: Names | None = None,
    loopback_http: bool = True,
    limits: FetchLimits | None = None,
    allowed: frozenset[IpAddress] = frozenset(),
    trusted: ssl.SSLContext | None = None,
) -> Fetched[Resource]:
    async def go() -> Fetched[Resource]:
        async with GuardedFetcher(
            lambda: NOON,
            names or Names(),
            loopback_http=loopback_http,
            addresses_allowed_in_tests=allowed,
            tls_trusted_in_tests=trusted,
        ) as fetcher:
            return await fetcher.fetch(url, accept="application/vc", limits=limits or FetchLimits())

    return asyncio.run(go())


def found(fetched: Fetched[Resource]) -> Resource:
    assert isinstance(fetched, Found), fetched
    return fetched.value


def reason(fetched: Fetched[Resource]) -> Reason:
    assert isinstance(fetched, Unreachable), fetched
    return fetched.reason


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        running.put("/credential", page(b'{"a": 1}', "application/vc; charset=utf-8"))
        yield running


def test_what_is_there_comes_back_byte_for_byte_with_the_moment(site: Site) -> None:
    fetched = fetch(site.url("/credential?x=%20y"))
    assert isinstance(fetched, Found)
    assert fetched.at == NOON
    assert fetched.value.body == b'{"a": 1}'
    assert fetched.value.media_type == "application/vc"
    assert site.paths == ["/credential?x=%20y"]


def test_we_say_nothing_about_ourselves_but_the_name_of_the_program(site: Site) -> None:
    fetch(site.url("/credential"))
    assert dict(site.requests[0].headers) == {
        "host": f"127.0.0.1:{site.port}",
        "accept": "application/vc",
        "accept-encoding": "identity",
        "user-agent": USER_AGENT,
    }


def test_cookies_are_neither_kept_nor_sent_nor_shown(site: Site) -> None:
    site.put("/set", redirect("/credential"))
    site.put("/credential", page(b"{}", headers={"set-cookie": "who=you"}))

    async def twice() -> Fetched[Resource]:
        async with GuardedFetcher(lambda: NOON, Names(), loopback_http=True) as fetcher:
            await fetcher.fetch(site.url("/credential"))
            return await fetcher.fetch(site.url("/set"))

    resource = found(asyncio.run(twice()))
    assert "set-cookie" not in resource.headers
    assert all("cookie" not in request.headers for request in site.requests)


def test_plain_http_is_refused_outside_development(site: Site) -> None:
    assert reason(fetch(site.url("/credential"), loopback_http=False)) is Reason.SCHEME
    assert site.connections == 0


def test_plain_http_to_a_stranger_is_refused_even_in_development() -> None:
    assert reason(fetch("http://example.org/")) is Reason.SCHEME


@pytest.mark.parametrize("loopback_http", [True, False])
@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "data:,x",
        "//example.org/",
    ],
)
def test_other_schemes_are_refused(url: str, loopback_http: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert reason(fetch(url, loopback_http=loopback_http)) is Reason.SCHEME


@pytest.mark.parametrize(
    "url",
    [
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://example.org@127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://1/",
        "https://127.0.0.01/",
        "https://[::1%25lo]/",
        "https://[::1]evil.example/",
        "https://exam\tple.org/",
        "https://example.org\\@127.0.0.1/",
        "https://ex%61mple.org/",
        "https:///path",
        "https://example.org:/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://example.org/" + "x" * 3000,
    ],
)
def test_addresses_that_parsers_read_differently_are_refused(url: str) -> None:
    names = Names(("93.184.215.14",))
    assert reason(fetch(url, names=names)) is Reason.MALFORMED_URL
    assert names.asked == []


NOT_PUBLIC = {
    "private 10": "10.0.0.1",
    "private 172": "172.16.0.1",
    "private 192": "192.168.1.1",
    "loopback": "127.0.0.1",
    "loopback, another": "127.1.2.3",
    "link-local, metadata": "169.254.169.254",
    "carrier-grade NAT": "100.64.0.1",
    "this network": "0.0.0.0",  # noqa: S104 - an address to refuse
    "broadcast": "255.255.255.255",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "documentation": "192.0.2.1",
    "documentation, third": "203.0.113.9",
    "benchmarks": "198.18.0.1",
    "protocol assignments": "192.0.0.8",
    "6to4 relay": "192.88.99.1",
    "IPv6 loopback": "::1",
    "IPv6 unspecified": "::",
    "IPv4-mapped private": "::ffff:10.0.0.1",
    "IPv4-mapped public": "::ffff:93.184.215.14",
    "IPv4-compatible": "::93.184.215.14",
    "IPv4-translated": "::ffff:0:10.0.0.1",
    "NAT64": "64:ff9b::a00:1",
    "NAT64 of a public address": "64:ff9b::5db8:d70e",
    "NAT64, local use": "64:ff9b:1::a00:1",
    "6to4": "2002:a00:1::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "unique local": "fd00::1",
    "IPv6 link-local": "fe80::1",
    "site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "IPv6 documentation": "2001:db8::1",
    "IPv6 documentation, new": "3fff::1",
    "discard": "100::1",
}


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_a_name_that_leads_to_no_public_address_is_refused(address: str) -> None:
    fetched = fetch("https://harmless.example/", names=Names((address,)))
    assert reason(fetched) is Reason.BLOCKED_ADDRESS
    assert isinstance(fetched, Unreachable)
    assert address not in fetched.because


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_such_an_address_written_into_the_url_is_refused(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    fetched = fetch(f"https://{host}/", loopback_http=False)
    assert reason(fetched) is Reason.BLOCKED_ADDRESS


def test_one_answer_that_is_not_public_among_good_ones_is_enough() -> None:
    names = Names(("93.184.215.14", "10.0.0.1"))
    assert reason(fetch("https://harmless.example/", names=names)) is Reason.BLOCKED_ADDRESS


def test_a_name_without_a_dot_is_of_a_local_network_and_not_looked_up() -> None:
    names = Names(("93.184.215.14",))
    assert reason(fetch("https://intranet/", names=names)) is Reason.BLOCKED_ADDRESS
    assert names.asked == []


def test_localhost_is_a_stranger_outside_development() -> None:
    assert reason(fetch("https://localhost/", loopback_http=False)) is Reason.BLOCKED_ADDRESS


def test_a_name_that_nobody_knows_is_a_matter_of_names() -> None:
    assert reason(fetch("https://nobody.example/", names=Names())) is Reason.DNS


def test_a_name_with_a_thousand_addresses_is_refused() -> None:
    many = tuple(f"93.184.215.{number}" for number in range(17))
    assert reason(fetch("https://many.example/", names=Names(many))) is Reason.DNS


@pytest.mark.parametrize("port", [22, 25, 53, 80, 445])
def test_ports_where_no_pages_live_are_refused(port: int) -> None:
    assert reason(fetch(f"https://example.org:{port}/")) is Reason.PORT


def test_the_connection_goes_to_the_address_that_was_checked_though_the_name_changes() -> None:
    names = Names(("127.0.0.1",), ("127.0.0.2",))
    with (
        servers.tls_for("skills.example") as tls,
        Site(tls=tls.server, name="skills.example") as checked,
        Site(address="127.0.0.2", port=checked.port, tls=tls.server) as other,
    ):
        checked.put("/", page(b"checked"))
        other.put("/", page(b"other"))
        fetched = fetch(
            checked.url("/"), names=names, allowed=frozenset({HERE}), trusted=tls.client
        )
        assert found(fetched).body == b"checked"
        assert names.asked == ["skills.example"]
        assert other.connections == 0


def test_a_name_that_changes_before_the_redirect_is_checked_again() -> None:
    names = Names(("127.0.0.1",), ("10.0.0.1",))
    with (
        servers.tls_for("one.example", "two.example") as tls,
        Site(tls=tls.server, name="one.example") as site,
    ):
        site.put("/", redirect(f"https://two.example:{site.port}/"))
        fetched = fetch(site.url("/"), names=names, allowed=frozenset({HERE}), trusted=tls.client)
        assert reason(fetched) is Reason.BLOCKED_ADDRESS
        assert names.asked == ["one.example", "two.example"]


def test_a_certificate_for_another_name_is_refused() -> None:
    with (
        servers.tls_for("other.example") as tls,
        Site(tls=tls.server, name="skills.example") as site,
    ):
        fetched = fetch(
            site.url("/"),
            names=Names(("127.0.0.1",)),
            allowed=frozenset({HERE}),
            trusted=tls.client,
        )
        assert reason(fetched) is Reason.TLS
        assert site.requests == []


def test_a_certificate_of_an_unknown_authority_is_refused() -> None:
    with (
        servers.tls_for("skills.example") as tls,
        Site(tls=tls.server, name="skills.example") as site,
    ):
        names = Names(("127.0.0.1",))
        fetched = fetch(site.url("/"), names=names, allowed=frozenset({HERE}))
        assert reason(fetched) is Reason.TLS


def test_three_redirects_are_followed(site: Site) -> None:
    site.put("/1", redirect("/2", 301))
    site.put("/2", redirect("3", 307))
    site.put("/3", redirect(site.url("/credential"), 308))
    resource = found(fetch(site.url("/1")))
    assert resource.url == site.url("/1")
    assert resource.final_url == site.url("/credential")


def test_a_fourth_redirect_is_not_followed(site: Site) -> None:
    site.put("/again", redirect("/again"))
    assert reason(fetch(site.url("/again"))) is Reason.REDIRECTS
    assert len(site.requests) == 4


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("https://10.0.0.1/", Reason.BLOCKED_ADDRESS),
        ("https://169.254.169.254/latest/meta-data", Reason.BLOCKED_ADDRESS),
        ("https://[::ffff:127.0.0.1]/", Reason.BLOCKED_ADDRESS),
        ("https://2130706433/", Reason.MALFORMED_URL),
        ("https://user:word@example.org/", Reason.MALFORMED_URL),
        ("http://example.org/", Reason.SCHEME),
        ("file:///etc/passwd", Reason.SCHEME),
        ("https://[broken/", Reason.MALFORMED_URL),
    ],
)
def test_a_redirect_is_judged_like_the_first_address(site: Site, to: str, expected: Reason) -> None:
    site.put("/away", redirect(to))
    assert reason(fetch(site.url("/away"))) is expected


def test_a_redirect_never_leads_from_https_to_http() -> None:
    with (
        servers.tls_for("skills.example") as tls,
        Site(tls=tls.server, name="skills.example") as site,
        Site() as plain,
    ):
        site.put("/", redirect(plain.url("/")))
        fetched = fetch(
            site.url("/"),
            names=Names(("127.0.0.1",)),
            allowed=frozenset({HERE}),
            trusted=tls.client,
        )
        assert reason(fetched) is Reason.SCHEME
        assert plain.connections == 0


@pytest.mark.parametrize("status", [201, 204, 206, 304, 400, 401, 404, 410, 500, 503])
def test_any_status_but_200_is_unreachable_and_named(site: Site, status: int) -> None:
    site.put("/", page(b"", status=status))
    fetched = fetch(site.url("/"))
    assert reason(fetched) is Reason.HTTP_STATUS
    assert isinstance(fetched, Unreachable)
    assert fetched.status == status


def test_a_body_of_exactly_the_limit_is_read_and_one_byte_more_is_not(site: Site) -> None:
    limits = FetchLimits(body_bytes=1000)
    site.put("/fits", page(b"x" * 1000))
    site.put("/over", page(b"x" * 1001))
    assert len(found(fetch(site.url("/fits"), limits=limits)).body) == 1000
    assert reason(fetch(site.url("/over"), limits=limits)) is Reason.TOO_LARGE


def test_an_endless_body_is_left_at_the_limit(site: Site) -> None:
    site.put("/", servers.endless())
    assert reason(fetch(site.url("/"))) is Reason.TOO_LARGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_bomb_is_left_at_the_limit(site: Site, encoding: str) -> None:
    bomb = servers.gzip_bomb() if encoding == "gzip" else _deflate_bomb()
    site.put("/", bomb)
    assert reason(fetch(site.url("/"))) is Reason.TOO_LARGE


def _deflate_bomb() -> servers.Answer:
    return page(zlib.compress(bytes(20_000_000)), headers={"content-encoding": "deflate"})


def test_a_small_compressed_body_is_unpacked(site: Site) -> None:
    site.put("/", servers.gzip_bomb(1000))
    assert found(fetch(site.url("/"))).body == bytes(1000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_a_packing_that_we_do_not_read_is_refused(site: Site, encoding: str) -> None:
    site.put("/", page(b"x", headers={"content-encoding": encoding}))
    assert reason(fetch(site.url("/"))) is Reason.ENCODING


@pytest.mark.parametrize("cut", [slice(None, -4), slice(4, None)], ids=["cut off", "damaged"])
def test_a_damaged_packed_body_is_refused(site: Site, cut: slice) -> None:
    site.put("/", page(gzip.compress(b"whole")[cut], headers={"content-encoding": "gzip"}))
    assert reason(fetch(site.url("/"))) is Reason.ENCODING


def test_a_server_that_drips_is_left_at_the_deadline(site: Site) -> None:
    site.put("/", servers.dripping())
    begun = time.monotonic()
    assert reason(fetch(site.url("/"), limits=FetchLimits(seconds=0.5))) is Reason.TIMEOUT
    assert time.monotonic() - begun < 3


def test_a_silent_server_is_left_after_one_silence(site: Site) -> None:
    site.put("/", servers.slow(seconds=5))
    begun = time.monotonic()
    assert reason(fetch(site.url("/"), limits=FetchLimits(read_seconds=0.3))) is Reason.TIMEOUT
    assert time.monotonic() - begun < 3


def test_redirects_share_one_deadline(site: Site) -> None:
    site.put("/", servers.Answer(redirect("/").pieces, pause=0.3))
    limits = FetchLimits(seconds=0.7)
    assert reason(fetch(site.url("/"), limits=limits)) is Reason.TIMEOUT


def test_too_many_headers_are_refused(site: Site) -> None:
    site.put("/", page(b"", headers={f"x-{number}": "y" for number in range(200)}))
    assert reason(fetch(site.url("/"))) is Reason.TOO_LARGE


def test_headers_without_end_are_refused(site: Site) -> None:
    site.put("/", servers.wire([b"HTTP/1.1 200 OK\r\n", *[b"x-a: " + b"b" * 60_000 + b"\r\n"] * 9]))
    assert reason(fetch(site.url("/"))) in {Reason.TOO_LARGE, Reason.MALFORMED_ANSWER}


@pytest.mark.parametrize(
    "answer",
    [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort", b"\x16\x03\x01"],
)
def test_an_answer_that_is_not_http_or_breaks_off_is_refused(site: Site, answer: bytes) -> None:
    site.put("/", servers.wire([answer]))
    assert reason(fetch(site.url("/"))) is Reason.MALFORMED_ANSWER


def test_a_closed_port_is_a_matter_of_connection() -> None:
    with Site() as gone:
        url = gone.url("/")
    assert reason(fetch(url)) is Reason.CONNECTION


def test_content_that_changes_is_seen_as_it_is_now(site: Site) -> None:
    site.put("/", servers.changing(page(b"one"), page(b"two")))
    assert found(fetch(site.url("/"))).body == b"one"
    assert found(fetch(site.url("/"))).body == b"two"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_this_machine_in_development_needs_no_name_system(site: Site, host: str) -> None:
    names = Names()
    url = site.url("/credential").replace("127.0.0.1", host)
    assert found(fetch(url, names=names)).body == b'{"a": 1}'
    assert names.asked == []
