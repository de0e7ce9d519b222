"""did:webvh 1.0: one history, written by those who may, and nothing else."""

import copy
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from world.did_webvh import (
    ANNA,
    BERT,
    CARL,
    FINE,
    KEY,
    NOW,
    OTHER,
    SCID,
    START,
    THIRD,
    History,
    Json,
    announced,
    document,
    found,
    multikey,
    new_key,
    proof,
    witness,
    written,
)

from keys import did_key
from keys.controller import Relationship
from keys.errors import (
    ControllerMismatch,
    Deactivated,
    InvalidDidLog,
    KeyFault,
    MalformedDid,
    MethodNotFound,
    MethodNotSupported,
)
from keys.public_key import KeyType
from proofs.did_webvh import log_url, may_be_witnessed, resolve, witness_url
from proofs.did_webvh.log import MOST_VALUES
from proofs.size import Size

# Where it is


@pytest.mark.parametrize(
    ("rest", "folder"),
    [
        ("guild.example", "https://guild.example/.well-known/"),
        ("issuer.guild.example", "https://issuer.guild.example/.well-known/"),
        ("guild.example:dids:issuer", "https://guild.example/dids/issuer/"),
        ("guild.example%3A3000:dids:issuer", "https://guild.example:3000/dids/issuer/"),
        ("localhost%3A8000", "https://localhost:8000/.well-known/"),
    ],
)
def test_the_log_and_its_witnesses_are_side_by_side(rest: str, folder: str) -> None:
    did = f"did:webvh:{SCID}:{rest}"
    assert log_url(did, loopback_http=False) == f"{folder}did.jsonl"
    assert witness_url(did, loopback_http=False) == f"{folder}did-witness.json"


def test_plain_http_is_only_for_this_machine_and_only_when_allowed() -> None:
    for host in ("localhost", "127.0.0.1"):
        local = f"did:webvh:{SCID}:{host}%3A8000"
        assert log_url(local, loopback_http=True).startswith(f"http://{host}:8000/")
        assert witness_url(local, loopback_http=True).startswith(f"http://{host}:8000/")
    assert log_url(FINE, loopback_http=True).startswith("https://")


@pytest.mark.parametrize(
    "rest",
    [
        "127.0.0.1",
        "127.0.0.1%3a8080",
        "10.1.2.3:dids",
        "127%2E0%2E0%2E1",
        "2130706433",
        "0x7f.1",
        "guild.example:..:secret",
        "guild.example:%2e%2e",
        "guild.example%2Fpath",
        "guild.example%23x",
        "user%40guild.example",
        "",
    ],
)
def test_a_did_webvh_cannot_lead_astray(rest: str) -> None:
    with pytest.raises(MalformedDid):
        log_url(f"did:webvh:{SCID}:{rest}", loopback_http=False)


@pytest.mark.parametrize(
    "did",
    [
        "did:webvh:guild.example",
        f"did:webvh:{SCID}",
        f"did:webvh:{SCID[:-1]}0:guild.example",
        f"did:webvh:{SCID[:-1]}:guild.example",
        f"{FINE}#key",
    ],
)
def test_a_did_webvh_begins_with_its_hash(did: str) -> None:
    with pytest.raises(MalformedDid):
        log_url(did, loopback_http=False)
    with pytest.raises(MalformedDid):
        resolve(did, b"", NOW)


def test_no_other_method_has_a_log() -> None:
    with pytest.raises(MethodNotSupported):
        log_url("did:web:guild.example", loopback_http=False)
    with pytest.raises(MethodNotSupported):
        resolve("did:web:guild.example", History.begin().log, NOW)


# What it says


def test_a_log_of_one_entry_is_a_document() -> None:
    history = History.begin()
    assert history.check() == document(history.did)
    key = resolve(history.did, history.log, NOW).key_for(
        f"{history.did}#key", Relationship.ASSERTION
    )
    assert key.public_key == OTHER.public_key


def test_the_last_entry_is_the_document() -> None:
    history = History.begin().add()
    changed = document(history.did) | {"assertionMethod": []}
    assert history.add(state=changed).check() == changed


def test_the_last_line_may_lack_its_end() -> None:
    history = History.begin().add()
    assert found(history.did, history.log.rstrip()) == history.check()


