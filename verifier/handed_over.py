"""Where is what a client handed over?

A link is followed, also from a page to the credential that it names; a code is looked up at the
issuers that we know.  Nothing is judged here.
"""

import asyncio
from typing import Final

from service.fetching import Fetcher, Found, Reason, Resource, Unreachable
from verifier.answers import answer
from verifier.errors import NotReadHere
from verifier.inputs import (
    ACCEPT,
    Address,
    Code,
    Pasted,
    linked_credential,
    read_input,
    refuse_picture,
)
from verifier.issuers import IssuerLists
from verifier.verdict import Check, Outcome

ABSENT: Final = frozenset({404, 410})
PAGE: Final = "text/html"


async def handed_over(given: str, fetcher: Fetcher, issuers: IssuerLists) -> bytes | Unreachable:
    """The bytes of a credential, or why they could not be had.

    Args:
        given: a link, a code or a document.
        fetcher: the only way out.
        issuers: whom to ask for a code.

    Raises:
        InputRefused: there is nothing to judge; the message says what to paste instead.
    """
    match read_input(given):
        case Address(url):
            return await _followed(url, fetcher)
        case Code(text):
            return await _looked_up(text, fetcher, issuers.addresses())
        case Pasted(pasted):
            return pasted


def not_had(why: Unreachable) -> Check:
    """The answer for what could not be had."""
    absent = why.reason is Reason.HTTP_STATUS and why.status in ABSENT
    return answer(
        Outcome.NOT_CHECKED,
        "format.absent" if absent and "/c/" in why.url else "format.unreachable",
        detail=why.because,
        looked_at=why.url,
        advice="Compare the link or code with what the freelancer gave you, or try later.",
    )


async def _followed(url: str, fetcher: Fetcher) -> bytes | Unreachable:
    fetched = await fetcher.fetch(url, accept=ACCEPT)
    if isinstance(fetched, Unreachable):
        return fetched
    resource = fetched.value
    refuse_picture(resource.media_type)
    return await _on_page(resource, fetcher) if resource.media_type == PAGE else resource.body


async def _on_page(page: Resource, fetcher: Fetcher) -> bytes | Unreachable:
    linked = linked_credential(page.body, page.final_url)
    if linked is None:
        raise NotReadHere(
            "We found no credential on this page. Ask the freelancer for its link or code."
        )
    fetched = await fetcher.fetch(linked, accept=ACCEPT)
    if isinstance(fetched, Found) and fetched.value.media_type != PAGE:
        return fetched.value.body
    if isinstance(fetched, Unreachable):
        return fetched
    raise NotReadHere("This page doesn't lead to a credential. Ask for its link or code.")


async def _looked_up(
    code: str, fetcher: Fetcher, addresses: tuple[str, ...]
) -> bytes | Unreachable:
    """Ask every listed issuer for a code; the first document that is found counts."""
    if not addresses:
        raise NotReadHere("We know no issuers to ask for a code. Paste the credential's link.")
    asked = [fetcher.fetch(f"{address}/c/{code}.json", accept=ACCEPT) for address in addresses]
    answers = await asyncio.gather(*asked)
    for fetched in answers:
        if isinstance(fetched, Found) and fetched.value.media_type != PAGE:
            return fetched.value.body
    unreachable = [one for one in answers if isinstance(one, Unreachable)]
    unknown = [one for one in unreachable if one.status not in ABSENT]
    if not unreachable:
        raise NotReadHere("No issuer that we know has this code. Paste the credential's link.")
    return (unknown or unreachable)[0]
