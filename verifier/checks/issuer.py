"""Who is the issuer?  Answered from our own lists, never from what the credential says."""

from typing import Final

from verifier.answers import answer
from verifier.facts import Facts
from verifier.reading import identifier, inner, text
from verifier.report import IssuerView
from verifier.verdict import Check, Outcome

CODE: Final = "issuer"


def check(facts: Facts) -> Check:
    """Look the issuer up in the lists."""
    did = identifier(facts.document.view.get("issuer"))
    if (listed_by := facts.issuers.blocks(did)) is not None:
        return answer(Outcome.FAILED, "issuer.blocked", detail=f"{did} on {listed_by}")
    view = look_up(facts)
    if view.known:
        return answer(
            Outcome.PASSED,
            "issuer.passed",
            detail=did,
            issuer=view.name,
            listed_by=view.listed_by or "",
        )
    return answer(
        Outcome.WARNING,
        "issuer.unknown",
        detail=f"{did} is on none of {len(facts.issuers.lists)} lists",
        issuer=view.name or did,
    )


def look_up(facts: Facts) -> IssuerView:
    """The issuer as listed, or what it calls itself."""
    issuer = facts.document.view.get("issuer")
    did = identifier(issuer)
    found = facts.issuers.find(did)
    if found is not None:
        listed, list_name = found
        return IssuerView(did, True, listed.name, listed.address, list_name)  # noqa: FBT003 - the member is named `known`
    return IssuerView(did, False, text(inner(facts.document.view, "issuer"), "name"))  # noqa: FBT003 - same
