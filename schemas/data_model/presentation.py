"""Which rules of the standard does a presentation break?

VCDM 2.0, section 4.13; VCDM 1.1, section 4.10, for documents of that edition.  The credentials in
it are judged too, each by its own edition.
"""

from collections.abc import Iterator
from typing import Final

from schemas.data_model import credential, envelopes
from schemas.data_model.contexts import context_breaches
from schemas.data_model.editions import V2_0, Edition, edition_of
from schemas.data_model.identifiers import id_breaches, identifier, party_breaches
from schemas.data_model.place import Breach, Place
from schemas.data_model.typed_objects import object_breaches, typed_member_breaches
from schemas.data_model.types import named_type_breaches

TYPE: Final = "VerifiablePresentation"
HOLDER_CLAIMS: Final = "VCDM 2.0, section 4.13.4"


def breaches(presentation: Place) -> Iterator[Breach]:
    """Every rule that a presentation, or the envelope of one, does not keep."""
    edition = edition_of(presentation)
    if not presentation.is_object:
        yield presentation.breach("a presentation must be a JSON object", edition.presentations)
    elif envelopes.is_enveloped(presentation, envelopes.PRESENTATION):
        yield from envelopes.envelope_breaches(presentation, envelopes.PRESENTATION)
    else:
        yield from _open_breaches(presentation, edition)


def _open_breaches(presentation: Place, edition: Edition) -> Iterator[Breach]:
    yield from context_breaches(presentation, edition)
    yield from id_breaches(presentation, edition.identifiers)
    yield from named_type_breaches(presentation, TYPE, edition.types)
    if presentation.has("holder"):
        yield from party_breaches(presentation.member("holder"), "holder", edition.presentations)
    if edition is V2_0:
        yield from credential.compacted_breaches(presentation)
        yield from _holder_claim_breaches(presentation)
    yield from typed_member_breaches(presentation, edition.of_presentations, edition)
    if presentation.has("verifiableCredential"):
        yield from _credential_breaches(presentation.member("verifiableCredential"), edition)


def _credential_breaches(given: Place, edition: Edition) -> Iterator[Breach]:
    if edition is V2_0:
        yield from object_breaches(
            given, "verifiableCredential", edition.presentations, credential.breaches
        )
        return
    if given.is_empty_list:
        yield given.breach(
            "verifiableCredential must hold one credential or more; or leave it out",
            edition.presentations,
        )
    for one in given.each():
        if not (isinstance(one.value, str) and one.value):  # 1.1 lets a token stand as text
            yield from credential.breaches(one)


def _holder_claim_breaches(presentation: Place) -> Iterator[Breach]:
    """A credential without a proof of its own is what the holder says, and must say so."""
    unproven = [
        one
        for one in presentation.member("verifiableCredential").each()
        if one.is_object
        and not envelopes.is_enveloped(one, envelopes.CREDENTIAL)
        and not one.member("proof").value
    ]
    if unproven and not presentation.has("holder"):
        yield presentation.member("holder").breach(
            "holder is missing; name who asserts the credential that has no proof of its own",
            HOLDER_CLAIMS,
        )
        return
    holder = identifier(presentation.member("holder").value)
    for one in unproven:
        issuer = one.member("issuer")
        if None not in (holder, identifier(issuer.value)) and identifier(issuer.value) != holder:
            yield issuer.breach(
                "issuer must be the holder, where a credential has no proof of its own",
                HOLDER_CLAIMS,
            )