def test_one_proof_may_stand_without_a_list() -> None:
    history = History.begin()
    history.entries[0]["proof"] = history.entries[0]["proof"][0]
    history.check()


def test_every_parameter_may_be_given_with_its_default() -> None:
    usual = {
        "nextKeyHashes": [],
        "witness": {},
        "watchers": [],
        "portable": False,
        "deactivated": False,
        "ttl": 3600,
    }
    History.begin(**usual).add(**usual).check()


def test_null_of_early_logs_is_the_default() -> None:
    absent = {"nextKeyHashes": None, "witness": None, "watchers": None, "ttl": None}
    History.begin(**absent).add(**absent).check()


@pytest.mark.parametrize("at", ["2026-02-01T00:00:00.123456789Z", "2026-02-01T00:00:00+00:00"])
def test_time_may_be_written_in_any_way_that_is_utc(at: str) -> None:
    History.begin().add(at=at).check()


def test_the_hash_may_be_part_of_the_address() -> None:
    history = History.begin(host="guild.example:{SCID}")
    assert history.did == f"did:webvh:{history.scid}:guild.example:{history.scid}"
    history.check()


# Who may write it


def test_keys_change_from_the_next_entry_on() -> None:
    history = History.begin().add(updateKeys=[multikey(OTHER)])
    history.add(by=OTHER).check()


def test_any_of_the_keys_may_sign() -> None:
    History.begin(updateKeys=[multikey(KEY), multikey(OTHER)]).add(by=OTHER).add(by=KEY).check()


def test_a_key_that_was_replaced_signs_nothing_more() -> None:
    with pytest.raises(InvalidDidLog, match="entry 3"):
        History.begin().add(updateKeys=[multikey(OTHER)]).add(by=KEY).check()


def test_a_new_key_does_not_sign_its_own_arrival() -> None:
    with pytest.raises(InvalidDidLog, match="entry 2"):
        History.begin().add(by=OTHER, updateKeys=[multikey(OTHER)]).check()


def test_nobody_signs_when_there_are_no_keys() -> None:
    with pytest.raises(InvalidDidLog, match="entry 3"):
        History.begin().add(updateKeys=[]).add().check()
    with pytest.raises(InvalidDidLog, match="entry 1"):
        History.begin(updateKeys=[]).check()


def test_the_first_entry_is_signed_by_its_own_key() -> None:
    with pytest.raises(InvalidDidLog, match="entry 1"):
        History.begin(by=OTHER).check()


def test_announced_keys_take_over_at_once() -> None:
    history = History.begin(nextKeyHashes=announced(OTHER, ANNA))
    history.add(by=OTHER, updateKeys=[multikey(OTHER)], nextKeyHashes=announced(THIRD))
    history.add(by=THIRD, updateKeys=[multikey(THIRD)], nextKeyHashes=announced(BERT)).check()


def test_announcing_can_be_ended() -> None:
    history = History.begin(nextKeyHashes=announced(OTHER))
    history.add(by=OTHER, updateKeys=[multikey(OTHER)], nextKeyHashes=[])
    history.add(by=OTHER, updateKeys=[multikey(THIRD)])
    history.add(by=THIRD).check()


@pytest.mark.parametrize(
    "change",
    [
        {"updateKeys": [multikey(THIRD)], "nextKeyHashes": []},
        {"updateKeys": [multikey(THIRD), multikey(OTHER)], "nextKeyHashes": []},
        {"updateKeys": [multikey(KEY)], "nextKeyHashes": []},
        {"updateKeys": [multikey(OTHER)]},
        {"nextKeyHashes": announced(OTHER)},
        {"updateKeys": [], "nextKeyHashes": []},
        {},
    ],
)
def test_only_announced_keys_take_over(change: Json) -> None:
    for by in (KEY, OTHER, THIRD):
        with pytest.raises(InvalidDidLog, match="entry 2"):
            History.begin(nextKeyHashes=announced(OTHER)).add(by=by, **change).check()


def test_the_old_key_does_not_sign_for_an_announced_one() -> None:
    history = History.begin(nextKeyHashes=announced(OTHER))
    with pytest.raises(InvalidDidLog, match="entry 2"):
        history.add(by=KEY, updateKeys=[multikey(OTHER)], nextKeyHashes=[]).check()


def with_proof(**options: str) -> History:
    history = History.begin()
    unsigned = {name: value for name, value in history.entries[0].items() if name != "proof"}
    history.entries[0]["proof"] = [proof(unsigned, KEY, **options)]
    return history


