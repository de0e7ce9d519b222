"""The dearest documents that a stranger can think of, each within the limits of a request.

The issuer is a DID that is its own key, so that nothing stands between the stranger and the work.
"""

import json
from typing import Any, Final

import pytest
from world.attacks import (
    Surface,
    assert_a_clear_no,
    assert_refused_everywhere,
    did_of,
    empty_proof,
    stranger,
    within_memory,
)
from world.credentials import NOON, sample_credential, signed_sample
from world.processor import SECOND

from keys import multibase
from keys.public_key import KeyType
from proofs.errors import CanonicalizationRefused, TooManyProofs
from proofs.limits import Limits
from proofs.rdf import dataset, expanded
from proofs.secure import Wish, add_proof
from proofs.size import Size
from proofs.suites import SUITES
from proofs.verify import read_proofs
from schemas.contexts import OB_V3, VC_V2
from schemas.document import Document, write

Json = dict[str, Any]
AUTHOR: Final = stranger()
AUTHOR_P256: Final = stranger(KeyType.P256)
LIMITS: Final = Limits()
MANY: Final = LIMITS.values - 400
HEAVY: Final[dict[str, Json]] = {
    "one set of very many texts": {"tag": [f"t{n}" for n in range(MANY)]},
    "very many nodes with names": {
        "evidence": [{"id": f"urn:x:{n}", "type": "Evidence"} for n in range(MANY // 3)]
    },
    "very many nodes without": {
        "evidence": [{"type": "Evidence", "name": f"n{n}"} for n in range(1_000)]
    },
    "very many nodes with contexts of their types": {
        "credentialSubject": [
            {"type": "AchievementSubject", "achievement": {"type": "Achievement", "name": f"n{n}"}}
            for n in range(500)
        ]
    },
    "contexts again and again": {"@context": [VC_V2] * 90 + [OB_V3]},
    "contexts in every place": {
        "evidence": [
            {"@context": [VC_V2, OB_V3], "type": "Evidence", "name": f"n{n}"} for n in range(45)
        ]
    },
    "very many types": {"type": ["VerifiableCredential", *(f"urn:t:{n}" for n in range(MANY))]},
    "very many words of its own": {
        "@context": [VC_V2, {f"t{n}": f"https://e.example/{n}" for n in range(MANY // 2)}],
        **{f"t{n}": "x" for n in range(MANY // 2)},
    },
    "a text of half a megabyte": {"description": "x" * 500_000},
    "an identifier of half a megabyte": {"id": "urn:x:" + "x" * 500_000},
    "a name of half a megabyte": {"x" * 500_000: "y"},
    "twice the values that are read": {"tag": [f"t{n}" for n in range(2 * LIMITS.values)]},
    "ten times the contexts that are read": {"@context": [VC_V2] * 10 * LIMITS.contexts},
    "far too many values for a request": {"tag": [f"t{n}" for n in range(50_000)]},
}


def heavy(over: Json, author: str = did_of(AUTHOR)) -> Json:
    document = sample_credential(issuer=author)
    for name in ("credentialStatus", "credentialSchema", "relatedResource"):
        del document[name]
    if "tag" in over:
        document["credentialSubject"]["achievement"] |= over
        return document
    return document | over


def with_proofs(document: Json, number: int) -> Json:
    return document | {"proof": [empty_proof(AUTHOR)] * number}


@pytest.mark.parametrize("number", [1, LIMITS.proofs, 100])
@pytest.mark.parametrize("over", HEAVY.values(), ids=HEAVY)
def test_it_is_answered_in_time_however_many_proofs_it_has(
    verifier: Surface, over: Json, number: int
) -> None:
    assert_refused_everywhere(verifier, with_proofs(heavy(over), number))


@pytest.mark.parametrize("suite", [n for n, each in SUITES.items() if not each.deprecated])
@pytest.mark.parametrize("over", HEAVY.values(), ids=HEAVY)
def test_it_is_answered_in_time_by_every_suite(verifier: Surface, over: Json, suite: str) -> None:
    author = AUTHOR_P256 if suite.startswith("ecdsa") else AUTHOR
    proof = empty_proof(author, suite)
    assert_refused_everywhere(verifier, heavy(over, did_of(author)) | {"proof": proof})


@pytest.mark.parametrize("over", HEAVY.values(), ids=HEAVY)
def test_it_stays_within_memory(verifier: Surface, over: Json) -> None:
    document = with_proofs(heavy(over), LIMITS.proofs)
    with within_memory():
        verifier.judge(document)


def test_a_disclosure_of_very_many_signatures_is_answered_in_time(verifier: Surface) -> None:
    document = heavy({"tag": [f"t{n}" for n in range(1_400)]}, did_of(AUTHOR_P256))
    base = add_proof(document, AUTHOR_P256, NOON, Wish(cryptosuite="ecdsa-sd-2023"))
    assert_refused_everywhere(verifier, base)
    again = [dict(base["proof"]) for _ in range(LIMITS.proofs)]
    assert_refused_everywhere(verifier, document | {"proof": again})


@pytest.mark.parametrize("length", [1_000, 100_000, 500_000])
def test_a_long_proof_value_is_refused_in_time(verifier: Surface, length: int) -> None:
    for letter in "zu":
        for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-sd-2023"):
            author = AUTHOR_P256 if suite.startswith("ecdsa") else AUTHOR
            proof = empty_proof(author, suite, value=letter + "A" * length)
            document = heavy({}, did_of(author)) | {"proof": proof}
            if len(write(document)) < 500_000:
                assert_refused_everywhere(verifier, document)


def test_cbor_that_promises_more_than_it_has_is_refused(verifier: Surface) -> None:
    """A length of 2^60 in a few bytes; nesting without end."""
    for data in (b"\x9b\x10" + b"\0" * 7, b"\x5b\x10" + b"\0" * 7, b"\x81" * 20_000, b"\x9f" * 90):
        value = multibase.encode_base64url(b"\xd9\x5d\x01" + data)
        proof = empty_proof(AUTHOR_P256, "ecdsa-sd-2023", value=value)
        document = heavy({}, did_of(AUTHOR_P256)) | {"proof": proof}
        assert_refused_everywhere(verifier, document)
        with within_memory():
            verifier.judge(document)


# ---------------------------------------------------------------- the limits themselves


def test_the_limit_on_values_is_exact_and_told_with_its_number() -> None:
    document = heavy({})
    room = LIMITS.values - Size.of(document).values
    document["credentialSubject"]["achievement"]["tag"] += [f"t{n}" for n in range(room)]
    assert expanded(document)
    document["credentialSubject"]["achievement"]["tag"].append("one more")
    with pytest.raises(CanonicalizationRefused, match=f"{LIMITS.values + 1} values; at most"):
        expanded(document)


@pytest.mark.parametrize(
    "over",
    [
        {"tag": [f"t{n}" for n in range(LIMITS.values // 3)]},
        {"@context": [*[VC_V2] * (LIMITS.contexts // 3), OB_V3]},
    ],
    ids=["values", "contexts"],
)
def test_what_is_read_again_for_each_proof_counts_again(over: Json) -> None:
    document = heavy(over)
    read_proofs(Document.read(write(with_proofs(document, 2))))
    with pytest.raises(CanonicalizationRefused, match="each time that it is read"):
        read_proofs(Document.read(write(with_proofs(document, 4))))


def test_the_limit_on_contexts_is_exact() -> None:
    contexts = [VC_V2] * (LIMITS.contexts - 1)
    assert dataset(heavy({"@context": [*contexts, OB_V3]}))
    with pytest.raises(CanonicalizationRefused, match=f"{LIMITS.contexts + 1} contexts"):
        dataset(heavy({"@context": [VC_V2, *contexts, OB_V3]}))
    own = [{f"t{n}": f"https://e.example/{n}"} for n in range(LIMITS.contexts)]
    with pytest.raises(CanonicalizationRefused, match="contexts"):
        dataset(heavy({"@context": [VC_V2, OB_V3, *own]}))


def test_the_limit_on_proofs_is_exact() -> None:
    read_proofs(Document.read(write(with_proofs(heavy({}), LIMITS.proofs))))
    with pytest.raises(TooManyProofs, match=f"at most {LIMITS.proofs}"):
        read_proofs(Document.read(write(with_proofs(heavy({}), LIMITS.proofs + 1))))


def test_an_honest_credential_is_far_from_every_limit(verifier: Surface) -> None:
    """Ten times what our own has may be signed four times over."""
    honest: Json = json.loads(signed_sample())
    assert Size.of(honest).values * 4 * 5 < LIMITS.values
    answer = verifier.judge(honest)
    assert answer.verdict == "confirmed"
    assert answer.seconds < SECOND / 2


def test_the_whole_shelf_of_a_stranger_is_answered_in_time(verifier: Surface) -> None:
    """What a link leads to is held to the same limits."""
    url = "https://stranger.example/c"
    for over in HEAVY.values():
        verifier.shelf.put(url, write(with_proofs(heavy(over), 4)), "application/vc")
        assert_a_clear_no(verifier.judge(url))
