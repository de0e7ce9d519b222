"""What does a Token Status List say?

IETF Token Status List, section 8.3 (Validation Rules): the way in which an SD-JWT VC publishes
whether it was withdrawn.  The list is a JWT of the credential's own issuer.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from proofs.errors import IndexOutsideList, ProofError
from proofs.jose.jws import Jws
from proofs.jose.vc_jwt import media_type
from proofs.token_status_list import MEDIA_TYPE, TYPE, TokenStatusEntry, TokenStatusList
from service.fetching import Found, Unreachable
from service.memory import Lasting
from verifier.controllers import RESOURCE
from verifier.facts import Published, Untold
from verifier.kept import TokenList, lasting
from verifier.resolve import Resolver
from verifier.signatures import of_status_token
from verifier.trust_in_lists import badly_signed, end_of, first_end, longest, outside


def token_status(
    claims: Mapping[str, Any], idx: int, now: datetime, uri: str, at: datetime | None = None
) -> Published:
    """What a Token Status List says about a token; section 8.3 (Validation Rules), from step 3b.

    Args:
        claims: the payload of the list, whose signature was verified already.
        idx: the place in the list that the token names.
        now: the moment of the verification.
        uri: the address of the list that the token names.
        at: when the list was fetched.
    """
    try:
        found = TokenStatusList.read(claims, uri)
    except ProofError as error:
        return Published(Untold(str(error)), uri, f"entry {idx}")
    return _token_told(found, idx, now, uri, at)


def _token_told(
    found: TokenStatusList, idx: int, now: datetime, uri: str, at: datetime | None
) -> Published:
    place = f"entry {idx}"
    try:
        status = found.status(idx)
    except IndexOutsideList as error:
        return Published(Untold(str(error), outside_list=True), uri, place)
    begins = max(found.issued_at, found.not_before or found.issued_at)
    if flaw := outside(begins, found.expires, now):
        return Published(Untold(flaw), uri, place)
    ttl = None if found.ttl is None else int(found.ttl * 1000)
    return Published(status, uri, place, at, ttl)


async def of_token(status: Mapping[str, Any], issuer: str, resolver: Resolver) -> Published:
    """What the Token Status List says that an SD-JWT VC names in its claim `status`.

    The list is a JWT of the credential's own issuer; section 8.3, steps 1 to 3.
    """
    try:
        entry = TokenStatusEntry.read(status)
    except ProofError as error:
        return Published(Untold(str(error), unknown_kind=True), "")
    url = entry.list_url
    lists, search = resolver.kept.token_lists, partial(_token_list, url, issuer, resolver)
    read = await resolver.controllers.find(lists, (url, issuer), search, anew=resolver.anew)
    if isinstance(read, Untold):
        return Published(read, url)
    return _token_told(read.value, entry.index, resolver.now, url, read.at)


async def _token_list(url: str, issuer: str, resolver: Resolver) -> Lasting[TokenList]:
    """A Token Status List, or why there is none to believe."""
    fetched = await resolver.fetcher.fetch(url, accept=MEDIA_TYPE, limits=RESOURCE)
    fetched = resolver.allowance.taken(fetched)
    if isinstance(fetched, Unreachable):
        return Lasting(Untold(fetched.because))
    try:
        jws = Jws.read(fetched.value.body.strip().decode("ascii", "replace"))
        if media_type(jws.text("typ")) != TYPE:
            return Lasting(Untold(f"typ of the list must be {TYPE}"))
        signature = await of_status_token(jws, issuer, resolver.controllers)
        if flaw := badly_signed(signature, issuer, resolver.now):
            return Lasting(Untold(flaw))
        claims = jws.claims().view
    except ProofError as error:
        return Lasting(Untold(f"what is there is no list: {error}"))
    try:
        found = await resolver.allowance.unpack(partial(TokenStatusList.read, claims, url))
    except ProofError as error:
        return Lasting(Untold(str(error)))
    return lasting(
        Found(found, fetched.at),
        fetched,
        longest=longest(None if found.ttl is None else found.ttl * 1000),
        ends=first_end([found.expires, end_of(signature)]),
        weight=found.unpacked,
    )