@pytest.mark.parametrize(
    "options",
    [
        {"proofPurpose": "authentication"},
        {"expires": "2026-03-03T12:00:00Z"},
        {"verificationMethod": did_key.did_for(KEY.public_key)},
        {"verificationMethod": f"{did_key.did_for(KEY.public_key)}#{multikey(OTHER)}"},
        {"verificationMethod": f"{did_key.did_for(OTHER.public_key)}#{multikey(KEY)}"},
        {"verificationMethod": f"{FINE}#key"},
    ],
)
def test_a_proof_is_for_this_purpose_and_names_its_key_in_full(options: dict[str, str]) -> None:
    with pytest.raises(InvalidDidLog):
        with_proof(**options).check()


def test_a_proof_that_has_not_expired_counts() -> None:
    with_proof(expires="2026-03-03T12:00:01Z", created="2026-01-01T00:00:00Z").check()


def test_another_cryptosuite_signs_nothing() -> None:
    point = new_key(KeyType.P256)
    history = History.begin(updateKeys=[multikey(KEY), multikey(point)])
    unsigned = {name: value for name, value in history.entries[0].items() if name != "proof"}
    history.entries[0]["proof"] = [proof(unsigned, point, "ecdsa-jcs-2019")]
    with pytest.raises(InvalidDidLog, match="eddsa-jcs-2022"):
        history.check()
    history.entries[0]["proof"] = [proof(unsigned, KEY) | {"cryptosuite": "eddsa-rdfc-2022"}]
    with pytest.raises(InvalidDidLog, match="eddsa-jcs-2022"):
        history.check()


def test_every_proof_of_an_entry_must_hold() -> None:
    history = History.begin()
    good = history.entries[0]["proof"][0]
    unsigned = {name: value for name, value in history.entries[0].items() if name != "proof"}
    for proofs in ([good, proof(unsigned, OTHER)], [good] * 5, [], None, [None], ["x"]):
        history.entries[0]["proof"] = proofs
        with pytest.raises(InvalidDidLog):
            history.check()


# What binds it together


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, (dict, list)) and value:
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for name, member in members:
            yield from leaves(member, (*path, name))
    else:
        yield path


def altered(value: object) -> object:
    match value:
        case str():
            return value[:-1] + ("a" if value[-1:] != "a" else "b")
        case bool():
            return not value
        case int():
            return value + 1
        case _:
            return ["a"]


def test_nothing_in_any_entry_can_be_changed() -> None:
    history = History.begin(portable=True, ttl=5, watchers=["https://watch.example"])
    history.add(updateKeys=[multikey(OTHER)]).add(by=OTHER)
    history.check()
    did = history.did
    for path in leaves(history.entries):
        changed = copy.deepcopy(history.entries)
        at: Any = changed
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = altered(at[path[-1]])
        with pytest.raises(KeyFault):
            found(did, History(history.scid, changed).log)


@pytest.mark.parametrize("order", [(1, 2), (0, 2), (1, 0, 2), (0, 2, 1), (0, 1, 1, 2), (0, 0)])
def test_entries_cannot_be_dropped_repeated_or_reordered(order: tuple[int, ...]) -> None:
    history = History.begin().add().add()
    with pytest.raises(InvalidDidLog):
        found(history.did, History(history.scid, [history.entries[i] for i in order]).log)


def test_entries_of_another_log_do_not_fit() -> None:
    history, other = History.begin().add(), History.begin(ttl=1).add()
    with pytest.raises(InvalidDidLog, match="entry 1"):
        found(history.did, other.log)
    with pytest.raises(InvalidDidLog, match="entry 2"):
        found(history.did, History("", [history.entries[0], other.entries[1]]).log)


def test_the_did_is_the_hash_of_the_first_entry() -> None:
    with pytest.raises(InvalidDidLog, match="SCID is not the hash"):
        History.begin(scid=SCID).check()
    with pytest.raises(InvalidDidLog, match=r"parameters\.scid"):
        History.begin(without="scid").check()


