"""1EdTech Revocation List Status Method 1.0."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.errors import MalformedStatusEntry, MalformedStatusList, ProofError
from proofs.revocation_list_1edtech import RevocationList, RevocationListEntry
from proofs.status import Purpose, Status

URL = "https://issuer.example/revocations"
ISSUER = "did:web:issuer.example"
CREDENTIAL = "https://issuer.example/c/1"
LIST: dict[str, Any] = {
    "id": URL,
    "issuer": ISSUER,
    "revokedCredential": [
        {"id": CREDENTIAL, "revoked": True, "revocationReason": "Copied from somebody else."},
        {"id": "https://issuer.example/c/2"},
        {"id": "https://issuer.example/c/3", "revoked": False},
    ],
}


def test_a_credential_on_the_list_is_withdrawn_and_the_reason_is_given() -> None:
    found = RevocationList.read(LIST, URL)
    assert found.issuer == ISSUER
    assert found.status(CREDENTIAL) == Status(Purpose.REVOCATION, 1, "Copied from somebody else.")


def test_withdrawn_is_what_an_entry_means_unless_it_says_otherwise() -> None:
    found = RevocationList.read(LIST, URL)
    assert found.status("https://issuer.example/c/2").is_set
    assert not found.status("https://issuer.example/c/3").is_set


@pytest.mark.parametrize("near", [f"{CREDENTIAL}/", f"{CREDENTIAL}1", CREDENTIAL.upper(), ""])
def test_only_the_exact_name_is_meant(near: str) -> None:
    assert not RevocationList.read(LIST, URL).status(near).is_set


def test_one_entry_that_says_withdrawn_outweighs_one_that_does_not() -> None:
    both = [{"id": CREDENTIAL}, {"id": CREDENTIAL, "revoked": False}]
    for listed in (both, both[::-1]):
        found = RevocationList.read(LIST | {"revokedCredential": listed}, URL)
        assert found.status(CREDENTIAL).is_set


def test_the_name_in_the_first_drafts_is_read_beside_the_present_one() -> None:
    old = {"issuer": {"id": ISSUER}, "revokedCredentials": [{"id": CREDENTIAL}]}
    assert RevocationList.read(old, URL).status(CREDENTIAL).is_set
    both = LIST | {"revokedCredentials": [{"id": "https://issuer.example/c/9"}]}
    assert RevocationList.read(both, URL).status("https://issuer.example/c/9").is_set


def test_an_empty_list_withdraws_nothing() -> None:
    found = RevocationList.read(LIST | {"revokedCredential": []}, URL)
    assert not found.status(CREDENTIAL).is_set


FLAWS: dict[str, dict[str, Any]] = {
    "another address": {"id": f"{URL}/2"},
    "no issuer": {"issuer": None},
    "an issuer without id": {"issuer": {"name": "Example Guild"}},
    "no list": {"revokedCredential": None},
    "texts": {"revokedCredential": [CREDENTIAL]},
    "an entry without id": {"revokedCredential": [{"revoked": True}]},
    "an entry that may mean anything": {"revokedCredential": [{"id": "x", "revoked": "no"}]},
}


@pytest.mark.parametrize("flaw", FLAWS.values(), ids=FLAWS)
def test_a_flawed_list_is_refused_and_never_empty(flaw: dict[str, Any]) -> None:
    with pytest.raises(MalformedStatusList):
        RevocationList.read(LIST | flaw, URL)


def test_any_other_document_is_refused() -> None:
    with pytest.raises(MalformedStatusList):
        RevocationList.read({"id": URL, "issuer": ISSUER}, URL)


@given(
    st.dictionaries(
        st.sampled_from([*LIST, "revokedCredentials"]),
        st.recursive(
            st.none() | st.booleans() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["id", "revoked"]), inner)
            ),
        ),
    )
)
def test_no_document_makes_reading_fail_in_another_way(view: dict[str, Any]) -> None:
    try:
        RevocationList.read(view, URL)
    except ProofError:
        return


def test_an_entry_is_an_address_and_a_type() -> None:
    entry = {"id": URL, "type": "1EdTechRevocationList"}
    assert RevocationListEntry.read(entry).list_url == URL
    for flaw in ({"id": None}, {"id": "revocations"}, {"type": "BitstringStatusListEntry"}):
        with pytest.raises(MalformedStatusEntry):
            RevocationListEntry.read(entry | flaw)
