"""What follows from a presentation?

Data Integrity 1.0, section 4.4, and VCDM 2.0, section 4.13: who shows it, whether it was made for
this occasion, and what each credential in it is worth by itself.  Pure: facts in, report out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from proofs.errors import ChallengeDiffers, DomainDiffers, ProofError
from proofs.jose.errors import KeyBindingFails
from proofs.jose.sd_jwt_vc import SdJwtCredential
from proofs.jose.vc_jwt import Token
from proofs.verify import check_occasion
from schemas.one_or_many import listed
from verifier.answers import answer
from verifier.checks import issuer_key, proof
from verifier.checks.format import UNREADABLE
from verifier.envelopes import Opened
from verifier.facts import Signature
from verifier.presentations import Occasion, Shown
from verifier.reading import identifier, members
from verifier.report import Report, checks_as_json, moment_as_json
from verifier.verdict import Check, Outcome, Verdict

CODES: Final = ("presentation", "presentation_proof", "holder_key", "occasion", "shown_by")
"""The questions about a presentation itself, in the order of the report."""

ESSENTIAL: Final = frozenset({"presentation", "presentation_proof", "holder_key"})
"""What must have been checked before anything is confirmed."""

WORST_FIRST: Final = (
    Verdict.DO_NOT_RELY,
    Verdict.NOT_FULLY_CHECKED,
    Verdict.CONFIRMED_WITH_NOTES,
    Verdict.CONFIRMED,
)


@dataclass(frozen=True, slots=True)
class PresentationFacts:
    """Everything that the questions about a presentation are answered from.

    `holder` is whom the signature must be from: who is named, or else whose key is named.
    """

    shown: Shown
    signatures: tuple[Signature, ...] | ProofError
    holder: str
    occasion: Occasion
    now: datetime


@dataclass(frozen=True, slots=True)
class PresentationReport:
    """The whole answer: the verdict, the checks of the presentation, and of each credential.

    `holder` is absent when it is not established who shows it.
    """

    verdict: Verdict
    headline: str
    checks: tuple[Check, ...]
    holder: str | None
    credentials: tuple[Report, ...]
    checked_at: datetime

    def as_json(self) -> dict[str, Any]:
        """The answer of the API; members in camelCase, times in UTC."""
        return {
            "verdict": self.verdict.value,
            "verdictWords": self.verdict.words,
            "sentence": self.headline,
            "checks": checks_as_json(self.checks),
            "holder": self.holder,
            "credentials": [report.as_json() for report in self.credentials],
            "checkedAt": moment_as_json(self.checked_at),
        }


def judge_presentation(
    facts: PresentationFacts, credentials: tuple[Report, ...]
) -> PresentationReport:
    """Make the report of a presentation that could be read, with those of its credentials."""
    formed = _format(facts.shown)
    proven = proof.of_signatures(facts.signatures, facts.now, "presentation_proof")
    key = issuer_key.of_signatures(facts.signatures, facts.holder, facts.now, "holder_key")
    is_proven = (
        formed.outcome is not Outcome.FAILED
        and proven.outcome is Outcome.PASSED
        and key.outcome in {Outcome.PASSED, Outcome.WARNING}
    )
    rest = (_occasion(facts), _shown_by(facts)) if is_proven else ()
    holder = facts.holder or None
    return _report((formed, proven, key, *rest), credentials, holder if is_proven else None, facts)


def unreadable_presentation(why: str, now: datetime) -> PresentationReport:
    """The report of what is no presentation."""
    check = answer(Outcome.FAILED, "presentation.malformed", because=UNREADABLE, detail=why)
    every = _complete((check,))
    return PresentationReport(Verdict.DO_NOT_RELY, check.sentence, every, None, (), now)


def _report(
    known: tuple[Check, ...],
    credentials: tuple[Report, ...],
    holder: str | None,
    facts: PresentationFacts,
) -> PresentationReport:
    every = _complete(known)
    verdicts = [_verdict(every, has_credentials=bool(credentials))]
    verdicts += [report.verdict for report in credentials]
    told = min(verdicts, key=WORST_FIRST.index)
    return PresentationReport(
        told,
        _headline(told, verdicts[0], every, credentials),
        every,
        holder,
        credentials,
        facts.now,
    )


def _complete(known: Collection[Check]) -> tuple[Check, ...]:
    answers = {check.code: check for check in known}
    return tuple(
        answers.get(code)
        or answer(Outcome.NOT_CHECKED, "unproven", code=code, because="not_established")
        for code in CODES
    )


def _verdict(every: Collection[Check], *, has_credentials: bool) -> Verdict:
    """What follows from the presentation itself; an occasion left open is something to know."""
    outcomes = {check.outcome for check in every}
    if Outcome.FAILED in outcomes:
        return Verdict.DO_NOT_RELY
    is_open = any(c.code in ESSENTIAL and c.outcome is Outcome.NOT_CHECKED for c in every)
    if is_open or not has_credentials:
        return Verdict.NOT_FULLY_CHECKED
    return Verdict.CONFIRMED if outcomes == {Outcome.PASSED} else Verdict.CONFIRMED_WITH_NOTES


def _headline(
    told: Verdict, own: Verdict, every: tuple[Check, ...], credentials: tuple[Report, ...]
) -> str:
    """The sentence of whatever decided: the presentation's own, or that of a credential."""
    if own is told and own is not Verdict.CONFIRMED:
        deciding = (check for check in every if check.outcome is not Outcome.PASSED)
        return min(deciding, key=_power).sentence
    return next(report.headline for report in credentials if report.verdict is told)