def test_no_placeholder_is_left() -> None:
    history = History.begin()
    history.entries.clear()
    left = json.dumps(document(f"did:webvh:{history.scid}:guild.example") | {"note": "{SCID}"})
    entry = {
        "versionTime": written(START),
        "parameters": {
            "method": "did:webvh:1.0",
            "scid": history.scid,
            "updateKeys": [multikey(KEY)],
        },
        "state": json.loads(left),
    }
    history._append(entry, KEY)
    with pytest.raises(InvalidDidLog, match="placeholder"):
        history.check()


def test_the_document_is_that_of_the_did_that_was_asked_for() -> None:
    history = History.begin()
    with pytest.raises(ControllerMismatch):
        found(f"did:webvh:{history.scid}:elsewhere.example", history.log)


@pytest.mark.parametrize("name", [FINE, "did:web:guild.example", "did:webvh:guild.example", 7])
def test_no_entry_is_about_another_did(name: object) -> None:
    history = History.begin()
    did = history.did
    history.add(state=document(did) | {"id": name})
    with pytest.raises(InvalidDidLog, match="entry 2"):
        found(did, history.log)
    with pytest.raises(InvalidDidLog, match="entry 1"):
        found(did, History.begin(state={"id": name}).log)


@pytest.mark.parametrize(
    "at",
    [
        START,
        START - timedelta(seconds=1),
        NOW + timedelta(minutes=6),
        "2026-02-01T00:00:00+01:00",
        "2026-02-01T00:00:00",
        "2026-02-30T00:00:00Z",
        "2026-02-01",
        "20260201T000000Z",
        "",
    ],
)
def test_time_goes_forward_and_not_past_now(at: datetime | str) -> None:
    history = History.begin()
    entry = {"versionTime": at if isinstance(at, str) else written(at), "parameters": {}}
    history._append({**entry, "state": history.entries[0]["state"]}, KEY)
    with pytest.raises(InvalidDidLog, match="versionTime"):
        history.check()


def test_a_clock_may_be_a_little_ahead() -> None:
    History.begin(at=NOW + timedelta(minutes=5)).check()
    with pytest.raises(InvalidDidLog, match="entry 1"):
        History.begin(at=NOW + timedelta(minutes=5, seconds=1)).check()


# Which rules it sets


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("method", "did:webvh:0.5"),
        ("method", "did:webvh:1.1"),
        ("method", "did:webvh:99.0"),
        ("method", None),
        pytest.param("updateKeys", multikey(KEY), id="updateKeys-no list"),
        ("updateKeys", [7]),
        ("updateKeys", [multikey(KEY)] * 101),
        ("nextKeyHashes", "Qm"),
        ("nextKeyHashes", [None]),
        ("watchers", {}),
        ("portable", "true"),
        ("portable", None),
        ("deactivated", 0),
        ("ttl", "3600"),
        ("ttl", -1),
        ("ttl", 2**31 + 1),
        ("ttl", True),
        ("ttl", 1.5),
        ("witness", []),
        ("witness", {"threshold": 0, "witnesses": []}),
        ("witness", witness(0, ANNA)),
        ("witness", witness(2, ANNA)),
        ("witness", witness(2, ANNA, ANNA)),
        ("witness", witness(1, ANNA) | {"threshold": True}),
        ("witness", witness(1, ANNA) | {"threshold": "1"}),
        ("witness", witness(1, ANNA) | {"more": 1}),
        ("witness", {"threshold": 1}),
        ("witness", {"witnesses": witness(1, ANNA)["witnesses"]}),
        ("witness", {"threshold": 1, "witnesses": [{"id": "did:web:guild.example"}]}),
        ("witness", {"threshold": 1, "witnesses": [did_key.did_for(ANNA.public_key)]}),
        ("witness", {"threshold": 1, "witnesses": [{"id": 7}, {}]}),
        ("prerotation", True),
    ],
)
def test_a_rule_is_one_of_the_method_and_of_its_kind(member: str, value: object) -> None:
    for history in (History.begin(**{member: value}), History.begin().add(**{member: value})):
        with pytest.raises(InvalidDidLog, match=rf"parameters\..*{member}"):
            history.check()


@pytest.mark.parametrize("member", ["method", "scid", "updateKeys"])
def test_the_first_entry_says_method_hash_and_keys(member: str) -> None:
    with pytest.raises(InvalidDidLog, match=rf"parameters\.{member}"):
        History.begin(without=member).check()


def test_the_hash_is_said_once() -> None:
    history = History.begin()
    with pytest.raises(InvalidDidLog, match="only be in the first entry"):
        history.add(scid=history.scid).check()


