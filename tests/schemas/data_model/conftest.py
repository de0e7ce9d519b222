"""The flaws that every member which holds objects with a type can have."""

from typing import Any

import pytest

FLAWS: dict[str, tuple[Any, str]] = {
    "nothing": (None, ""),
    "a text": ("https://x.example/1", ""),
    "an empty list": ([], ""),
    "a text in a list": ([{"id": "urn:x:1", "type": "Some"}, "urn:x:2"], "/1"),
    "a list in a list": ([[{"id": "urn:x:1", "type": "Some"}]], "/0"),
    "no type": ({"id": "urn:x:1"}, "/type"),
    "a list of no types": ({"id": "urn:x:1", "type": []}, "/type"),
    "a type that is a number": ({"id": "urn:x:1", "type": 2}, "/type"),
    "a type that is null": ({"id": "urn:x:1", "type": None}, "/type"),
    "two ids": ({"id": ["urn:x:1", "urn:x:2"], "type": "Some"}, "/id"),
    "an id that is no URL": ({"id": "number one", "type": "Some"}, "/id"),
    "the second without a type": (
        [{"id": "urn:x:1", "type": "Some"}, {"id": "urn:x:2"}],
        "/1/type",
    ),
}


@pytest.fixture(params=FLAWS.values(), ids=FLAWS)
def flawed_objects(request: pytest.FixtureRequest) -> tuple[Any, str]:
    """What is not one or more objects with a type, and where in it the flaw is."""
    flaw: tuple[Any, str] = request.param
    return flaw
