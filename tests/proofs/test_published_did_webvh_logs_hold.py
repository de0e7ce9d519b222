"""Logs that other implementations of did:webvh 1.0 wrote, hash by hash and signature by signature.

From decentralized-identity/didwebvh-test-suite, folder `vectors`; only what differs from one
log to the next is kept here, and their hashes say whether it was put together right again.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from keys.errors import Deactivated, InvalidDidLog
from proofs.did_webvh import resolve
from schemas.document import write

Json = dict[str, Any]

NOW: Final = datetime(2026, 11, 1, tzinfo=UTC)
FIRST: Final = "z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG"
SECOND: Final = "z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf"
THIRD: Final = "z6MkvqoYXQfDDJRv8L4wKzxYeuKyVZBfi9Qo6Ro8MiLH3kDQ"
WITNESS: Final = "z6Mkrv5Cm2XCLumMPTqooLTCw6YDf421d7VdTziwrZ8vNf4L"
OTHER_WITNESS: Final = "z6MkjnHi6KJKx625x56sxudLoKdDVDABJ5VHHdXRFPUea7NP"


@dataclass(frozen=True)
class Entry:
    """What one entry says."""

    version_id: str
    time: str
    parameters: Json
    created: str
    signature: str
    key: str = FIRST
    host: str = "example.com"
    also_known_as: tuple[str, ...] = ()


def proof(key: str, created: str, signature: str) -> Json:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": created,
        "verificationMethod": f"did:key:{key}#{key}",
        "proofPurpose": "assertionMethod",
        "proofValue": signature,
    }


def of_rust(did: str, key: str) -> Json:
    name = f"{did}#{key[-8:]}"
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        **{member: [] for member in ("assertionMethod", "keyAgreement")},
        **{member: [] for member in ("capabilityDelegation", "capabilityInvocation")},
        "authentication": [name],
        "controller": did,
        "id": did,
        "verificationMethod": [method(did, name, key)],
    }


def of_java(did: str, key: str) -> Json:
    name = f"{did}#{key}"
    return {
        "@context": "https://www.w3.org/ns/did/v1",
        "id": did,
        "controller": did,
        "verificationMethod": [method(did, name, key)],
        "authentication": [name],
        "assertionMethod": [name],
    }


def method(did: str, name: str, key: str) -> Json:
    return {"id": name, "type": "Multikey", "controller": did, "publicKeyMultibase": key}


def witnesses(threshold: int, *keys: str) -> Json:
    return {"threshold": threshold, "witnesses": [{"id": f"did:key:{key}"} for key in keys]}


RUST_MADE: Final = "2026-07-29T18:15:35Z"
ROTATED: Final = (
    Entry(
        "1-QmUPj8g2FxDTpSRJugYRXJjv8w4NRYXsDPiaSkZc2ZJ18p",
        "2000-01-01T00:00:00Z",
        {
            "method": "did:webvh:1.0",
            "scid": "QmUQVmu7yyX6x9jCUH863pBacUmg8Wuu4ZZtsdfv7Uv5iD",
            "updateKeys": [FIRST],
            "nextKeyHashes": ["Qmf2V5jB2UwPcFL5bvmKed7VvY3CSQ1RXyDdtip7ufpQ3R"],
        },
        RUST_MADE,
        "z458kTudUK4v5SV8aXV5ofY1tdwa9kejhyqNBbssBj1RM9cioRbwqsvdQPYSg5wA5sc5wZbE6w58wXhYKtE6h8Cqd",
    ),
    Entry(
        "2-QmRUBVSMad4vNeSq14193UzmyEnsPATo5YFZPeRA1f7tq3",
        "2000-01-02T00:00:00Z",
        {
            "updateKeys": [SECOND],
            "nextKeyHashes": ["QmdP2WQEBfT4vht72FZ2p2X7airS3FxmaGuoHgHQoDW1u9"],
        },
        RUST_MADE,
        "z4vqPu58QN97BvbVp5FBpDM5kR4TebxhS9iS4D84kZdnLJAx8hVJsdzeGm5nKHJGJyYg3dJ64xekSwMxGRtyhFomm",
        key=SECOND,
    ),
    Entry(
        "3-QmTa52uaWAABzmTTfaKnEqpxwYNeTvuT8C2TStGZonrGKy",
        "2000-01-03T00:00:00Z",
        {
            "updateKeys": [THIRD],
            "nextKeyHashes": ["QmPz1YVUT3mXMEixAWj8J6NkiQbskFmNu3DLYQLdynmrtR"],
        },
        RUST_MADE,
        "z5V129UamJZPWzw1rLmt99uG8NUoUKtn3CoMGsnjMY3bqD6mmiLbEa4WYZFKwdnXTeCfxennDmWg92GKAECtogCLU",
        key=THIRD,
    ),
)
WITNESSED: Final = (
    Entry(
        "1-QmdhQfPp9ftyPJWraKpsfHyZMisAA4TW8SW41xWztjyXxh",
        "2000-01-01T00:00:00Z",
        {
            "method": "did:webvh:1.0",
            "scid": "QmUeSU5Vni9YSjxtVzpstHSjxJCXjMoNo7hJUAujG3Vksc",
            "updateKeys": [FIRST],
            "witness": witnesses(2, WITNESS, OTHER_WITNESS),
        },
        RUST_MADE,
        "z43wLQXK5yoiqaNbbx1V66jTTCDyHdQpKpU8zmMNJJBdBCdBvt3y64PX64s4XC3UKW6mCETdFehTw5XmJYDefW1ea",
    ),
    Entry(
        "2-QmT9zq4vRpeRfFxB5T3E93rCa4K3hGxvXGsQPFNx8Dzmka",
        "2000-01-02T00:00:00Z",
        {"witness": witnesses(1, WITNESS)},
        RUST_MADE,
        "z2bKoxuAk6vVTit1wPXDKEYWvDyMiKGiiPXtmfhVaA8FExVhT4S89GkCwJ3nupaKwejWKKGvztX3fqA1yH8MEN3VN",
    ),
)
APPROVALS: Final = {
    WITNESS: (
        "z3K96oApqwjQPDt13hrs5pNsNsXU61VfWJ1oNKzqhJCFTJhyKLCHi9qLE6mmpMrNrpiWboiekTA5hiTnU6hd5CpVW"
    ),
    OTHER_WITNESS: (
        "z3twsvpXddafkyyNwHnbf6zhXxEJ3LWD8ip7Epd81pMzosvGPVeCLhMDe3ZNzbrBZPusWiJid9LtvzpejBxYxxNNe"
    ),
}
MOVED: Final = (
    Entry(
        "1-QmPUTvvtUwr6dyd5Zqq2vfJy3LFRtxPxxgmyhPbpSjfnHq",
        "2026-05-28T18:58:18Z",
        {
            "method": "did:webvh:1.0",
            "scid": "QmQiYG3nvN7emB3XFxk4PxE8z8w39vWZc8qAfRskN99BYt",
            "updateKeys": [FIRST],
            "portable": True,
        },
        "2026-05-28T18:58:18Z",
        "z2YAyYyxaP8EiqSHkixXYxti3BDGkmnuUWgYrJstymJ66hDH1tunwvoUjJwu18VTpLiip4xGK4t87v2NpyonXdMTu",
    ),
    Entry(
        "2-Qmc1XPRd8L7k3fP3qDeAXxWtPEUYbJCPDSSzXHMfsUzmL7",
        "2026-05-28T18:58:19Z",
        {},
        "2026-05-28T18:58:18Z",
        "zsUWzxLdPwFwoXZGpqXwHanspv94iZxFy1uHr1PFcpvjLxodfi5V23S9QYQTmtVBqZ22LUbrBAB6wz5TCCq2Jq2S",
        host="example.org",
        also_known_as=("example.com",),
    ),
)
GIVEN_UP: Final = (
    Entry(
        "1-QmYLRsVFAPJod6UfU2JLPMJrYqi2UgqjbzYmpXkeyHEeP3",
        "2026-07-29T18:22:35Z",
        {
            "method": "did:webvh:1.0",
            "scid": "QmP1perXqTHLPtd2XAXJbyfXm7VG4dA7ANRXAcfQWBEeUP",
            "updateKeys": [FIRST],
        },
        "2026-07-29T18:22:35Z",
        "zVriGNes997Ljtb9toZVLneVFF2LbEpnkizaSXNrWC3hBkfP86gravYNbW2bNGBrof6kNayLh7wLfo63qC8KKWbv",
    ),
    Entry(
        "2-QmWaPCL6NCs66UYyFKtzphFBytQ1ZyptJGdPSCqmNJj2KR",
        "2026-07-29T18:22:36Z",
        {"updateKeys": [], "deactivated": True},
        "2026-07-29T18:22:35Z",
        "z4uxzU1DsBsTsta8Uuf88Nmsmq4GMJLsQNEpi9v9GkqQLi4p9W9Z89vnwpNpRzAmjsybgGExS58UuVy3Z8LwxMwkX",
    ),
)
RUST: Final = (ROTATED, WITNESSED)


def log(entries: tuple[Entry, ...]) -> bytes:
    document = of_rust if entries in RUST else of_java
    scid = entries[0].parameters["scid"]
    lines = []
    for entry in entries:
        state = document(f"did:webvh:{scid}:{entry.host}", entry.key)
        if entry.also_known_as:
            state["alsoKnownAs"] = [f"did:webvh:{scid}:{host}" for host in entry.also_known_as]
        line = {
            "versionId": entry.version_id,
            "versionTime": entry.time,
            "parameters": entry.parameters,
            "state": state,
            "proof": [proof(entry.key, entry.created, entry.signature)],
        }
        lines.append(write(line) + b"\n")
    return b"".join(lines)


def did(entries: tuple[Entry, ...]) -> str:
    return f"did:webvh:{entries[0].parameters['scid']}:{entries[-1].host}"


def approvals(*keys: str) -> bytes:
    proofs = [proof(key, RUST_MADE, APPROVALS[key]) for key in keys]
    return json.dumps([{"versionId": WITNESSED[1].version_id, "proof": proofs}]).encode()


@pytest.mark.parametrize("entries", [ROTATED, MOVED], ids=["rotated", "moved"])
def test_a_published_log_holds(entries: tuple[Entry, ...]) -> None:
    assert resolve(did(entries), log(entries), NOW).id == did(entries)


def test_a_published_log_is_witnessed() -> None:
    file = approvals(WITNESS, OTHER_WITNESS)
    assert resolve(did(WITNESSED), log(WITNESSED), NOW, file).id == did(WITNESSED)
    for too_few in (approvals(WITNESS), approvals(OTHER_WITNESS), None):
        with pytest.raises(InvalidDidLog):
            resolve(did(WITNESSED), log(WITNESSED), NOW, too_few)


def test_a_published_log_ends() -> None:
    with pytest.raises(Deactivated):
        resolve(did(GIVEN_UP), log(GIVEN_UP), NOW)