def test_the_method_may_be_said_again() -> None:
    History.begin().add(method="did:webvh:1.0").check()


# Whether it was witnessed


def test_enough_witnesses_are_enough() -> None:
    history = History.begin(witness=witness(2, ANNA, BERT, CARL))
    history.check(history.approved(ANNA, CARL, number=1))
    history.check(history.approved(ANNA, number=1), history.approved(BERT, number=1))


def test_too_few_witnesses_are_too_few() -> None:
    history = History.begin(witness=witness(2, ANNA, BERT, CARL))
    for approvals in (
        [history.approved(ANNA, number=1)],
        [history.approved(ANNA, ANNA, number=1)],
        [history.approved(ANNA, number=1), history.approved(ANNA, number=1)],
        [history.approved(ANNA, OTHER, number=1)],
        [{"versionId": history.entries[0]["versionId"]}],
    ):
        with pytest.raises(InvalidDidLog, match="that it needs"):
            history.check(*approvals)


def test_without_their_file_nothing_is_witnessed() -> None:
    history = History.begin(witness=witness(1, ANNA))
    with pytest.raises(InvalidDidLog, match="witnessed"):
        history.check()
    with pytest.raises(InvalidDidLog, match="that it needs"):
        found(history.did, history.log, b"[]")


def test_who_approves_a_version_approves_those_before() -> None:
    history = History.begin(witness=witness(2, ANNA, BERT)).add().add()
    history.check(history.approved(ANNA, BERT, number=3))
    history.check(history.approved(ANNA, number=3), history.approved(ANNA, BERT, number=3))


def test_who_approves_a_version_does_not_approve_those_after() -> None:
    history = History.begin(witness=witness(1, ANNA)).add()
    with pytest.raises(InvalidDidLog, match="entry 2 has"):
        history.check(history.approved(ANNA, number=1))


def test_new_witnesses_count_from_the_next_entry_on() -> None:
    history = History.begin(witness=witness(1, ANNA)).add(witness=witness(1, BERT))
    history.check(history.approved(ANNA, number=2))
    with pytest.raises(InvalidDidLog, match="entry 1 has"):
        history.check(history.approved(BERT, number=2))
    history.add()
    history.check(history.approved(ANNA, number=2), history.approved(BERT, number=3))
    with pytest.raises(InvalidDidLog, match="entry 3 has"):
        history.check(history.approved(ANNA, number=3), history.approved(BERT, number=2))


def test_the_first_witnesses_count_at_once() -> None:
    history = History.begin().add(witness=witness(1, ANNA))
    history.check(history.approved(ANNA, number=2))
    with pytest.raises(InvalidDidLog, match="witnessed"):
        history.check()


def test_dismissing_the_witnesses_is_still_witnessed() -> None:
    history = History.begin(witness=witness(1, ANNA)).add(witness={})
    with pytest.raises(InvalidDidLog, match="entry 2 has"):
        history.check(history.approved(ANNA, number=1))
    history.check(history.approved(ANNA, number=2))
    history.add().check(history.approved(ANNA, number=2))


def test_approvals_of_what_is_not_published_yet_are_passed_over() -> None:
    history = History.begin(witness=witness(1, ANNA))
    longer = History(history.scid, list(history.entries)).add()
    unpublished = longer.approved(ANNA, number=2)
    history.check(history.approved(ANNA, number=1), unpublished)
    with pytest.raises(InvalidDidLog, match="that it needs"):
        history.check(unpublished)


def test_approvals_of_another_did_are_passed_over() -> None:
    history = History.begin(witness=witness(1, ANNA)).add()
    other = History.begin(witness=witness(1, ANNA), ttl=1).add().add()
    lifted = other.approved(ANNA, number=3)
    with pytest.raises(InvalidDidLog, match="that it needs"):
        history.check(lifted)
    with pytest.raises(InvalidDidLog, match="that it needs"):
        history.check(lifted | {"versionId": history.entries[1]["versionId"]})


