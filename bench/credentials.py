"""A realistic credential: three results with rubric levels, three evidence items and an AI-use
statement, two alignments, status and schema; some 8 kB signed, and no two alike."""

import copy
from typing import Any, Final

from world.credentials import sample_credential

ACHIEVEMENT: Final = "https://issuer.example/achievements/reliable-data-import/2"
LEVELS: Final = ("beginning", "confident", "fluent")


def realistic(number: int, *, shared: bool = False) -> dict[str, Any]:
    """Credential number so-and-so.

    Args:
        number: makes it differ from all others.
        shared: issuer and achievement are the same in all; otherwise these differ, too.
    """
    made = copy.deepcopy(sample_credential())
    achievement = made["credentialSubject"]["achievement"]
    achievement["alignment"].append(
        {
            "type": ["Alignment"],
            "targetName": "test software",
            "targetUrl": "http://data.europa.eu/esco/skill/7d1c3a5b-test-software",
            "targetType": "ext:ESCOSkill",
            "targetFramework": "ESCO",
        }
    )
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


def _criterion() -> dict[str, Any]:
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
                "description": f"Writes what others need to take over the work, at level {level}.",
            }
            for place, level in enumerate(LEVELS, 1)
        ],
    }
