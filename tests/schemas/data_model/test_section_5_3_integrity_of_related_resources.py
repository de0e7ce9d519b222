"""VCDM 2.0, section 5.3 (Integrity of Related Resources)."""

from typing import Any

import pytest
from world.credentials import sample_credential

from proofs.digests import Algorithm, Digest
from schemas.data_model import credential_breaches

SECTION = "VCDM 2.0, section 5.3"
DIGEST = Digest.of(b"the bytes that were meant")
ID = {"id": "https://issuer.example/rubric.json"}
RESOURCE = ID | {"digestMultibase": DIGEST.multibase}
BOTH = f"{DIGEST.sri} {Digest.of(b'x', Algorithm.SHA512).sri}"

KEPT: dict[str, Any] = {
    "one object": RESOURCE,
    "a list": [RESOURCE, RESOURCE | {"id": "urn:x:2"}],
    "digestSRI": ID | {"digestSRI": DIGEST.sri},
    "both kinds of digest": RESOURCE | {"digestSRI": DIGEST.sri},
    "two digests in one text": ID | {"digestSRI": BOTH},
    "two digests in a list": ID | {"digestSRI": BOTH.split(" ")},
    "an SRI option": ID | {"digestSRI": f"{DIGEST.sri}?ct=text/html"},
    "base58btc": ID | {"digestMultibase": "zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n"},
    "hexadecimal": ID | {"digestMultibase": "f1220" + "9f" * 32},
    "digestMultibase in a list": ID | {"digestMultibase": [DIGEST.multibase]},
    "a media type": RESOURCE | {"mediaType": "application/ld+json"},
    "a media type with a parameter": RESOURCE | {"mediaType": "text/html; charset=utf-8"},
}

BROKEN: dict[str, tuple[Any, str]] = {
    "null": (None, ""),
    "a URL": ("https://issuer.example/rubric.json", ""),
    "an empty list": ([], ""),
    "a URL in a list": ([RESOURCE, "urn:x:2"], "/1"),
    "no id": ({"digestMultibase": DIGEST.multibase}, "/id"),
    "an id that is no URL": (RESOURCE | {"id": "rubric.json"}, "/id"),
    "two ids": (RESOURCE | {"id": ["urn:x:1", "urn:x:2"]}, "/id"),
    "one id twice": ([RESOURCE, RESOURCE], "/1/id"),
    "no digest": (ID, ""),
    "digestSRI null": (ID | {"digestSRI": None}, "/digestSRI"),
    "digestSRI empty": (ID | {"digestSRI": ""}, "/digestSRI"),
    "digestSRI an empty list": (ID | {"digestSRI": []}, "/digestSRI"),
    "digestSRI a number in a list": (ID | {"digestSRI": [DIGEST.sri, 5]}, "/digestSRI/1"),
    "digestSRI of an unknown hash": (
        ID | {"digestSRI": "md5-rL0Y20zC+Fzt72VPzMSk2A=="},
        "/digestSRI",
    ),
    "digestSRI without a hash": (ID | {"digestSRI": "sha384-"}, "/digestSRI"),
    "digestSRI that is a multibase": (ID | {"digestSRI": DIGEST.multibase}, "/digestSRI"),
    "digestSRI with a comma": (ID | {"digestSRI": BOTH.replace(" ", ",")}, "/digestSRI"),
    "digestSRI with too much padding": (ID | {"digestSRI": "sha256-AAAA==="}, "/digestSRI"),
    "digestMultibase null": (ID | {"digestMultibase": None}, "/digestMultibase"),
    "digestMultibase empty": (ID | {"digestMultibase": ""}, "/digestMultibase"),
    "digestMultibase of nothing": (ID | {"digestMultibase": "u"}, "/digestMultibase"),
    "digestMultibase an empty list": (ID | {"digestMultibase": []}, "/digestMultibase"),
    "digestMultibase that is SRI": (ID | {"digestMultibase": DIGEST.sri}, "/digestMultibase"),
    "base64url with padding": (ID | {"digestMultibase": "uEiA="}, "/digestMultibase"),
    "base64url with a slash": (ID | {"digestMultibase": "uEi/A"}, "/digestMultibase"),
    "base58btc with a zero": (ID | {"digestMultibase": "zQm0"}, "/digestMultibase"),
    "a wrong digest beside a right one": (RESOURCE | {"digestSRI": "?"}, "/digestSRI"),
    "a media type that is a word": (RESOURCE | {"mediaType": "html"}, "/mediaType"),
    "a media type that is null": (RESOURCE | {"mediaType": None}, "/mediaType"),
    "a media type with a line break": (RESOURCE | {"mediaType": "text/html\n"}, "/mediaType"),
}


@pytest.mark.parametrize("resource", KEPT.values(), ids=KEPT)
def test_section_5_3_related_resource_is_objects_with_id_and_digest(resource: object) -> None:
    assert credential_breaches(sample_credential(relatedResource=resource)) == ()


@pytest.mark.parametrize(("resource", "where"), BROKEN.values(), ids=BROKEN)
def test_section_5_3_related_resource_may_not_be(resource: object, where: str) -> None:
    (breach,) = credential_breaches(sample_credential(relatedResource=resource))
    assert (breach.pointer, breach.section) == (f"/relatedResource{where}", SECTION)
