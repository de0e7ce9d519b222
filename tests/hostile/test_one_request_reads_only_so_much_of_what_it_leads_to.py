"""Presentations whose credentials lead to as much of a stranger's as they can.

Each list, schema and log is within its own limit; it is their number that would cost.
"""

import json
from datetime import timedelta
from typing import Any, Final

from world.attacks import PROBLEM, Answer, Surface, did_of, empty_proof, stranger
from world.credentials import NOON
from world.did_webvh import OTHER, START, History
from world.processor import SECOND

from keys.memory import MemorySigner
from proofs.limits import Limits
from proofs.secure import secure
from proofs.status import Purpose, StatusList, status_list_credential
from schemas.contexts import VC_V2
from schemas.document import write
from verifier.allowance import TOO_MUCH
from verifier.presentations import MOST_CREDENTIALS
from verifier.published_forms import MOST_FORMS
from verifier.status_lists import MOST_ENTRIES

Json = dict[str, Any]
AUTHOR: Final = stranger()
SITE: Final = "https://stranger.example"
WORDS: Final[Json] = {
    "@context": [VC_V2, {f"t{n}": f"https://e.example/{n}" for n in range(2_000)}],
    **{f"t{n}": "x" for n in range(2_000)},
}


def credential(number: int, **over: object) -> Json:
    return {
        "@context": [VC_V2],
        "id": f"urn:x:{number}",
        "type": ["VerifiableCredential"],
        "issuer": did_of(AUTHOR),
        "validFrom": "2026-03-03T11:00:00Z",
        "credentialSubject": {"id": "did:example:somebody"},
    } | over


def presented(verifier: Surface, credentials: list[Json]) -> Answer:
    presentation = {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "holder": did_of(AUTHOR),
        "verifiableCredential": credentials,
    }
    return verifier.present(secure(presentation, AUTHOR, NOON, purpose="authentication"))


def with_lists(verifier: Surface, published: bytes, each: int = MOST_ENTRIES) -> list[Json]:
    """Credentials that all point at lists of their own; the addresses differ, the lists do not."""
    made = []
    for number in range(MOST_CREDENTIALS):
        urls = [f"{SITE}/status/{number}/{n}" for n in range(each)]
        for url in urls:
            verifier.shelf.put(url, published, "application/vc")
        entries = [
            {
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "7",
                "statusListCredential": url,
            }
            for url in urls
        ]
        made.append(secure(credential(number, credentialStatus=entries), AUTHOR, NOON))
    return made


def status_list(**over: object) -> Json:
    """A list that says nothing of its address, so that it can be served at many."""
    made = status_list_credential(
        id="urn:x:list",
        issuer=did_of(AUTHOR),
        status_list=over.pop("bits", StatusList.blank(Purpose.REVOCATION)),  # type: ignore[arg-type]
        valid_from=NOON,
        valid_until=None,
        ttl_ms=None,
    )
    del made["id"]
    return made | over


def details(answer: Answer) -> str:
    return json.dumps(answer.body)


def assert_no_more_was_read(answer: Answer, said: str) -> None:
    assert answer.seconds < SECOND
    assert answer.status == 400
    assert answer.media_type == PROBLEM
    assert said in details(answer)


def test_an_honest_holder_may_show_as_many_with_two_lists_each(verifier: Surface) -> None:
    published = write(secure(status_list(), AUTHOR, NOON))
    answer = presented(verifier, with_lists(verifier, published, each=2))
    assert answer.status == 200
    assert answer.seconds < SECOND


def test_lists_full_of_words_of_their_own(verifier: Surface) -> None:
    published = write(status_list(**WORDS) | {"proof": empty_proof(AUTHOR)})
    answer = presented(verifier, with_lists(verifier, published))
    assert_no_more_was_read(answer, f"at most {Limits().values} are canonicalized")


def test_lists_full_of_contexts(verifier: Surface) -> None:
    evidence = [{"@context": [VC_V2], "type": "Evidence", "name": f"n{n}"} for n in range(90)]
    published = write(status_list(evidence=evidence) | {"proof": empty_proof(AUTHOR)})
    answer = presented(verifier, with_lists(verifier, published))
    assert_no_more_was_read(answer, f"at most {Limits().contexts} are canonicalized")


def test_lists_that_are_none(verifier: Surface) -> None:
    published = json.dumps({"x": [1] * 99_000, "y": "a" * 1_700_000}).encode()
    assert_no_more_was_read(presented(verifier, with_lists(verifier, published)), TOO_MUCH)


def test_lists_that_are_packed_as_tightly_as_they_may(verifier: Surface) -> None:
    bits = StatusList(Purpose.REVOCATION, bytes(Limits().decompressed_bytes))
    published = write(secure(status_list(bits=bits), AUTHOR, NOON))
    assert_no_more_was_read(presented(verifier, with_lists(verifier, published)), TOO_MUCH)


def test_schemas_that_take_long_to_compile(verifier: Surface) -> None:
    member = {"type": "object", "properties": {"a": {"type": "string", "pattern": "^a+b{2,20}$"}}}
    credentials = []
    for number in range(MOST_CREDENTIALS):
        named = [
            {"id": f"{SITE}/form/{number}/{n}", "type": "JsonSchema"} for n in range(MOST_FORMS)
        ]
        for form in named:
            schema = {"title": form["id"], "$defs": {f"d{n}": member for n in range(900)}}
            verifier.shelf.put(form["id"], write(schema), "application/schema+json")
        credentials.append(secure(credential(number, credentialSchema=named), AUTHOR, NOON))
    answer = presented(verifier, credentials)
    assert answer.seconds < SECOND
    assert TOO_MUCH in details(answer)


def test_logs_full_of_numbers(verifier: Surface) -> None:
    credentials = []
    for number in range(MOST_CREDENTIALS):
        host = f"h{number}.example"
        history = History.begin(host=host, state={"x": [1.5] * 4_500})
        history.add(at=START + timedelta(hours=1))
        address = f"https://{host}/.well-known/did.jsonl"
        verifier.shelf.put(address, history.log, "text/jsonl")
        who = MemorySigner(f"{history.did}#key", OTHER.private)
        credentials.append(secure(credential(number, issuer=history.did), who, NOON))
    assert verifier.verify(credentials[0]).status == 200
    assert_no_more_was_read(presented(verifier, credentials), TOO_MUCH)
