import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from world.credentials import (
    ACHIEVEMENT_URL,
    CREDENTIAL_URL,
    CRITERIA,
    ISSUER_DID,
    ISSUER_URL,
    NOON,
    RUBRIC,
    sample_credential,
)
from world.interop import contexts
from world.peers import Peer

from schemas.document import write
from service.fetching import (
    DEFAULT_LIMITS,
    Fetched,
    FetchLimits,
    Found,
    Reason,
    Resource,
    Unreachable,
)
from verifier.issuers import IssuerList, IssuerLists, ListedIssuer
from verifier.report import Report
from verifier.verdict import Outcome, Verdict
from verifier.verification import Verifier

Json = dict[str, Any]
KNOWN = IssuerLists(
    lists=(IssuerList(name="Ours", issuers=(ListedIssuer(did=ISSUER_DID, name="Guild"),)),)
)
BITS = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"


@dataclass(frozen=True, slots=True)
class Published:
    """What others put on the web, and nothing else."""

    documents: Mapping[str, bytes]

    async def fetch(
        self,
        url: str,
        *,
        accept: str = "*/*",  # noqa: ARG002 - a shelf has one form of each thing
        limits: FetchLimits = DEFAULT_LIMITS,  # noqa: ARG002 - what is published here is small
    ) -> Fetched[Resource]:
        body = self.documents.get(url)
        if body is None:
            return Unreachable(url, "answered 404", Reason.HTTP_STATUS, 404)
        return Found(Resource(url, url, "application/json", body, {}), NOON)


@dataclass(frozen=True, slots=True)
class Other:
    """A credential that another implementation signed, with everything it published."""

    credential: Json
    documents: Mapping[str, bytes]

    def judged(self, credential: Json) -> Report:
        verifier = Verifier(Published(self.documents), KNOWN)
        return asyncio.run(verifier.verify(write(credential).decode(), now=NOON))


@pytest.fixture(scope="module")
def other() -> Other:
    """Everything is signed by @digitalbazaar/vc: the credential and the status list."""
    with Peer("digitalbazaar.mjs") as peer:
        peer.ask("load", documents=contexts())
        method = peer.ask("key", controller=ISSUER_DID)["method"]
        unsigned = sample_credential()
        unsigned.pop("credentialSchema")
        signed = [
            peer.ask("issue", credential=document, created="2026-03-03T12:00:00Z")["credential"]
            for document in (unsigned, status_list(unsigned))
        ]
    controller = {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": ISSUER_DID,
        "verificationMethod": [method],
        "assertionMethod": [method["id"]],
    }
    return Other(
        signed[0],
        {
            CREDENTIAL_URL: write(signed[0]),
            signed[1]["id"]: write(signed[1]),
            f"{ISSUER_URL}/.well-known/did.json": write(controller),
            f"{ACHIEVEMENT_URL}/rubric.json": RUBRIC,
            f"{ACHIEVEMENT_URL}/criteria.md": CRITERIA,
        },
    )


def status_list(credential: Json) -> Json:
    """An unsigned list of 131 072 clear bits, as the specification's own example encodes it."""
    url = credential["credentialStatus"]["statusListCredential"]
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER_DID,
        "validFrom": (NOON - timedelta(minutes=1)).isoformat(),
        "validUntil": (NOON + timedelta(minutes=4)).isoformat(),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": BITS,
        },
    }


def outcomes(report: Report, *codes: str) -> dict[str, Outcome]:
    return {check.code: check.outcome for check in report.checks if check.code in codes}


def test_it_is_confirmed(other: Other) -> None:
    report = other.judged(other.credential)
    assert report.verdict in {Verdict.CONFIRMED, Verdict.CONFIRMED_WITH_NOTES}
    assert set(
        outcomes(report, "format", "proof", "issuer_key", "status", "related_resources").values()
    ) == {Outcome.PASSED}


def test_it_is_not_relied_on_when_changed(other: Other) -> None:
    report = other.judged(other.credential | {"name": "Grand master of everything"})
    assert report.verdict is Verdict.DO_NOT_RELY
    assert report.credential is None


def test_it_is_not_confirmed_without_its_status_list(other: Other) -> None:
    silent = Other(
        other.credential,
        {url: body for url, body in other.documents.items() if "/status/" not in url},
    )
    assert silent.judged(silent.credential).verdict is Verdict.NOT_FULLY_CHECKED