def test_approvals_that_do_not_hold_are_passed_over() -> None:
    history = History.begin(witness=witness(1, ANNA, BERT))
    bad = history.approved(ANNA, number=1)
    signed = {"versionId": bad["versionId"]}
    bad["proof"][0]["created"] = "2026-01-01T00:00:00Z"
    bad["proof"] += [None, {}, proof(signed, ANNA, proofPurpose="authentication")]
    bad["proof"] += [proof(signed, BERT, expires="2026-03-01T00:00:00Z")]
    with pytest.raises(InvalidDidLog, match="that it needs"):
        history.check(bad)
    history.check(bad, history.approved(ANNA, number=1))
    history.check(history.approved(BERT, number=1), bad)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"{}",
        b"null",
        b"[7]",
        b"[{}]",
        b'[{"versionId": 7, "proof": []}]',
        b'[{"versionId": "1-x", "proof": {}}]',
        b'[],"approvals":[]',
        b'[],"more":[]',
        b"[]}",
        b'[{"versionId": "1-x", "proof": [' + b",".join([b"7"] * 1_001) + b"]}]",
        b'[{"versionId": "1-x", "versionId": "1-y", "proof": []}]',
    ],
)
def test_what_the_witnesses_signed_is_read_strictly(file: bytes) -> None:
    history = History.begin(witness=witness(1, ANNA))
    with pytest.raises(InvalidDidLog, match="witnesses"):
        found(history.did, history.log, file)


def test_where_nobody_has_to_witness_nobody_is_asked() -> None:
    history = History.begin()
    assert not may_be_witnessed(history.log)
    found(history.did, history.log, b"not even JSON")
    assert may_be_witnessed(History.begin(witness=witness(1, ANNA)).log)


# Whether it moved, or ended


def moved(did: str, host: str) -> Json:
    there = f"{did.rpartition(':')[0]}:{host}"
    return document(there) | {"alsoKnownAs": [did]}


def test_a_portable_did_can_move() -> None:
    history = History.begin(portable=True)
    old = history.did
    history.add(state=moved(old, "elsewhere.example")).add()
    assert history.did.endswith(":elsewhere.example")
    assert history.check()["alsoKnownAs"] == [old]


def test_the_old_name_of_a_did_that_moved_has_no_keys_any_more() -> None:
    history = History.begin(portable=True)
    old = history.did
    history.add(state=moved(old, "elsewhere.example"))
    with pytest.raises(ControllerMismatch):
        found(old, history.log)
    with pytest.raises(MethodNotFound):
        resolve(history.did, history.log, NOW).key_for(f"{old}#key", Relationship.ASSERTION)


def test_a_did_that_is_not_portable_stays() -> None:
    for history in (History.begin(), History.begin(portable=False)):
        with pytest.raises(InvalidDidLog, match="not portable"):
            history.add(state=moved(history.did, "elsewhere.example")).check()


def test_only_the_first_entry_makes_a_did_portable() -> None:
    with pytest.raises(InvalidDidLog, match="portable"):
        History.begin().add(portable=True).check()
    with pytest.raises(InvalidDidLog, match="portable"):
        History.begin(portable=True).add(portable=False).add(portable=True).check()
    History.begin(portable=True).add(portable=True).check()


def test_a_did_that_gave_up_moving_stays() -> None:
    history = History.begin(portable=True).add(portable=False)
    with pytest.raises(InvalidDidLog, match=r"entry 3.*not portable"):
        history.add(state=moved(history.did, "elsewhere.example")).check()
    history = History.begin(portable=True)
    with pytest.raises(InvalidDidLog, match=r"entry 2.*not portable"):
        history.add(portable=False, state=moved(history.did, "elsewhere.example")).check()


def test_a_did_takes_its_old_name_along() -> None:
    for aliases in ([], [FINE], None, "did"):
        history = History.begin(portable=True)
        state = moved(history.did, "elsewhere.example") | {"alsoKnownAs": aliases}
        with pytest.raises(InvalidDidLog, match="alsoKnownAs"):
            history.add(state=state).check()


def test_a_did_keeps_its_hash_when_it_moves() -> None:
    history = History.begin(portable=True)
    state = document(FINE) | {"alsoKnownAs": [history.did]}
    with pytest.raises(InvalidDidLog, match="SCID"):
        found(FINE.replace(SCID, history.scid), history.add(state=state).log)


def test_a_did_can_be_given_up() -> None:
    for history in (
        History.begin().add(deactivated=True, updateKeys=[]),
        History.begin().add(deactivated=True),
        History.begin(deactivated=True),
    ):
        with pytest.raises(Deactivated):
            history.check()


