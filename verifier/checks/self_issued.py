"""Did the holder issue or assess it themselves?

By the identifiers in the document: the subject's own, and its salted ones (Open Badges 3.0,
IdentityObject), against those of the issuer and of the assessing body.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Any, Final

from verifier.answers import answer
from verifier.facts import Facts
from verifier.reading import identifier, inner, members, text
from verifier.verdict import Check, Outcome

CODE: Final = "self_issued"


def check(facts: Facts) -> Check:
    """Compare the subject with the issuer and the assessor."""
    subject = inner(facts.document.view, "credentialSubject")
    own = text(subject, "id")
    hashes = [item for item in members(subject.get("identifier")) if text(item, "identityHash")]
    if not own and not hashes:
        return answer(Outcome.NOT_CHECKED, "self_issued.not_checked", because="no_holder")
    for party in _parties(facts.document.view, subject):
        if party == own or any(_names(item, party) for item in hashes):
            return answer(
                Outcome.WARNING,
                "self_issued.warning",
                because="same_identifier",
                detail=f"{party[:300]} is both the holder and the issuer or assessor",
            )
    return answer(Outcome.PASSED, "self_issued.passed")


def _parties(view: Mapping[str, Any], subject: Mapping[str, Any]) -> Iterator[str]:
    for named in (view.get("issuer"), subject.get("source")):
        if found := identifier(named):
            yield found
        for profile in members(named):
            yield from filter(None, (text(profile, member) for member in ("url", "email", "name")))


def _names(item: Mapping[str, Any], value: str) -> bool:
    written = text(item, "identityHash")
    if item.get("hashed") is not True:
        return written == value
    digest = hashlib.sha256((value + text(item, "salt")).encode()).hexdigest()
    return hmac.compare_digest(written.encode(), f"sha256${digest}".encode())
