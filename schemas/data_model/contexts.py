"""By which contexts is a document to be read?

VCDM 2.0, sections 4.3 and 5.2.1; VCDM 1.1, section 4.1: an ordered set that begins with the base
context.  Whether a context can be loaded and defines every term is found by expanding it, not here.
"""

from collections.abc import Iterator
from typing import Final

from schemas.contexts import VC_V2
from schemas.data_model.editions import Edition
from schemas.data_model.identifiers import is_url
from schemas.data_model.place import Breach, Place

UNDEFINED_TERMS_V2: Final = "https://www.w3.org/ns/credentials/undefined-terms/v2"


def context_breaches(document: Place, edition: Edition) -> Iterator[Breach]:
    """`@context` of a credential or presentation."""
    context = document.member("@context")
    if not document.has("@context"):
        yield context.breach(
            f"@context is missing; add a list that begins with {edition.context}", edition.contexts
        )
    elif not context.is_list or context.is_empty_list:
        yield context.breach(
            f"@context must be a list that begins with {edition.context}", edition.contexts
        )
    else:
        yield from _set_breaches(context, edition)


def _set_breaches(context: Place, edition: Edition) -> Iterator[Breach]:
    first, *later = context.each()
    if first.value != edition.context:
        yield first.breach(f"@context must begin with {edition.context}", edition.contexts)
    seen = {first.value} if isinstance(first.value, str) else set()
    for one in later:
        if not (one.is_object or is_url(one.value)):
            yield one.breach(
                "@context may hold absolute URLs and objects only, after its first value",
                edition.contexts,
            )
        elif isinstance(one.value, str):
            if one.value in seen:
                yield one.breach(
                    "@context must name each context once; remove the second", edition.contexts
                )
            seen.add(one.value)
    for one in (first, *later[:-1]):
        if edition.context == VC_V2 and one.value == UNDEFINED_TERMS_V2:
            yield one.breach(
                f"@context must have {UNDEFINED_TERMS_V2} as its last value, or not at all",
                "VCDM 2.0, section 5.2.1",
            )
