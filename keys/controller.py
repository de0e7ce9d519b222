"""Which keys does an issuer publish, and what for?

Controlled Identifiers 1.0, sections 2 and 3.3 (Retrieve Verification Method), and
Decentralized Identifiers 1.1.  The named key is looked up by its full address; never the
first key of the document, never a key that only looks like it, and a method that we cannot
read does not spoil the one that is named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, Self

from keys import jwk, multikey
from keys.errors import (
    ControllerMismatch,
    KeyFault,
    KeyNotBound,
    MalformedControllerDocument,
    MalformedKey,
    MethodNotAuthorised,
    MethodNotFound,
)
from keys.lifecycle import KeyLife
from keys.public_key import PublicKey

MOST_METHODS: Final = 100


class Relationship(StrEnum):
    """What a key may be used for; section 2.3."""

    ASSERTION = "assertionMethod"
    AUTHENTICATION = "authentication"


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """One published key."""

    id: str
    controller: str
    public_key: PublicKey
    life: KeyLife = field(default_factory=KeyLife)


@dataclass(frozen=True, slots=True)
class ControllerDocument:
    """What an issuer publishes about itself: its address, and keys by purpose."""

    id: str
    view: Mapping[str, Any]

    @classmethod
    def read(cls, view: Mapping[str, Any], expected_id: str) -> Self:
        """Take a parsed document for the one of `expected_id`.

        Raises:
            ControllerMismatch: it is the document of somebody else.
            MalformedControllerDocument: a member is not what the standard says.
        """
        found = view.get("id")
        if not isinstance(found, str):
            raise MalformedControllerDocument("id must be the DID of the issuer")
        if found != expected_id:
            raise ControllerMismatch(found, expected_id)
        for member in ("verificationMethod", *Relationship):
            entries = view.get(member, [])
            if not isinstance(entries, list) or len(entries) > MOST_METHODS:
                raise MalformedControllerDocument(f"{member} must be a list, of at most 100")
        return cls(found, view)

    def key_for(self, method_url: str, relationship: Relationship) -> VerificationMethod:
        """The key at `method_url`, if the document lists it for this purpose.

        Raises:
            MethodNotFound: no such key in this document.
            MethodNotAuthorised: it is there, but not for `relationship`.
            ControllerMismatch: the key names another controller.
            MalformedControllerDocument: the named key is there twice or cannot be read.
        """
        if method_url.partition("#")[0] != self.id:
            raise MethodNotFound(method_url)
        entries = [
            entry for entry in self._entries() if self._absolute(entry.get("id")) == method_url
        ]
        if not entries:
            raise MethodNotFound(method_url)
        if any(entry != entries[0] for entry in entries):
            raise MalformedControllerDocument("the named key is there twice, differently")
        if method_url not in self._listed(relationship):
            raise MethodNotAuthorised(method_url, relationship)
        return self._read_method(method_url, entries[0])

    def key_named(self, kid: str | None, relationship: Relationship) -> VerificationMethod:
        """The key that a JWS names by `kid`: a full address, a fragment, or the `kid` of its JWK.

        Without a name, or with the document's own, it is the only key of this relationship.

        Raises:
            KeyFault: as `key_for`; and MethodNotFound where several keys could be meant.
        """
        listed = [one for one in dict.fromkeys(self._listed(relationship)) if one is not None]
        if kid is None or kid == self.id:
            if len(listed) != 1:
                raise MethodNotFound(kid or "")
            return self.key_for(listed[0], relationship)
        if "#" in kid:
            return self.key_for(self.id + kid if kid.startswith("#") else kid, relationship)
        named = [
            entry
            for entry in self._entries()
            if isinstance(entry.get("publicKeyJwk"), Mapping)
            and entry["publicKeyJwk"].get("kid") == kid
        ]
        found = {self._absolute(entry.get("id")) for entry in named} - {None}
        method_url = found.pop() if len(found) == 1 else None
        return self.key_for(method_url or f"{self.id}#{kid}", relationship)

    def key_like(self, key: PublicKey, relationship: Relationship) -> VerificationMethod:
        """The entry of this very key.

        Raises:
            KeyNotBound: the document does not have it for this purpose.
        """
        for method_url in self._listed(relationship):
            try:
                found = self.key_for(str(method_url), relationship)
            except KeyFault:
                continue
            if found.public_key == key:
                return found
        raise KeyNotBound(self.id)

    def _entries(self) -> Iterable[Mapping[str, Any]]:
        for member in ("verificationMethod", *Relationship):
            for entry in self.view.get(member, []):
                if isinstance(entry, Mapping):
                    yield entry

    def _listed(self, relationship: Relationship) -> set[str | None]:
        return {
            self._absolute(entry.get("id") if isinstance(entry, Mapping) else entry)
            for entry in self.view.get(relationship, [])
        }

    def _absolute(self, reference: object) -> str | None:
        if not isinstance(reference, str):
            return None
        return self.id + reference if reference.startswith("#") else reference

    def _read_method(self, method_url: str, entry: Mapping[str, Any]) -> VerificationMethod:
        controller = entry.get("controller")
        if controller != self.id:
            raise ControllerMismatch(str(controller), self.id)
        life = KeyLife(_moment(entry, "expires"), _moment(entry, "revoked"))
        return VerificationMethod(method_url, self.id, _public_key(entry), life)


def build(did: str, keys: Iterable[tuple[str, PublicKey, KeyLife]]) -> dict[str, Any]:
    """The DID document of an issuer, keys as Multikey, each for assertions.

    Args:
        did: the issuer's DID.
        keys: fragment, public key and life of each key ever used; old signatures need the
            retired ones too.
    """
    methods: list[dict[str, Any]] = []
    for fragment, key, life in keys:
        method = {
            "id": f"{did}#{fragment}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": multikey.encode(key),
        }
        for name, moment in (("expires", life.expires), ("revoked", life.revoked)):
            if moment is not None:
                method[name] = moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"
        methods.append(method)
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _public_key(entry: Mapping[str, Any]) -> PublicKey:
    try:
        match entry:
            case {"type": "Multikey" | "Ed25519VerificationKey2020", "publicKeyMultibase": str(k)}:
                return multikey.decode(k)
            case {"type": "JsonWebKey" | "JsonWebKey2020", "publicKeyJwk": Mapping() as k}:
                return jwk.decode(k)
            case _:
                raise MalformedControllerDocument("the named key is no Multikey or JsonWebKey")
    except MalformedKey as error:
        raise MalformedControllerDocument(f"the named key cannot be read: {error}") from error


def _moment(entry: Mapping[str, Any], member: str) -> datetime | None:
    text = entry.get(member)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise MalformedControllerDocument(f"{member} of the named key must be a time") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
