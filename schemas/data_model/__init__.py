"""Does a credential or a presentation keep the rules of the data model?

Verifiable Credentials Data Model 2.0, and 1.1 for documents whose first context says so: every
MUST that can be decided on the parsed document alone.  Not decided here: whether each term is
defined (by expanding it as JSON-LD), whether it is secured, and what its types demand.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from schemas.data_model import credential, presentation
from schemas.data_model.place import Breach, Place
from schemas.errors import DataModelBroken

__all__ = [
    "MOST_BREACHES",
    "Breach",
    "check_credential",
    "check_presentation",
    "credential_breaches",
    "presentation_breaches",
]

MOST_BREACHES: Final = 20
"""How many are listed before we stop looking; the work and the answer stay small."""


def credential_breaches(view: Mapping[str, Any]) -> tuple[Breach, ...]:
    """The rules that a credential does not keep; none if it conforms. Never raises."""
    return tuple(islice(credential.breaches(Place(view)), MOST_BREACHES))


def presentation_breaches(view: Mapping[str, Any]) -> tuple[Breach, ...]:
    """The rules that a presentation, or a credential in it, does not keep. Never raises."""
    return tuple(islice(presentation.breaches(Place(view)), MOST_BREACHES))


def check_credential(view: Mapping[str, Any]) -> None:
    """Refuse a credential that does not conform to the data model.

    Raises:
        DataModelBroken: with every rule that it breaks, up to twenty.
    """
    _refuse(credential_breaches(view))


def check_presentation(view: Mapping[str, Any]) -> None:
    """Refuse a presentation that does not conform to the data model.

    Raises:
        DataModelBroken: with every rule that it breaks, up to twenty.
    """
    _refuse(presentation_breaches(view))


def _refuse(found: tuple[Breach, ...]) -> None:
    if found:
        raise DataModelBroken(found)
