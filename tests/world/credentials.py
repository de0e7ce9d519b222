"""A credential with everything that `credential.md` allows, and the key that signs it.

Time, keys and salts are fixed, so that what is made here is the same in every run.
"""

from datetime import UTC, datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from keys import multikey
from keys.memory import MemorySigner
from proofs.digests import Digest
from proofs.secure import secure
from proofs.status import Purpose, StatusList, status_list_credential
from schemas.document import Document, write

NOON: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
ISSUER_URL: Final = "https://issuer.example"
ISSUER_DID: Final = "did:web:issuer.example"
METHOD: Final = f"{ISSUER_DID}#key-2026"
CREDENTIAL_URL: Final = f"{ISSUER_URL}/c/4Q8RT-M2XZ9-3"
STATUS_URL: Final = f"{ISSUER_URL}/status/1"
STATUS_INDEX: Final = 94_567
ACHIEVEMENT_URL: Final = f"{ISSUER_URL}/achievements/reliable-data-import/2"
ARTIFACT: Final = b"the bytes of the artifact, as they were assessed\n"
RUBRIC: Final = b'{"criteria":["errors","tests"]}'
CRITERIA: Final = b"# Reliable data import\n\nCovers: ... Does not cover: ...\n"
ASSESSMENT: Final = b'{"levels":{"errors":"confident","tests":"confident"}}'
AI_USE: Final = b'{"aiUse":"assisted","tools":["a code assistant"]}'


def sample_signer() -> MemorySigner:
    """The issuer's Ed25519 key."""
    return MemorySigner(METHOD, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def other_signer(verification_method: str = METHOD) -> MemorySigner:
    """A key that is not the issuer's, whatever it says its name is."""
    return MemorySigner(verification_method, Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))


