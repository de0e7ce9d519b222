"""Do the claims of a token say the same as the credential in it?

RFC 7519, section 4.1, beside VCDM 2.0: whoever reads only the one or only the other must not be
told different things.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from proofs.jose.errors import ClaimsDiffer, MalformedJws
from schemas.data_model.identifiers import identifier
from schemas.one_or_many import listed

LATEST: Final = 253_402_300_799  # the last second of the year 9999


def numeric_date(claims: Mapping[str, Any], name: str) -> datetime | None:
    """A NumericDate (RFC 7519, section 2) in UTC.

    Raises:
        MalformedJws: there is something else.
    """
    value = claims.get(name)
    if value is None and name not in claims:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= LATEST:
        raise MalformedJws(f"the claim {name} must be a number of seconds since 1970")
    return datetime.fromtimestamp(value, UTC)


def check_same(claims: Mapping[str, Any], credential: Mapping[str, Any]) -> None:
    """Compare `iss`, `sub` and `jti`, where they are given, with issuer, subject and id.

    Raises:
        ClaimsDiffer: one says something else.
    """
    subject = credential.get("credentialSubject")
    pairs = {
        "iss": ("issuer", [identifier(credential.get("issuer"))]),
        "sub": ("credentialSubject", [identifier(one) for one in listed(subject)]),
        "jti": ("id", [credential.get("id")]),
    }
    for claim, (member, values) in pairs.items():
        said = claims.get(claim)
        if claim in claims and not (isinstance(said, str) and said in values):
            raise ClaimsDiffer(claim, member)


def check_same_time(
    claims: Mapping[str, Any], name: str, credential: Mapping[str, Any], *members: str
) -> None:
    """Compare a NumericDate, where it is given, with the first of these members.

    Raises:
        ClaimsDiffer: one says another second.
        MalformedJws: the claim is not a NumericDate.
    """
    moment = numeric_date(claims, name)
    if moment is None:
        return
    written = next((credential[member] for member in members if member in credential), None)
    try:
        said = datetime.fromisoformat(str(written))
    except ValueError:
        raise ClaimsDiffer(name, members[0]) from None
    said = said if said.tzinfo else said.replace(tzinfo=UTC)
    if int(said.timestamp()) != int(moment.timestamp()):
        raise ClaimsDiffer(name, members[0])
