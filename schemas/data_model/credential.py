"""Which rules of the standard does a credential break?

VCDM 2.0, sections 4, 5 and 6.1; VCDM 1.1, sections 4 and 5, for documents of that edition.
"""

from collections.abc import Iterator
from typing import Final

from schemas.data_model import envelopes
from schemas.data_model.contexts import context_breaches
from schemas.data_model.dates import issuance_breaches, period_breaches
from schemas.data_model.editions import V2_0, Edition, edition_of
from schemas.data_model.identifiers import id_breaches, party_breaches
from schemas.data_model.place import Breach, Place
from schemas.data_model.related_resources import related_resource_breaches
from schemas.data_model.texts import text_breaches
from schemas.data_model.typed_objects import object_breaches, typed_member_breaches
from schemas.data_model.types import named_type_breaches

TYPE: Final = "VerifiableCredential"
COMPACTED: Final = "VCDM 2.0, section 6.1"
_TEXTS: Final = ("name", "description")


def breaches(credential: Place) -> Iterator[Breach]:
    """Every rule that a credential, or the envelope of one, does not keep."""
    edition = edition_of(credential)
    if not credential.is_object:
        yield credential.breach("a credential must be a JSON object", edition.types)
    elif envelopes.is_enveloped(credential, envelopes.CREDENTIAL):
        yield from envelopes.envelope_breaches(credential, envelopes.CREDENTIAL)
    else:
        yield from _open_breaches(credential, edition)


def compacted_breaches(document: Place) -> Iterator[Breach]:
    """The compacted form writes `id` and `type`, since the base context has names for them."""
    for name in ("id", "type"):
        if document.has(f"@{name}"):
            yield document.member(f"@{name}").breach(
                f"@{name} must be written as {name}", COMPACTED
            )


def _open_breaches(credential: Place, edition: Edition) -> Iterator[Breach]:
    yield from context_breaches(credential, edition)
    yield from id_breaches(credential, edition.identifiers)
    yield from named_type_breaches(credential, TYPE, edition.types)
    yield from _issuer_breaches(credential, edition)
    yield from _subject_breaches(credential, edition)
    if edition is V2_0:
        yield from compacted_breaches(credential)
        yield from _name_breaches(credential)
        yield from period_breaches(credential)
        yield from related_resource_breaches(credential)
    else:
        yield from issuance_breaches(credential)
    yield from typed_member_breaches(credential, edition.of_credentials, edition)


def _issuer_breaches(credential: Place, edition: Edition) -> Iterator[Breach]:
    issuer = credential.member("issuer")
    if credential.has("issuer"):
        yield from party_breaches(issuer, "issuer", edition.issuer)
    else:
        yield issuer.breach(
            "issuer is missing; add its URL, or an object with an id", edition.issuer
        )


def _subject_breaches(credential: Place, edition: Edition) -> Iterator[Breach]:
    def judge(subject: Place) -> Iterator[Breach]:
        if not subject.value:
            yield subject.breach(
                "credentialSubject must not be empty; say one thing or more about it",
                edition.subject,
            )
        yield from id_breaches(subject, edition.identifiers)

    place = credential.member("credentialSubject")
    if credential.has("credentialSubject"):
        yield from object_breaches(place, "credentialSubject", edition.subject, judge)
    else:
        yield place.breach(
            "credentialSubject is missing; add an object that says something about somebody",
            edition.subject,
        )


def _name_breaches(credential: Place) -> Iterator[Breach]:
    """Names and descriptions of the credential, and those of its issuer, which are shown alike."""
    for named in (credential, credential.member("issuer")):
        for name in _TEXTS:
            if named.has(name):
                yield from text_breaches(named.member(name), name)
