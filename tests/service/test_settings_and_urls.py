"""Addresses are read one way, and a wrong setting is found at the start."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from service.addresses import is_public
from service.fetching import Reason
from service.reachability import NotAllowed, check_url
from service.settings import CommonSettings
from service.urls import MalformedUrl, split_url


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_ISSUER_URL", "https://skills.example.org/")
    monkeypatch.setenv("SKILLMARK_DEVELOPMENT", "1")
    settings = CommonSettings()
    assert settings.issuer_url == "https://skills.example.org"
    assert settings.development


@pytest.mark.parametrize(
    "url", ["http://skills.example.org", "https://a.org/path", "https://u:p@a.org", "a.org", ""]
)
def test_an_address_of_ours_is_scheme_host_and_port(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("SKILLMARK_VERIFIER_URL", url)
    with pytest.raises(ValidationError):
        CommonSettings()


def test_no_setting_opens_the_door_that_only_tests_use() -> None:
    assert not any("test" in name for name in CommonSettings.model_fields)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_malformed(text: str) -> None:
    try:
        url = split_url(f"https://{text}")
    except MalformedUrl:
        return
    assert split_url(str(url)) == url


@given(st.integers(0, 2**32 - 1))
def test_no_address_that_python_calls_private_is_public(number: int) -> None:
    address = IPv4Address(number)
    if not address.is_global or address.is_multicast:
        assert not is_public(address)
    assert not is_public(IPv6Address(f"::ffff:{address}"))
    assert not is_public(IPv6Address(int(IPv6Address("64:ff9b::")) | number))


@pytest.mark.parametrize("text", ["1.1.1.1", "93.184.215.14", "2606:2800:21f:cb07::1"])
def test_a_strangers_address_is_public(text: str) -> None:
    assert is_public(ip_address(text))


def test_git_is_given_the_address_that_was_checked() -> None:
    pinned = check_url(
        "https://git.example/repo.git", resolve=lambda _, __: [ip_address("93.184.215.14")]
    )
    assert pinned.curl_resolve == "git.example:443:93.184.215.14"


@pytest.mark.parametrize(
    ("url", "address", "expected"),
    [
        ("https://git.example/", "10.0.0.1", Reason.BLOCKED_ADDRESS),
        ("http://git.example/", "93.184.215.14", Reason.SCHEME),
        ("https://u@git.example/", "93.184.215.14", Reason.MALFORMED_URL),
        ("https://git.example:22/", "93.184.215.14", Reason.PORT),
    ],
)
def test_git_is_not_sent_where_we_do_not_go(url: str, address: str, expected: Reason) -> None:
    with pytest.raises(NotAllowed) as refused:
        check_url(url, resolve=lambda _, __: [ip_address(address)])
    assert refused.value.reason is expected


def test_a_name_that_git_could_not_look_up_is_refused() -> None:
    def nobody(host: str, _: int) -> list[IPv4Address]:
        raise OSError(host)

    with pytest.raises(NotAllowed) as refused:
        check_url("https://nobody.example/", resolve=nobody)
    assert refused.value.reason is Reason.DNS
