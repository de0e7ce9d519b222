"""What does a JWT say of which a part may be hidden?

Selective Disclosure for JWTs (RFC 9901): the issuer signs digests, the holder adds the disclosures
that it wants to show, and may sign for one occasion with a key of its own (key binding).
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Self

from keys import jwk, multibase
from keys.errors import KeyFault, MalformedKey
from keys.public_key import PublicKey
from keys.signer import Signer
from proofs.errors import ProofError, shown
from proofs.jose import jws
from proofs.jose.claims import numeric_date
from proofs.jose.errors import DisclosureRefused, KeyBindingFails, MalformedSdJwt
from proofs.jose.jws import Jws
from schemas.document import Document, write
from schemas.errors import MalformedDocument
from schemas.limits import JsonLimits

HASHES: Final = {"sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
RESERVED: Final = frozenset({"_sd", "...", "_sd_alg"})
MOST_DISCLOSURES: Final = 500
LONGEST: Final = 900_000  # characters
SALT_BYTES: Final = 16
KEY_BINDING: Final = "kb+jwt"
FRESH: Final = timedelta(minutes=10)
"""How old a key binding may be where nobody gave out a nonce."""

LIMITS: Final = JsonLimits()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One thing that may be shown: a member with its name, or an item of an array."""

    text: str
    name: str | None
    value: Any = field(repr=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a disclosure, section 4.2.

        Raises:
            MalformedSdJwt: not the base64url of an array of two or three.
            DisclosureRefused: a member that may not be hidden from the start.
        """
        try:
            raw = multibase.decode("u" + text, longest=LONGEST)
            found = Document.read(b'{"d":' + raw + b"}", LIMITS).view["d"]
        except (KeyFault, MalformedDocument) as error:
            raise MalformedSdJwt(f"a disclosure cannot be read: {error}") from None
        match found:
            case [str(), str(name), value]:
                if name in RESERVED:
                    raise DisclosureRefused(f"{name} may not be disclosed; it is part of the rules")
                return cls(text, name, value)
            case [str(), value]:
                return cls(text, None, value)
            case _:
                raise MalformedSdJwt("a disclosure is [salt, name, value] or [salt, value]")

    def digest(self, algorithm: str) -> str:
        """What stands for it in what the issuer signed."""
        return _digest(self.text, algorithm)


@dataclass(frozen=True, slots=True)
class SdJwt:
    """An SD-JWT as read; nothing in it is known to be true yet."""

    jws: Jws
    disclosures: tuple[Disclosure, ...]
    key_binding: str | None
    presented: str = field(repr=False)
    """Everything before the key binding, which that signs."""
    signed: Mapping[str, Any] = field(repr=False)
    """The claims as the issuer signed them, digests and all."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an SD-JWT with or without key binding, section 4.

        Raises:
            MalformedSdJwt: no tilde, or too many disclosures.
            JoseError: as `Jws.read`.
        """
        first, *rest = text.split("~")
        if len(text) > LONGEST or not rest or len(rest) > MOST_DISCLOSURES:
            raise MalformedSdJwt("a JWS, its disclosures and a tilde after each are needed")
        *disclosures, key_binding = rest
        read = Jws.read(first)
        return cls(
            read,
            tuple(map(Disclosure.read, disclosures)),
            key_binding or None,
            text[: len(text) - len(key_binding)],
            read.claims().view,
        )

    def hash_algorithm(self) -> str:
        """The hash that the issuer used, as hashlib names it; section 4.1.1.

        Raises:
            MalformedSdJwt: one that we do not know.
        """
        named = self.signed.get("_sd_alg", "sha-256")
        if not isinstance(named, str) or named not in HASHES:
            raise MalformedSdJwt(f"_sd_alg must be one of {', '.join(HASHES)}")
        return HASHES[named]

    def claims(self, never_hidden: frozenset[str] = frozenset()) -> dict[str, Any]:
        """What the issuer signed, as far as it is shown; section 7.1.

        Args:
            never_hidden: members of the outermost object that must not come from a disclosure.

        Raises:
            DisclosureRefused: a disclosure that belongs nowhere or twice, or names what is there.
        """
        unpacking = _Unpacking.of(self.disclosures, self.hash_algorithm())
        signed = dict(self.signed)
        signed.pop("_sd_alg", None)
        found: dict[str, Any] = unpacking.unpack(signed, 0)
        for name in never_hidden & found.keys():
            if name not in signed:
                raise DisclosureRefused(f"{name} must not be hidden by the holder")
        unpacking.check_all_used()
        return found

    def bound_key(self) -> PublicKey | None:
        """The holder's key that the issuer named in `cnf` (RFC 7800).

        Raises:
            KeyBindingFails: it cannot be read.
        """
        confirmation = self.signed.get("cnf")
        if confirmation is None:
            return None
        found = confirmation.get("jwk") if isinstance(confirmation, Mapping) else None
        if not isinstance(found, Mapping):
            raise KeyBindingFails("cnf must have the holder's key as jwk")
        try:
            return jwk.decode(found)
        except MalformedKey as error:
            raise KeyBindingFails(f"cnf.jwk: {error}") from error

    def check_key_binding(
        self, now: datetime, *, nonce: str | None = None, audience: str | None = None
    ) -> None:
        """Check the holder's own signature; section 7.3.

        Raises:
            KeyBindingFails: missing though asked for, by another key, over something else, of
                another time, or for another occasion.
        """
        key = self.bound_key()
        if self.key_binding is None:
            if nonce is not None or audience is not None:
                raise KeyBindingFails("the holder did not sign for this occasion")
            return
        if key is None:
            raise KeyBindingFails("the issuer named no key of the holder in cnf")
        try:
            binding = Jws.read(self.key_binding)
            binding.verify(key)
            claims = binding.claims().view
            issued = numeric_date(claims, "iat")
        except ProofError as error:
            raise KeyBindingFails(f"the holder's signature: {error}") from error
        if binding.header.get("typ") != KEY_BINDING:
            raise KeyBindingFails(f"typ of the holder's signature must be {KEY_BINDING}")
        if claims.get("sd_hash") != _digest(self.presented, self.hash_algorithm()):
            raise KeyBindingFails("the holder signed another selection")
        if issued is None or abs(now - issued) > FRESH:
            raise KeyBindingFails("the holder's signature is not of now")
        for name, wanted in (("nonce", nonce), ("aud", audience)):
            if not isinstance(claims.get(name), str) or wanted not in {None, claims[name]}:
                raise KeyBindingFails(f"the holder's signature is for another {name}")


@dataclass(slots=True)
class _Unpacking:
    """Puts disclosures in the places of their digests, each once."""

    waiting: dict[str, Disclosure]
    seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, disclosures: Iterable[Disclosure], algorithm: str) -> Self:
        waiting: dict[str, Disclosure] = {}
        for disclosure in disclosures:
            digest = disclosure.digest(algorithm)
            if digest in waiting:
                raise DisclosureRefused("the same disclosure is given twice")
            waiting[digest] = disclosure
        return cls(waiting)

    def unpack(self, value: Any, depth: int) -> Any:  # noqa: ANN401 - JSON
        if depth > LIMITS.depth:
            raise DisclosureRefused(f"disclosures nested deeper than {LIMITS.depth} levels")
        if isinstance(value, Mapping):
            return self._object(value, depth)
        if isinstance(value, (list, tuple)):
            return [found for item in value for found in self._item(item, depth)]
        return value

    def _object(self, value: Mapping[str, Any], depth: int) -> dict[str, Any]:
        if "..." in value or "_sd_alg" in value:
            raise DisclosureRefused("a member has a name that is part of the rules")
        found = {
            name: self.unpack(member, depth + 1) for name, member in value.items() if name != "_sd"
        }
        digests = value.get("_sd", [])
        if not isinstance(digests, (list, tuple)):
            raise DisclosureRefused("_sd must be an array of digests")
        for digest in digests:
            disclosure = self._take(digest)
            if disclosure is None:
                continue
            if disclosure.name is None:
                raise DisclosureRefused("an item of an array is disclosed as a member")
            if disclosure.name in found:
                raise DisclosureRefused(f"{shown(disclosure.name)} is there already")
            found[disclosure.name] = self.unpack(disclosure.value, depth + 1)
        return found

    def _item(self, item: Any, depth: int) -> list[Any]:  # noqa: ANN401 - JSON
        if not (isinstance(item, Mapping) and "..." in item):
            return [self.unpack(item, depth + 1)]
        if len(item) != 1:
            raise DisclosureRefused("a hidden item stands alone")
        disclosure = self._take(item["..."])
        if disclosure is None:
            return []
        if disclosure.name is not None:
            raise DisclosureRefused("a member is disclosed as an item of an array")
        return [self.unpack(disclosure.value, depth + 1)]

    def _take(self, digest: object) -> Disclosure | None:
        if not isinstance(digest, str):
            raise DisclosureRefused("a digest must be a string")
        if digest in self.seen:
            raise DisclosureRefused("the same digest is there twice")
        self.seen.add(digest)
        return self.waiting.pop(digest, None)

    def check_all_used(self) -> None:
        if self.waiting:
            raise DisclosureRefused("a disclosure belongs to nothing that the issuer signed")


def issue(  # noqa: PLR0913 - what an SD-JWT is made of
    claims: Mapping[str, Any],
    signer: Signer,
    *,
    header: Mapping[str, Any],
    disclosable: Iterable[str] = (),
    holder: PublicKey | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """Sign claims of which the holder may hide some; section 5.

    Args:
        claims: what is said.
        signer: the issuer's key.
        header: the header beside `alg` and `kid`.
        disclosable: names of outermost members that the holder may hide; a name with a dot
            (`address.street`) is a member within one.
        holder: the holder's key, for key binding.
        random_bytes: where salts come from.

    Raises:
        DisclosureRefused: a name that is not there, or that is part of the rules.
    """
    payload = json.loads(write(claims))
    if holder is not None:
        payload["cnf"] = {"jwk": jwk.encode(holder)}
    disclosures = []
    for path in sorted(disclosable, key=lambda name: -name.count(".")):  # innermost first
        *outer, name = path.split(".")
        place = payload
        for step in outer:
            place = place.get(step) if isinstance(place, dict) else None
        if not isinstance(place, dict) or name not in place or name in RESERVED:
            raise DisclosureRefused(f"{shown(path)} is not there to be hidden")
        text = _encoded(json.dumps([_encoded(random_bytes(SALT_BYTES)), name, place.pop(name)]))
        place.setdefault("_sd", []).append(_digest(text, "sha256"))
        place["_sd"].sort()
        disclosures.append(text)
    if disclosures:
        payload["_sd_alg"] = "sha-256"
    named = {"kid": signer.verification_method, **header}
    return "~".join([jws.sign(named, write(payload), signer), *disclosures, ""])


def present(text: str, shown_names: Iterable[str]) -> str:
    """Leave out every disclosure but those of these members, and what they stand in; section 6."""
    read = SdJwt.read(text)
    algorithm = read.hash_algorithm()
    wanted = set(shown_names)
    kept = {d.digest(algorithm): d for d in read.disclosures if d.name in wanted}
    while outer := {
        found.digest(algorithm): found
        for found in read.disclosures
        if found not in kept.values() and any(digest in json.dumps(found.value) for digest in kept)
    }:
        kept |= outer
    texts = [d.text for d in read.disclosures if d in kept.values()]
    return "~".join([text.partition("~")[0], *texts, ""])


def bind(text: str, holder: Signer, *, nonce: str, audience: str, now: datetime) -> str:
    """Sign a selection for one occasion with the holder's key; section 4.3."""
    read = SdJwt.read(text)
    claims = {
        "iat": int(now.timestamp()),
        "aud": audience,
        "nonce": nonce,
        "sd_hash": _digest(read.presented, read.hash_algorithm()),
    }
    return read.presented + jws.sign({"typ": KEY_BINDING}, write(claims), holder)


def _digest(text: str, algorithm: str) -> str:
    return _encoded(hashlib.new(algorithm, text.encode("ascii")).digest())


def _encoded(data: bytes | str) -> str:
    raw = data.encode() if isinstance(data, str) else data
    return multibase.encode_base64url(raw)[1:]
