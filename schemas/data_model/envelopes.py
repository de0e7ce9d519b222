"""Does an envelope hold a secured credential or presentation?

VCDM 2.0, sections 4.13.1 and 4.13.2: an object that is nothing but a `data:` URL (RFC 2397) of
what Securing Verifiable Credentials using JOSE and COSE secured.  What is inside, and whether its
signature holds, is judged by whoever opens it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.contexts import VC_V2
from schemas.data_model.identifiers import is_url
from schemas.data_model.place import Breach, Place
from schemas.data_model.types import types_of

# Section 6.2.1 asks to take a less precise media type where the content shows what is meant.
_LESS_PRECISE: Final = ("application/jwt", "application/sd-jwt", "application/cose")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One of the two kinds of envelope."""

    type: str
    media_types: tuple[str, ...]
    section: str


CREDENTIAL: Final = Envelope(
    "EnvelopedVerifiableCredential",
    ("application/vc+jwt", "application/vc+sd-jwt", "application/vc+cose"),
    "VCDM 2.0, section 4.13.1",
)
PRESENTATION: Final = Envelope(
    "EnvelopedVerifiablePresentation",
    ("application/vp+jwt", "application/vp+sd-jwt", "application/vp+cose"),
    "VCDM 2.0, section 4.13.2",
)


def is_enveloped(place: Place, envelope: Envelope) -> bool:
    """Whether an object says that it is such an envelope."""
    return envelope.type in types_of(place)


def envelope_breaches(place: Place, envelope: Envelope) -> Iterator[Breach]:
    """An object that says it is an envelope."""
    context = place.member("@context")
    if all(one.value != VC_V2 for one in context.each()):
        yield context.breach(
            f"@context of an {envelope.type} must include {VC_V2}", envelope.section
        )
    if types_of(place) != {envelope.type} or len(tuple(place.member("type").each())) != 1:
        yield place.member("type").breach(
            f"type must be {envelope.type} and nothing else", envelope.section
        )
    if not _holds(place.member("id").value, envelope):
        known = ", ".join(envelope.media_types)
        yield place.member("id").breach(
            f"id of an {envelope.type} must be a data: URL of {known}", envelope.section
        )


def _holds(value: object, envelope: Envelope) -> bool:
    if not isinstance(value, str) or not is_url(value):
        return False
    head, comma, content = value.partition(",")
    scheme, _, described = head.partition(":")
    media_type = described.partition(";")[0].lower()
    known = media_type in envelope.media_types or media_type in _LESS_PRECISE
    return scheme.lower() == "data" and known and bool(comma and content)
