"""What do requests and answers look like?  Shown in the OpenAPI document."""

from typing import Any, Final

from pydantic import JsonValue

from schemas.contexts import VC_V2
from verifier.verdict import Verdict

REQUESTS: Final[list[JsonValue]] = [
    {"input": "https://guild.example/c/4Q8RT-M2XZ9-3", "evidence": "wait"},
    {"input": "4Q8RT-M2XZ9-3"},
]

_CREDENTIAL: Final[JsonValue] = {
    "@context": [VC_V2],
    "type": ["VerifiableCredential"],
    "issuer": "did:web:guild.example",
    "credentialSubject": {"id": "did:web:holder.example"},
    "proof": {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-03-03T12:00:00Z",
        "verificationMethod": "did:web:guild.example#2026",
        "proofPurpose": "assertionMethod",
        "proofValue": "z3nrKM…",
    },
}

CREDENTIALS: Final[list[JsonValue]] = [
    {"verifiableCredential": _CREDENTIAL},
    {"verifiableCredential": "eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.eyJ….c2ln…"},
]

PRESENTATIONS: Final[list[JsonValue]] = [
    {
        "verifiablePresentation": {
            "@context": [VC_V2],
            "type": ["VerifiablePresentation"],
            "holder": "did:web:holder.example",
            "verifiableCredential": [_CREDENTIAL],
            "proof": {
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdfc-2022",
                "created": "2026-03-03T12:00:00Z",
                "verificationMethod": "did:web:holder.example#2026",
                "proofPurpose": "authentication",
                "challenge": "1235abcd6789",
                "domain": "client.example",
                "proofValue": "z4fP2V…",
            },
        },
        "options": {"challenge": "1235abcd6789", "domain": "client.example"},
    }
]

_SENTENCES: Final = {
    Verdict.CONFIRMED: "Example Guild issued this, it is unchanged, and it is in force today.",
    Verdict.CONFIRMED_WITH_NOTES: "The issuer's period of validity ended on 1 May 2026.",
    Verdict.NOT_FULLY_CHECKED: "We couldn't check today whether it was withdrawn.",
    Verdict.DO_NOT_RELY: "This document was changed after it was issued; don't rely on this.",
}


def _report(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.value,
        "verdictWords": verdict.words,
        "sentence": _SENTENCES[verdict],
        "checks": [
            {
                "code": "proof",
                "outcome": "failed" if verdict is Verdict.DO_NOT_RELY else "passed",
                "sentence": "Nobody changed this document after it was signed."
                if verdict is not Verdict.DO_NOT_RELY
                else _SENTENCES[verdict],
                "detail": "eddsa-rdfc-2022",
                "because": "" if verdict is not Verdict.DO_NOT_RELY else "failed",
                "lookedAt": "did:web:guild.example#2026",
                "checkedAt": None,
                "meaning": "",
                "advice": "",
                "subject": None,
            }
        ],
        "credential": None,
        "issuer": None,
        "checkedAt": "2026-03-03T12:00:00Z",
        "cacheUntil": "2026-03-03T12:05:00Z",
        "development": False,
    }


REPORTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The report, whatever the verdict",
        "content": {
            "application/json": {
                "examples": {
                    verdict.value: {"summary": verdict.words, "value": _report(verdict)}
                    for verdict in Verdict
                }
            }
        },
    }
}
