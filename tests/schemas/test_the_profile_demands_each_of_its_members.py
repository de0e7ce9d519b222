"""What may be left out of a credential is listed here; without anything else it is refused."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from world.credentials import sample_credential

from schemas.errors import SchemaViolated
from schemas.validate import check_profile

MAY_BE_ABSENT: Final = {
    "/credentialSubject/activityStartDate",
    "/credentialSubject/activityEndDate",
    "/credentialSubject/achievement/tag",
    "/credentialSubject/achievement/alignment",
    "/credentialSubject/achievement/alignment/*/targetType",
    "/credentialSubject/achievement/alignment/*/targetFramework",
    "/credentialSubject/achievement/resultDescription/*/rubricCriterionLevel/*/level",
    "/credentialSubject/achievement/resultDescription/*/rubricCriterionLevel/*/points",
    "/credentialSubject/achievement/resultDescription/*/rubricCriterionLevel/*/description",
}


def members(node: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every named member, however deep."""
    match node:
        case dict():
            for name, member in node.items():
                yield (*place, name)
                yield from members(member, (*place, name))
        case list():
            for number, item in enumerate(node):
                yield from members(item, (*place, number))


def pointer(place: tuple[str | int, ...]) -> str:
    return "".join(f"/{step}" for step in place)


def rule(place: tuple[str | int, ...]) -> str:
    return "".join("/*" if isinstance(step, int) else f"/{step}" for step in place)


def without(place: tuple[str | int, ...]) -> dict[str, Any]:
    document = sample_credential()
    *steps, last = place
    node: Any = document
    for step in steps:
        node = node[step]
    del node[last]
    return document


EVERY: Final = list(members(sample_credential()))


@pytest.mark.parametrize("place", [p for p in EVERY if rule(p) not in MAY_BE_ABSENT], ids=pointer)
def test_a_member_that_is_missing_is_named_with_its_place(place: tuple[str | int, ...]) -> None:
    with pytest.raises(SchemaViolated) as caught:
        check_profile(without(place))
    assert pointer(place[:-1]) in {violation.pointer for violation in caught.value.violations}


@pytest.mark.parametrize("place", [p for p in EVERY if rule(p) in MAY_BE_ABSENT], ids=pointer)
def test_a_member_that_is_said_on_top_may_be_missing(place: tuple[str | int, ...]) -> None:
    check_profile(without(place))


def test_the_sample_says_everything_that_may_be_absent() -> None:
    assert {rule(place) for place in EVERY} >= MAY_BE_ABSENT
