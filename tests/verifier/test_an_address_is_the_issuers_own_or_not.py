import pytest

from verifier.origins import origin_of, origin_of_issuer

SCID = "QmfGEUAcMpzo25kF2Rhn8L5FAXysfGnkzjwdKoNPi615XQ"
EXAMPLE = ("https", "guild.example", 443)


@pytest.mark.parametrize(
    "issuer",
    [
        "did:web:guild.example",
        "did:web:guild.example:chapters:north",
        f"did:webvh:{SCID}:guild.example",
        "https://guild.example/issuers/7",
        "https://GUILD.example:443",
    ],
)
def test_an_issuer_is_at_home_where_its_name_says(issuer: str) -> None:
    assert origin_of_issuer(issuer) == EXAMPLE


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG",
        "did:web:",
        "did:web:guild.example/path",
        "did:webvh:guild.example",
        "http://guild.example",
        "guild.example",
    ],
)
def test_an_issuer_whose_name_is_no_address_is_at_home_nowhere(issuer: str) -> None:
    assert origin_of_issuer(issuer) is None


def test_a_port_is_part_of_the_name() -> None:
    assert origin_of_issuer("did:web:guild.example%3A8443") == ("https", "guild.example", 8443)
    assert origin_of("https://guild.example:8443/x") != EXAMPLE


def test_plain_http_is_a_home_on_this_machine_in_development_only() -> None:
    here = "did:web:localhost%3A8000"
    assert origin_of_issuer(here) == ("https", "localhost", 8000)
    assert origin_of_issuer(here, development=True) == ("http", "localhost", 8000)
    assert origin_of_issuer("did:web:guild.example", development=True) == EXAMPLE


@pytest.mark.parametrize(
    "address", ["", "ftp://guild.example", "https://", "https://[", "https://a:99999999", "//a"]
)
def test_what_is_no_web_address_has_no_origin(address: str) -> None:
    assert origin_of(address) is None