def sample_controller() -> dict[str, Any]:
    """The issuer's DID document, as served under `/.well-known/did.json`."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": ISSUER_DID,
        "verificationMethod": [
            {
                "id": METHOD,
                "type": "Multikey",
                "controller": ISSUER_DID,
                "publicKeyMultibase": multikey.encode(sample_signer().public_key),
            }
        ],
        "assertionMethod": [METHOD],
    }


def sample_credential(**over: object) -> dict[str, Any]:
    """An unsigned credential of our profile; members given as arguments replace its own."""
    document: dict[str, Any] = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": CREDENTIAL_URL,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Reliable data import in Python",
        "issuer": {
            "id": ISSUER_DID,
            "type": ["Profile"],
            "name": "Example Guild of Data Work",
            "url": ISSUER_URL,
        },
        "validFrom": "2026-03-02T09:30:00Z",
        "validUntil": "2029-03-02T09:30:00Z",
        "awardedDate": "2026-03-02T09:30:00Z",
        "credentialSubject": _subject(),
        "evidence": _evidence(),
        "relatedResource": [
            _resource(f"{ACHIEVEMENT_URL}/rubric.json", "application/json", RUBRIC),
            _resource(f"{ACHIEVEMENT_URL}/criteria.md", "text/markdown", CRITERIA),
        ],
        "credentialStatus": {
            "id": f"{STATUS_URL}#{STATUS_INDEX}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(STATUS_INDEX),
            "statusListCredential": STATUS_URL,
        },
        "credentialSchema": {
            "id": f"{ISSUER_URL}/schemas/skillmark-credential-1.json",
            "type": "JsonSchema",
        },
    }
    return document | over


def signed_sample(**over: object) -> bytes:
    """The sample as its issuer would store and serve it."""
    return write(secure(sample_credential(**over), sample_signer(), NOON))


def signed_document(**over: object) -> Document:
    """The same, read."""
    return Document.read(signed_sample(**over))


def sample_status_list(*revoked: int, **over: object) -> dict[str, Any]:
    """The signed status list that the sample names, with these indexes revoked."""
    published = StatusList.blank(Purpose.REVOCATION)
    for index in revoked:
        published = published.with_bit(index, value=True)
    unsigned = status_list_credential(
        id=STATUS_URL,
        issuer=ISSUER_DID,
        status_list=published,
        valid_from=datetime(2026, 3, 3, 11, 55, tzinfo=UTC),
        valid_until=datetime(2026, 3, 4, 11, 55, tzinfo=UTC),
        ttl_ms=300_000,
    )
    return secure(unsigned | over, sample_signer(), NOON)


def _resource(url: str, media_type: str, data: bytes) -> dict[str, Any]:
    return {"id": url, "mediaType": media_type, "digestMultibase": Digest.of(data).multibase}


def _subject() -> dict[str, Any]:
    return {
        "type": ["AchievementSubject"],
        "activityStartDate": "2026-02-20T08:00:00Z",
        "activityEndDate": "2026-03-01T17:00:00Z",
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": "sha256$" + "6f1c4c2f" * 8,
                "identityType": "ext:profileAddress",
                "salt": "7Qm2sK4v",
            }
        ],
        "source": {
            "id": f"{ISSUER_DID}:assessors:17",
            "type": ["Profile"],
            "name": "M. Okafor",
        },
        "achievement": _achievement(),
        "result": [
            {
                "type": ["Result"],
                "resultDescription": f"{ACHIEVEMENT_URL}#{criterion}",
                "achievedLevel": f"{ACHIEVEMENT_URL}#{criterion}-confident",
                "status": "Completed",
            }
            for criterion in ("errors", "tests")
        ],
    }


def _achievement() -> dict[str, Any]:
    return {
        "id": ACHIEVEMENT_URL,
        "type": ["Achievement"],
        "achievementType": "Competency",
        "name": "Reliable data import in Python",
        "description": "Imports foreign tables so that nothing is lost or invented silently.",
        "criteria": {
            "narrative": "Covers: tables up to a million rows. Does not cover: streaming sources."
        },
        "tag": ["Python", "data import"],
        "inLanguage": "en",
        "version": "2",
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": "import data",
                "targetUrl": "http://data.europa.eu/esco/skill/2f7f8c9d-import-data",
                "targetType": "ext:ESCOSkill",
                "targetFramework": "ESCO",
            }
        ],
        "resultDescription": [
            _criterion("errors", "Handles wrong input", "Names every way input can be wrong."),
            _criterion("tests", "Proves it with tests", "Tests that fail when a rule is broken."),
        ],
    }


def _criterion(key: str, name: str, confident: str) -> dict[str, Any]:
    return {
        "id": f"{ACHIEVEMENT_URL}#{key}",
        "type": ["ResultDescription"],
        "name": name,
        "resultType": "RubricCriterionLevel",
        "requiredLevel": f"{ACHIEVEMENT_URL}#{key}-confident",
        "rubricCriterionLevel": [
            {
                "id": f"{ACHIEVEMENT_URL}#{key}-beginning",
                "type": ["RubricCriterionLevel"],
                "name": "Beginning",
                "level": "1",
                "points": "1",
                "description": "Works when nothing goes wrong.",
            },
            {
                "id": f"{ACHIEVEMENT_URL}#{key}-confident",
                "type": ["RubricCriterionLevel"],
                "name": "Confident",
                "level": "2",
                "points": "3",
                "description": confident,
            },
        ],
    }


def _evidence() -> list[dict[str, Any]]:
    return [
        _evidence_item("Artifact", "The importer, as assessed", "application/x-tar", ARTIFACT),
        {
            "id": "https://git.example/holder/importer/commit/4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            "type": ["Evidence"],
            "name": "Where it lives",
            "genre": "Source",
            "narrative": "swh:1:rev:4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        },
        _evidence_item("Assessment", "What the assessor wrote", "application/json", ASSESSMENT),
        _evidence_item("AI-use statement", "How AI was used", "application/json", AI_USE),
    ]


def _evidence_item(genre: str, name: str, media_type: str, data: bytes) -> dict[str, Any]:
    digest = Digest.of(data).multibase
    return {
        "id": f"{ISSUER_URL}/evidence/{digest}",
        "type": ["Evidence"],
        "name": name,
        "genre": genre,
        "narrative": f"{name}; kept by the issuer under its digest.",
        "mediaType": media_type,
        "digestMultibase": digest,
    }
