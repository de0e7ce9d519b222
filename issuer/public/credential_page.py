"""What does a person read at a credential's address?

Who assessed what, how, when, and whether it is still in force; what it covers and what it does
not; the level reached in each criterion, with the assessor's reason; the AI-use statement; the
evidence; how to check all of it elsewhere.  Pure: signed JSON, the issuer's records and `now` in,
one frozen value out.  Nothing that could be used to contact somebody is ever taken over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from issuer.public.ai_use import AiUse, ai_use_of
from issuer.public.assessment_words import method_of, reasons_of
from issuer.public.json_reading import Json, many, moment, one, text
from issuer.public.lifetime import Standing, StateView, state_view
from issuer.public.results import CriterionView, criteria_of
from service.scope import Scope, scope_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_CONTACT_SCHEMES: Final = ("mailto:", "tel:", "sms:", "xmpp:", "skype:", "whatsapp:", "tg:")


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One thing that the credential points at."""

    name: str
    genre: str
    narrative: str
    url: str
    linked: bool
    digest: str


@dataclass(frozen=True, slots=True)
class CredentialPage:
    """Everything that the page says, in the order in which it says it."""

    code: str
    url: str
    domain: str
    json_path: str
    qr_path: str
    check_url: str
    state: StateView
    issuer: str
    name: str
    assessor: str
    self_declared: bool
    method: str
    awarded: datetime | None
    valid_from: datetime | None
    valid_until: datetime | None
    holder: str
    description: str
    scope: Scope
    achievement_url: str
    criteria: tuple[CriterionView, ...]
    ai_use: AiUse | None
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What the issuer holds about one credential.

    Attributes:
        code: the canonical code.
        credential: the JSON view of the stored bytes.
        standing: what was recorded since they were signed.
        documents: evidence documents (assessment, AI use) by the digest that binds them.
    """

    code: str
    credential: Json
    standing: Standing
    documents: Mapping[str, Json]


def credential_page(record: Record, *, verifier_url: str, now: datetime) -> CredentialPage:
    """Read the page out of a record; `verifier_url` is where an independent check is to be had."""
    code, credential, documents = record.code, record.credential, record.documents
    subject = one(credential.get("credentialSubject"))
    achievement = one(subject.get("achievement"))
    issuer = one(credential.get("issuer"))
    source = one(subject.get("source"))
    url = text(credential.get("id"))
    evidence = many(credential.get("evidence"))
    valid_from, valid_until = (
        moment(credential.get("validFrom")),
        moment(credential.get("validUntil")),
    )
    method = method_of(evidence, documents)
    issuer_name = text(issuer.get("name")) or "An issuer without a name"
    state = state_view(record.standing, valid_from=valid_from, valid_until=valid_until, now=now)
    plain = method.self_declared and state.tone == "good"  # never drawn like an assessed one
    return CredentialPage(
        code=code,
        url=url,
        domain=urlsplit(url).netloc,
        json_path=f"/c/{code}.json",
        qr_path=f"/c/{code}/qr.svg",
        check_url=f"{verifier_url.rstrip('/')}/?credential={quote(url, safe='')}",
        state=replace(state, tone="open") if plain else state,
        issuer=issuer_name,
        name=text(achievement.get("name")) or text(credential.get("name")) or "A credential",
        assessor=text(source.get("name")) or issuer_name,
        self_declared=method.self_declared,
        method=method.words,
        awarded=moment(credential.get("awardedDate")),
        valid_from=valid_from,
        valid_until=valid_until,
        holder=_holder(subject),
        description=text(achievement.get("description")),
        scope=scope_of(text(one(achievement.get("criteria")).get("narrative"))),
        achievement_url=_web_address(text(achievement.get("id"))),
        criteria=criteria_of(subject, reasons_of(evidence, documents)),
        ai_use=ai_use_of(evidence, documents),
        evidence=tuple(_evidence(entry) for entry in evidence),
    )


def _holder(subject: Json) -> str:
    count = len(many(subject.get("identifier")))
    if not count and not text(subject.get("id")):
        return "Not named in the credential."
    addresses = "one profile" if count <= 1 else f"{count} profiles"
    return (
        f"Named by {addresses} in scrambled form, so that only somebody who already knows "
        "the profile can compare it."
    )


def _evidence(entry: Json) -> EvidenceView:
    address = text(entry.get("id"))
    if address.lower().startswith(_CONTACT_SCHEMES):
        address = ""
    return EvidenceView(
        name=text(entry.get("name")) or "An item without a name",
        genre=text(entry.get("genre")),
        narrative=text(entry.get("narrative")) or text(entry.get("description")),
        url=address,
        linked=bool(_web_address(address)),
        digest=text(entry.get("digestMultibase")),
    )


def _web_address(address: str) -> str:
    """The address when it may become a link: https, a host, no user information."""
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.username is None
    except ValueError:
        return ""
    loopback = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return address if named and (parts.scheme == "https" or loopback) else ""
