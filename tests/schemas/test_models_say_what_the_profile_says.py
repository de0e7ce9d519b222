from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError
from world.credentials import sample_credential

from schemas.credential import OpenBadgeCredential
from schemas.errors import SchemaViolated
from schemas.moments import written
from schemas.profile import Profile
from schemas.validate import check_profile


def changed(path: str, value: object) -> dict[str, Any]:
    document = sample_credential()
    *steps, last = path.split("/")
    node: Any = document
    for step in steps:
        node = node[int(step)] if step.isdigit() else node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return document


def test_the_sample_goes_through_the_models_unchanged() -> None:
    assert OpenBadgeCredential.model_validate(sample_credential()).document() == sample_credential()


REVOCATION = sample_credential()["credentialStatus"]
SUSPENSION = REVOCATION | {
    "id": "https://issuer.example/status/suspension-1#7",
    "statusPurpose": "suspension",
    "statusListIndex": "7",
    "statusListCredential": "https://issuer.example/status/suspension-1",
}


@pytest.mark.parametrize("entries", [[REVOCATION], [REVOCATION, SUSPENSION]])
def test_status_may_be_a_list_of_entries(entries: list[object]) -> None:
    document = sample_credential(credentialStatus=entries)
    check_profile(document)
    assert OpenBadgeCredential.model_validate(document).document() == document


STATUSES = {
    "no entry": [],
    "no way to withdraw it": [SUSPENSION],
    "one that could be held but not withdrawn": SUSPENSION,
    "two ways to withdraw it": [REVOCATION, REVOCATION | {"statusListIndex": "8"}],
    "two ways to hold it": [REVOCATION, SUSPENSION, SUSPENSION],
    "another purpose": [REVOCATION, SUSPENSION | {"statusPurpose": "message"}],
    "an entry without a list": [REVOCATION, {"type": "BitstringStatusListEntry"}],
    "a list in a list": [[REVOCATION]],
    "a text": "https://issuer.example/status/1#7",
}


@pytest.mark.parametrize("status", STATUSES.values(), ids=STATUSES)
def test_status_that_nobody_could_follow_is_refused(status: object) -> None:
    document = sample_credential(credentialStatus=status)
    with pytest.raises(SchemaViolated, match="credentialStatus"):
        check_profile(document)
    with pytest.raises(ValidationError):
        OpenBadgeCredential.model_validate(document)


def test_absent_members_are_left_out_and_not_null() -> None:
    shown = Profile(id="did:web:x.example", name="X").document()
    assert shown == {"id": "did:web:x.example", "type": ["Profile"], "name": "X"}


SUBJECT = "credentialSubject"
WRONG = {
    "an unknown member": ("mood", "good"),
    "an e-mail address of the issuer": ("issuer/email", "a@x.example"),
    "a level that is not of the criterion": (f"{SUBJECT}/result/0/achievedLevel", "urn:x"),
    "a result for no criterion": (f"{SUBJECT}/result/0/resultDescription", "urn:x"),
    "no result": (f"{SUBJECT}/result", []),
    "no evidence": ("evidence", []),
    "no way to withdraw it": ("credentialStatus", None),
    "an end before the beginning": ("validUntil", "2020-01-01T00:00:00Z"),
    "a time without a zone": ("validFrom", "2026-03-02T09:30:00"),
    "an identity that is not hashed": (f"{SUBJECT}/identifier/0/hashed", False),
    "an index that is a number with a sign": ("credentialStatus/statusListIndex", "-1"),
}


@pytest.mark.parametrize(("path", "value"), WRONG.values(), ids=WRONG)
def test_a_credential_that_would_say_something_else_cannot_be_made(
    path: str, value: object
) -> None:
    with pytest.raises(ValidationError):
        OpenBadgeCredential.model_validate(changed(path, value))


def test_times_are_written_in_utc_and_whole_seconds() -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    assert written(datetime(2026, 3, 3, 17, 30, 0, 999, east)) == "2026-03-03T12:00:00Z"
    assert written(datetime(2026, 3, 3, 12, tzinfo=UTC)) == "2026-03-03T12:00:00Z"


def test_the_sample_meets_the_schema_of_the_profile() -> None:
    check_profile(sample_credential())


REQUIRED = sorted(set(sample_credential()) - {"@context"})


@pytest.mark.parametrize("member", REQUIRED)
def test_every_member_of_the_profile_is_demanded(member: str) -> None:
    with pytest.raises(SchemaViolated, match=member):
        check_profile(changed(member, None))


VIOLATIONS = {
    "contexts in another order": ("@context", list(reversed(sample_credential()["@context"]))),
    "an id that is no code": ("id", "https://issuer.example/c/SHORT"),
    "a time that is not UTC": ("validFrom", "2026-03-02T09:30:00+02:00"),
    "an artifact without a digest": ("evidence/0/digestMultibase", None),
    "a digest without a media type": ("evidence/2/mediaType", None),
    "a genre of its own": ("evidence/0/genre", "Poem"),
    "an issuer that is no did:web": ("issuer/id", "did:key:z6Mk"),
    "a contact in a profile": ("issuer/email", "a@x.example"),
    "a plain identity": (f"{SUBJECT}/identifier/0/identityHash", "wren@holder.example"),
    "an own target type without ext:": (
        f"{SUBJECT}/achievement/alignment/0/targetType",
        "Whatever",
    ),
}


@pytest.mark.parametrize(("path", "value"), VIOLATIONS.values(), ids=VIOLATIONS)
def test_a_violation_names_its_place(path: str, value: object) -> None:
    with pytest.raises(SchemaViolated) as caught:
        check_profile(changed(path, value))
    assert any(
        v.pointer.startswith(f"/{path}") or f"/{path}".startswith(v.pointer)
        for v in caught.value.violations
    )


def test_members_of_later_standards_are_allowed() -> None:
    check_profile(sample_credential(refreshService={"type": "Later"}))