def _power(check: Check) -> tuple[bool, bool]:
    """What failed leads, then what is essential; the lower the more powerful."""
    return check.outcome is not Outcome.FAILED, check.code not in ESSENTIAL


def _format(shown: Shown) -> Check:
    if shown.flaw is not None:
        return answer(Outcome.FAILED, "presentation.malformed", detail=shown.flaw)
    if not shown.credentials:
        return answer(Outcome.WARNING, "presentation.empty", detail="no verifiableCredential")
    detail = f"{len(shown.credentials)} credential(s)"
    return answer(Outcome.PASSED, "presentation.passed", detail=detail)


def _occasion(facts: PresentationFacts) -> Check:
    if not facts.occasion.is_given:
        return answer(Outcome.NOT_CHECKED, "occasion.nobody_asked")
    try:
        _check_occasion(facts)
    except DomainDiffers as differs:
        return answer(Outcome.FAILED, "occasion.domain", detail=str(differs))
    except (ChallengeDiffers, KeyBindingFails) as differs:
        return answer(Outcome.FAILED, "occasion.challenge", detail=str(differs))
    return answer(Outcome.PASSED, "occasion.passed")


def _check_occasion(facts: PresentationFacts) -> None:
    wanted = facts.occasion
    match facts.shown.token:
        case SdJwtCredential(sd_jwt=sd_jwt):
            sd_jwt.check_key_binding(facts.now, nonce=wanted.challenge, audience=wanted.domain)
        case Token(claims=claims):
            _check_claims(claims, wanted)
        case None:
            for signature in facts.signatures if isinstance(facts.signatures, tuple) else ():
                check_occasion(signature.proof, challenge=wanted.challenge, domain=wanted.domain)


def _check_claims(claims: Mapping[str, Any], wanted: Occasion) -> None:
    """`nonce` and `aud` of a token are what `challenge` and `domain` are of a proof."""
    if wanted.challenge is not None and claims.get("nonce") != wanted.challenge:
        raise ChallengeDiffers
    if wanted.domain is not None and wanted.domain not in listed(claims.get("aud")):
        raise DomainDiffers


def _shown_by(facts: PresentationFacts) -> Check:
    """Whether each credential is about the one who shows it; VCDM 2.0, section 5.2 and A.2."""
    if isinstance(facts.shown.token, SdJwtCredential):  # its issuer named the holder's key
        return answer(Outcome.PASSED, "shown_by.passed", detail="the key in cnf")
    subjects = [_subjects(one) for one in facts.shown.credentials if isinstance(one, Opened)]
    detail = f"shown by {facts.holder[:300]}"
    if any(named and facts.holder not in named for named in subjects):
        return answer(Outcome.WARNING, "shown_by.warning", detail=detail, because="somebody_else")
    if not subjects or not all(subjects):
        because = "nobody_named"
        return answer(Outcome.NOT_CHECKED, "shown_by.not_checked", detail=detail, because=because)
    return answer(Outcome.PASSED, "shown_by.passed", detail=detail)


def _subjects(opened: Opened) -> frozenset[str]:
    found = members(opened.document.view.get("credentialSubject"))
    return frozenset(filter(None, (identifier(one) for one in found)))
