"""A did:webvh history as its controller writes it, or as nobody should."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import rfc8785

from keys import did_key, multibase
from keys.memory import MemorySigner, generate, public_half
from keys.multikey import encode
from keys.public_key import KeyType
from proofs.did_webvh import resolve
from proofs.suites import SUITES, How

Json = dict[str, Any]

NOW: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
SCID: Final = "QmPEQVM1JPTyrvEgBcDXwjK4TeyLGSX1PxjgyeAisdWM1p"
FINE: Final = f"did:webvh:{SCID}:guild.example"


def new_key(key_type: KeyType = KeyType.ED25519) -> MemorySigner:
    private = generate(key_type)
    return MemorySigner(did_key.method_for(public_half(private)), private)


def multikey(signer: MemorySigner) -> str:
    return encode(signer.public_key)


def witness(threshold: int, *signers: MemorySigner) -> Json:
    listed = [{"id": did_key.did_for(signer.public_key)} for signer in signers]
    return {"threshold": threshold, "witnesses": listed}


def multihash(data: bytes) -> str:
    digest = hashlib.sha256(data).digest()
    return multibase.encode_base58btc(b"\x12\x20" + digest)[1:]


def announced(*signers: MemorySigner) -> list[str]:
    return [multihash(multikey(signer).encode()) for signer in signers]


def proof(
    unsecured: Json, signer: MemorySigner, suite: str = "eddsa-jcs-2022", **more: str
) -> Json:
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
        **more,
    }
    return SUITES[suite].create(unsecured, options, signer, How())


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


KEY: Final = new_key()
OTHER: Final = new_key()
THIRD: Final = new_key()
ANNA, BERT, CARL = new_key(), new_key(), new_key()


@dataclass
class History:
    """A log as its controller writes it; also one that says what no controller should."""

    scid: str = ""
    entries: list[Json] = field(default_factory=list)

    @classmethod
    def begin(  # noqa: PLR0913 - what a log says first, and what it should not
        cls,
        *,
        by: MemorySigner = KEY,
        at: datetime = START,
        host: str = "guild.example",
        scid: str | None = None,
        state: Json | None = None,
        without: str = "",
        **parameters: object,
    ) -> "History":
        started = {
            "method": "did:webvh:1.0",
            "scid": "{SCID}",
            "updateKeys": [multikey(KEY)],
            **parameters,
        }
        started.pop(without, None)
        template = {
            "versionId": "{SCID}",
            "versionTime": written(at),
            "parameters": started,
            "state": document(f"did:webvh:{{SCID}}:{host}") | (state or {}),
        }
        history = cls(scid or multihash(rfc8785.dumps(template)))
        history._append(json.loads(json.dumps(template).replace("{SCID}", history.scid)), by)
        return history

    def add(
        self,
        *,
        by: MemorySigner = KEY,
        at: datetime | str | None = None,
        state: Json | None = None,
        **parameters: object,
    ) -> "History":
        at = at or START + timedelta(days=len(self.entries))
        entry = {
            "versionTime": at if isinstance(at, str) else written(at),
            "parameters": parameters,
            "state": self.entries[-1]["state"] if state is None else state,
        }
        self._append(entry, by)
        return self

    def _append(self, entry: Json, by: MemorySigner) -> None:
        predecessor = self.entries[-1]["versionId"] if self.entries else self.scid
        hashed = multihash(rfc8785.dumps({**entry, "versionId": predecessor}))
        entry = {**entry, "versionId": f"{len(self.entries) + 1}-{hashed}"}
        self.entries.append({**entry, "proof": [proof(entry, by)]})

    @property
    def did(self) -> str:
        return str(self.entries[-1]["state"]["id"])

    @property
    def log(self) -> bytes:
        return b"".join(json.dumps(entry).encode() + b"\n" for entry in self.entries)

    def approved(self, *who: MemorySigner, number: int) -> Json:
        signed = {"versionId": self.entries[number - 1]["versionId"]}
        return {**signed, "proof": [proof(signed, signer) for signer in who]}

    def check(self, *approvals: Json) -> Json:
        return found(self.did, self.log, json.dumps(approvals).encode() if approvals else None)


def document(did: str) -> Json:
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {
                "id": f"{did}#key",
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": multikey(OTHER),
            }
        ],
        "assertionMethod": ["#key"],
    }


def found(did: str, log: bytes, witnesses: bytes | None = None) -> Json:
    return dict(resolve(did, log, NOW, witnesses).view)
