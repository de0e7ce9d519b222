"""A realistic credential: three results with rubric levels, three evidence items and an AI-use
statement, two alignments, status and schema; some 8 kB signed, and no two alike."""

import copy
from typing import Any, Final

from world.credentials import ISSUER_URL, sample_credential

Json = dict[str, Any]

ACHIEVEMENT: Final = "https://issuer.example/achievements/reliable-data-import/2"
LEVELS: Final = ("beginning", "confident", "fluent")
COVERS: Final = (
    "Covers: tables up to a million rows, wrong and missing values, encodings, dates of five"
    " countries, repeated deliveries. Does not cover: streaming sources, the choice of a database,"
    " personal data. Judged on one piece of work that was made for a client, read for an hour and"
    " talked through for half an hour; the reasons are in the assessment."
)
EXPLAINS: Final = (
    "Writes down what others need to take over the work: what it is for, what it needs, how it is"
    " run and tested, what it does not do, and whom to ask."
)


def realistic(number: int, *, shared: bool = False) -> Json:
    """Credential number so-and-so.

    Args:
        number: makes it differ from all others.
        shared: issuer and achievement are the same in all; otherwise these differ, too.
    """
    made = copy.deepcopy(sample_credential())
    achievement = made["credentialSubject"]["achievement"]
    achievement["criteria"]["narrative"] = COVERS
    achievement["alignment"].append(_alignment("test software", "7d1c3a5b-test-software"))
    achievement["resultDescription"].append(_criterion())
    made["credentialSubject"]["result"].append(
        {
            "type": ["Result"],
            "resultDescription": f"{ACHIEVEMENT}#documents",
            "achievedLevel": f"{ACHIEVEMENT}#documents-fluent",
            "status": "Completed",
        }
    )
    made["id"] = f"https://issuer.example/c/{number:010d}"
    made["name"] = f"Reliable data import in Python, credential {number}"
    made["credentialStatus"]["id"] = f"https://issuer.example/status/1#{number}"
    made["credentialStatus"]["statusListIndex"] = str(number)
    for evidence in made["evidence"]:
        evidence["name"] = f"{evidence['name']} ({number})"
    if not shared:
        achievement["name"] = made["name"]
        made["issuer"]["name"] = f"Example Guild of Data Work, chapter {number}"
    return made


def tampered(credential: Json) -> Json:
    """The same with a better level; nobody may take it for what was signed."""
    other = copy.deepcopy(credential)
    result = other["credentialSubject"]["result"]
    first = result[0] if isinstance(result, list) else result
    first["achievedLevel"] = f"{first['achievedLevel']}-and-more"
    return other


def of_size(size: int, number: int = 0) -> Json:
    """A credential with as many results, each with two alignments, as fit into `size` bytes.

    Args:
        size: of the unsigned document, in bytes; a little less or more.
        number: makes it differ from all others.
    """
    made = copy.deepcopy(sample_credential())
    made["name"] = f"Credential {number}"
    subject = made["credentialSubject"]
    del made["evidence"], made["relatedResource"], subject["achievement"]["resultDescription"]
    per_result, empty = 537, 2_130
    wanted = max(1, round((size - empty) / per_result))
    subject["result"] = [_result(number, place) for place in range(wanted)]
    return made


def with_evidence(count: int, number: int = 0) -> Json:
    """A credential with so many items of evidence."""
    made = copy.deepcopy(sample_credential())
    first = made["evidence"][0]
    made["name"] = f"Credential {number}"
    made["evidence"] = [
        first | {"id": f"{ISSUER_URL}/evidence/{number}-{place}", "name": f"Item {place}"}
        for place in range(count)
    ]
    return made


def unassessed(number: int, issuer: str) -> Json:
    """What an issuer signs on the caller's word: results and evidence, but no achievement.

    As long as a realistic credential, and with the same contexts.

    Args:
        number: makes it differ from all others.
        issuer: the DID of the issuer that is asked.
    """
    subject = {
        "id": "did:web:holder.example",
        "type": ["AchievementSubject"],
        "result": [_result(number, place) for place in range(10)],
    }
    sample = sample_credential()
    return {
        "@context": sample["@context"],
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        "type": ["VerifiableCredential"],
        "name": f"Results of a practice run, number {number}",
        "issuer": {"id": issuer, "type": ["Profile"], "name": f"Practice desk {number}"},
        "validFrom": sample["validFrom"],
        "validUntil": sample["validUntil"],
        "credentialSubject": subject,
        "evidence": [each | {"name": f"{each['name']} ({number})"} for each in sample["evidence"]],
        "credentialStatus": sample["credentialStatus"]
        | {"id": f"{ISSUER_URL}/status/1#{number}", "statusListIndex": str(number)},
        "credentialSchema": sample["credentialSchema"],
    }


def _result(number: int, place: int) -> Json:
    address = f"https://results.example/{number}/{place}"
    return {
        "type": ["Result"],
        "resultDescription": f"{address}#criterion",
        "achievedLevel": f"{address}#confident",
        "status": "Completed",
        "alignment": [
            _alignment(f"import data, {place}", f"2f7f8c9d-import-data-{number}-{place}"),
            _alignment(f"test software, {place}", f"7d1c3a5b-test-software-{number}-{place}"),
        ],
    }


def _alignment(name: str, path: str) -> Json:
    return {
        "type": ["Alignment"],
        "targetName": name,
        "targetUrl": f"http://data.europa.eu/esco/skill/{path}",
        "targetType": "ext:ESCOSkill",
        "targetFramework": "ESCO",
    }


def _criterion() -> Json:
    return {
        "id": f"{ACHIEVEMENT}#documents",
        "type": ["ResultDescription"],
        "name": "Explains it to others",
        "resultType": "RubricCriterionLevel",
        "requiredLevel": f"{ACHIEVEMENT}#documents-confident",
        "rubricCriterionLevel": [
            {
                "id": f"{ACHIEVEMENT}#documents-{level}",
                "type": ["RubricCriterionLevel"],
                "name": level.capitalize(),
                "level": str(place),
                "points": str(place),
                "description": f"{EXPLAINS} This is what we mean by {level}.",
            }
            for place, level in enumerate(LEVELS, 1)
        ],
    }