def test_nothing_comes_after_the_end() -> None:
    history = History.begin().add(deactivated=True)
    with pytest.raises(InvalidDidLog, match=r"entry 3.*deactivated"):
        history.add(deactivated=False).check()


def test_a_log_that_does_not_hold_ends_nothing() -> None:
    with pytest.raises(InvalidDidLog):
        History.begin().add(by=OTHER, deactivated=True).check()


# How it is read


def test_each_line_is_one_object_that_all_read_alike() -> None:
    history = History.begin().add()
    first, second = history.log.splitlines()
    twice = second.replace(b'{"versionTime"', b'{"versionTime": "", "versionTime"', 1)
    for lines in (
        [first, second[:-1]],
        [first, second[: len(second) // 2]],
        [first, twice],
        [first, b"", second],
        [first, second, b""],
        [first, b"[" + second + b"]"],
        [first, second + second],
        [first + second],
        [b"\xef\xbb\xbf" + first, second],
        [first, second.replace(b"guild", b"gu\xffld")],
        [b"[" + first, second + b"]"],
        [b""],
        [],
    ):
        with pytest.raises(InvalidDidLog):
            found(history.did, b"".join(line + b"\n" for line in lines))


@pytest.mark.parametrize("member", ["versionId", "versionTime", "parameters", "state", "proof"])
def test_an_entry_has_its_members_and_no_others(member: str) -> None:
    history = History.begin().add()
    did, entry = history.did, history.entries[1]
    for changed in (
        *({**entry, member: value} for value in (None, 7, ["x"], "x")),
        {name: value for name, value in entry.items() if name != member},
    ):
        with pytest.raises(InvalidDidLog, match="entry 2"):
            found(did, History("", [history.entries[0], changed]).log)


def test_an_entry_says_nothing_else() -> None:
    history = History.begin()
    history._append({**history.entries[0], "parameters": {}, "note": ""}, KEY)
    with pytest.raises(InvalidDidLog, match=r"entry 2.*nothing else"):
        history.check()


def test_a_log_is_long_but_not_endless() -> None:
    history = History.begin()
    while len(history.entries) < 200:
        history.add(at=START + timedelta(hours=len(history.entries)))
    history.check()
    history.add(at=START + timedelta(hours=200))
    with pytest.raises(InvalidDidLog, match="201 entries"):
        history.check()


def test_a_log_is_large_but_not_without_bound() -> None:
    history = History.begin()
    log = history.log.removesuffix(b"\n")
    lines = [log, *([b" " * 400_000] * 5)]
    whole = b"\n".join(lines)[:2_000_000]
    with pytest.raises(InvalidDidLog, match="entry 2"):
        found(history.did, whole)
    with pytest.raises(InvalidDidLog, match="the log has 2000001 bytes"):
        found(history.did, whole + b" ")


def test_a_log_says_much_but_not_without_bound() -> None:
    """Each value is put into canonical form for the hash, and again for every proof."""
    room = MOST_VALUES // 2 - Size.of(History.begin(state={"sizes": []}).entries[0]).values
    History.begin(state={"sizes": [1.5] * room}).check()
    with pytest.raises(InvalidDidLog, match=f"more than {MOST_VALUES} values"):
        History.begin(state={"sizes": [1.5] * (room + 1)}).check()
    history = History.begin(state={"sizes": [1.5] * room})
    history.entries[0]["proof"] *= 2
    with pytest.raises(InvalidDidLog, match=f"more than {MOST_VALUES} values"):
        history.check()


def test_an_entry_may_have_a_few_proofs() -> None:
    history = History.begin()
    history.entries[0]["proof"] *= 4
    history.check()


def test_lists_and_times_may_be_as_long_as_allowed() -> None:
    keys = [multikey(KEY), *(f"z{number}" for number in range(99))]
    History.begin(updateKeys=keys, ttl=0).add(ttl=2**31).check()


def test_a_thousand_approvals_are_read() -> None:
    history = History.begin(witness=witness(1, ANNA))
    approval = history.approved(ANNA, number=1)
    approval["proof"] = [7] * 999 + approval["proof"]
    history.check(approval)


def test_numbers_in_the_first_document_do_not_disturb_the_hash() -> None:
    History.begin(state={"sizes": [1, 1.5, 1e20, 1e21, 1e-7, 2**53 - 1, -0.0]}).check()
