"""Reports as the verifier's pipeline gives them, for the pages that show them."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from world.credentials import CREDENTIAL_URL, ISSUER_DID, NOON

from verifier.report import CredentialSummary, EvidenceLine, IssuerView, Report, ResultLine
from verifier.verdict import Check, Outcome, verdict

SUMMARY: Final = CredentialSummary(
    id=CREDENTIAL_URL,
    name="Reliable data import in Python",
    achievement="Reliable data import in Python",
    description="Imports foreign tables so that nothing is lost or invented silently.",
    criteria="Covers: tables up to a million rows. Does not cover: streaming sources.",
    assessed_by="M. Okafor",
    results=(
        ResultLine(
            criterion="Handles wrong input",
            level="Confident",
            level_means="Names every way input can be wrong.",
            required="Confident",
            reason="Every refusal says what would have been right.",
            place=2,
            places=3,
        ),
    ),
    evidence=(
        EvidenceLine(
            name="The importer, as assessed",
            genre="Artifact",
            narrative="Kept by the issuer under its digest.",
            url="https://issuer.example/evidence/uABC",
            digest="uABC",
            media_type="application/x-tar",
        ),
    ),
    identifiers=1,
    valid_from=NOON,
    valid_until=NOON + timedelta(days=1095),
    awarded=NOON,
    method="Work reviewed and questioned live",
    ai_use="Made with much AI help; the assessor saw the holder explain and change it live.",
)
KNOWN: Final = IssuerView(
    ISSUER_DID, known=True, name="Example Guild of Data Work", url="https://issuer.example"
)
STRANGER: Final = IssuerView(ISSUER_DID, known=False, name="X")

CONFIRMED: Final = (
    Check("format", Outcome.PASSED, "This is a credential that we understand."),
    Check(
        "proof",
        Outcome.PASSED,
        "Not one letter was changed since it was signed.",
        detail="eddsa-rdfc-2022 by did:web:issuer.example#key-2026",
        looked_at="the signature in the document",
        checked_at=NOON,
        meaning="What you read is what the issuer signed.",
    ),
    Check("schema", Outcome.PASSED, "It has every part that it must have."),
    Check("related_resources", Outcome.PASSED, "The rubric is the one that was used then."),
    Check("issuer_key", Outcome.PASSED, "The key belongs to issuer.example."),
    Check("issuer", Outcome.PASSED, "Example Guild of Data Work is on our list."),
    Check("validity_period", Outcome.PASSED, "It counts until 2 March 2029."),
    Check("status", Outcome.PASSED, "It was not withdrawn."),
    Check(
        "evidence",
        Outcome.NOT_CHECKED,
        "We have not looked at this yet.",
        because="not_asked",
        subject="The importer, as assessed",
    ),
    Check("holder", Outcome.NOT_CHECKED, "Nobody asked whose it is.", because="not_asked"),
)


def report(*checks: Check, headline: str = "", issuer: IssuerView = KNOWN) -> Report:
    """A report of the confirmed checks, with these in the place of those of the same code."""
    codes = {check.code for check in checks}
    kept = tuple(check for check in CONFIRMED if check.code not in codes) + checks
    told = verdict(kept)
    broken = any(c.code == "proof" and c.outcome is not Outcome.PASSED for c in kept)
    return Report(
        verdict=told,
        headline=headline or f"{told.words}.",
        checks=kept,
        credential=None if broken else SUMMARY,
        issuer=None if broken else issuer,
        checked_at=NOON,
        cache_until=NOON + timedelta(minutes=5),
    )


def renamed(text: str) -> Report:
    """A report in which a stranger's every text is this one."""
    base = report(issuer=replace(STRANGER, name=text))
    line = replace(SUMMARY.results[0], criterion=text, level=text, reason=text, required=text)
    item = replace(SUMMARY.evidence[0], name=text, genre=text, narrative=text, url=text)
    summary = replace(
        SUMMARY,
        achievement=text,
        description=text,
        criteria=text,
        assessed_by=text,
        method=text,
        ai_use=text,
        results=(line,),
        evidence=(item,),
    )
    return replace(base, credential=summary, headline=text)
