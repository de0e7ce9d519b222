"""Whatever JSON stands in a token, signed by the issuer or not, the answer is a report."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world.credentials import ISSUER_DID, METHOD, sample_credential, sample_signer
from world.judging import honest_shelf, judged

from keys.memory import MemorySigner, generate
from keys.public_key import KeyType
from proofs.jose import jws
from schemas.document import write
from verifier.verdict import Verdict

Json = dict[str, Any]
SIGNER = sample_signer()
BADGE_SIGNER = MemorySigner(METHOD, generate(KeyType.P256))
ODD: list[Any] = [None, True, -1, 1e300, "", [], {}, {"id": []}, {"jwk": {"d": 1}}]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
SD_CLAIMS: Json = {"iss": ISSUER_DID, "vct": "https://issuer.example/skill", "name": "x"}


def vc_jwt(header: Json, claims: Json) -> str:
    named = {"typ": "vc+jwt", "kid": METHOD, **header}
    return jws.sign(named, write(sample_credential() | claims), SIGNER)


def badge(header: Json, claims: Json) -> str:
    view = sample_credential()
    same = {"iss": ISSUER_DID, "jti": view["id"], "nbf": 1, "exp": 2}
    return jws.sign({"kid": METHOD, **header}, write(view | same | claims), BADGE_SIGNER)


def sd_jwt(header: Json, claims: Json) -> str:
    named = {"typ": "dc+sd-jwt", "kid": METHOD, **header}
    return jws.sign(named, write(SD_CLAIMS | claims), SIGNER) + "~"


FORMS = {"vc_jwt": vc_jwt, "badge": badge, "sd_jwt": sd_jwt}
CLAIMS = (
    "iss",
    "sub",
    "jti",
    "nbf",
    "exp",
    "iat",
    "id",
    "issuer",
    "credentialSubject",
    "_sd",
    "_sd_alg",
    "cnf",
    "status",
    "vct",
    "vc",
    "@context",
    "type",
    "validFrom",
)
HEADER = ("typ", "cty", "kid", "jwk", "iss", "crit", "x5c")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_claims_and_headers_are_judged(form: str, odd: object) -> None:
    for name in CLAIMS:
        assert judged(FORMS[form]({}, {name: odd}), honest_shelf()).verdict in Verdict
    for name in HEADER:
        assert judged(FORMS[form]({name: odd}, {}), honest_shelf()).verdict in Verdict


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40)
@given(name=st.sampled_from(CLAIMS), value=ANY_JSON)
def test_any_json_in_a_claim_is_judged(form: str, name: str, value: object) -> None:
    assert judged(FORMS[form]({}, {name: value}), honest_shelf()).verdict in Verdict
