"""What the interop tests hand to every peer: our contexts, our keys and our status list.

And what is changed in a credential, so that nobody may take it for the one that was signed.
"""

import base64
import copy
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from world.credentials import ISSUER_DID, NOON

from keys import multikey
from keys.memory import MemorySigner, generate
from keys.public_key import KeyType, PublicKey
from keys.signer import Signer
from proofs.errors import ProofError
from proofs.secure import secure
from proofs.status import Purpose, StatusEntry, StatusList, status_list_credential
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import CONTEXTS, context
from schemas.document import Document, write
from schemas.errors import SchemaError

Json = Mapping[str, Any]
Path = tuple[str | int, ...]

CREATED: Final = "2026-03-03T12:00:00Z"
"""Noon, as peers are told it."""

OUR_KEYS: Final[Mapping[KeyType, MemorySigner]] = {
    kind: MemorySigner(f"{ISSUER_DID}#{kind}", generate(kind))
    for kind in (KeyType.ED25519, KeyType.P256, KeyType.P384)
}
"""One of each kind, all of the issuer of `sample_credential`."""

MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d")


def contexts() -> dict[str, dict[str, Any]]:
    """Every context that is bundled, by its address."""
    return {url: context(url) for url in CONTEXTS}


def status_list(credential: Json, signer: Signer, *, withdrawn: bool) -> dict[str, Any]:
    """Our signed status list for one credential, with its bit set or clear.

    The peers ask the clock whether the list is in force, so it is until tomorrow.
    """
    entry = StatusEntry.read(credential["credentialStatus"])
    published = StatusList.blank(Purpose.REVOCATION).with_bit(entry.index, value=withdrawn)
    unsigned = status_list_credential(
        id=entry.list_url,
        issuer=credential["issuer"]["id"],
        status_list=published,
        valid_from=NOON,
        valid_until=datetime.now(UTC).replace(microsecond=0) + timedelta(days=1),
        ttl_ms=60_000,
    )
    return secure(unsigned, signer, NOON)


def received(credential: Json) -> Document:
    """A credential as it arrives here from somebody else: bytes."""
    return Document.read(write(credential))


def our_controller() -> dict[str, Any]:
    """The issuer's DID document with each of `OUR_KEYS`."""
    methods = [
        {
            "id": signer.verification_method,
            "type": "Multikey",
            "controller": ISSUER_DID,
            "publicKeyMultibase": multikey.encode(signer.public_key),
        }
        for signer in OUR_KEYS.values()
    ]
    named = [method["id"] for method in methods]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": ISSUER_DID,
        "verificationMethod": methods,
        "assertionMethod": named,
        "authentication": named,
    }


def changed(document: Json, which: int) -> dict[str, Any]:
    """The same with one text or number replaced by another of its kind, somewhere.

    Another `which` is another place.  Contexts are left alone, as rules and not content.
    """
    other: dict[str, Any] = copy.deepcopy(dict(document))
    places = [path for path in _places(document, ()) if "@context" not in path]
    *way, last = random.Random(which).choice(places)  # noqa: S311 - the same in every run
    holder: Any = other
    for step in way:
        holder = holder[step]
    holder[last] = _garbled(holder[last]) if last == "proofValue" else _another(holder[last])
    return other


def all_changed(documents: Iterable[Json]) -> list[dict[str, Any]]:
    """Each with another value, each somewhere else."""
    return [changed(one, which) for which, one in enumerate(documents)]


def we_refuse(credentials: Iterable[Json], key: PublicKey) -> dict[int, str]:
    """Which of them we refuse, by their place, and why."""
    return refusals(lambda one: _verify(one, key), credentials, ProofError, SchemaError)


def refusals(
    verify: Callable[[Any], object], items: Iterable[object], *errors: type[Exception]
) -> dict[int, str]:
    """Which of them one of these errors is raised for, by their place, and what it says."""
    refused = {}
    for at, one in enumerate(items):
        try:
            verify(one)
        except errors as error:
            refused[at] = str(error)
    return refused


def _verify(credential: Json, key: PublicKey) -> None:
    document = received(credential)
    (proof,) = read_proofs(document)
    verify_proof(document, proof, key)


def _places(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _places(member, (*path, name))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _places(item, (*path, position))
    elif not isinstance(value, bool):
        yield path


def _another(value: str | float) -> str | float:
    """Of moments another second, so that nobody refuses them for their form alone."""
    if not isinstance(value, str):
        return 7 if value != 7 else 8
    if MOMENT.match(value):
        return f"{value[:18]}{'2' if value[18] == '1' else '1'}{value[19:]}"
    return f"{value}x"


def _garbled(encoded: str) -> str:
    """Another character in the middle, from every alphabet in use."""
    at = len(encoded) // 2
    return f"{encoded[:at]}{'B' if encoded[at] == 'A' else 'A'}{encoded[at + 1 :]}"


def claims_of(credential: Json) -> dict[str, Any]:
    """The claims of an SD-JWT VC that says what the credential says."""
    said = {name: value for name, value in credential.items() if name != "@context"}
    return {"iss": ISSUER_DID, "vct": "https://issuer.example/types/badge", **said}


def forged(given: str, which: int, *, disclosures_too: bool = True) -> str:
    """A JWT or an SD-JWT with one value changed, in its payload or in a disclosure."""
    token, *behind = given.split("~")
    header, payload, signature = token.split(".")
    parts = [payload, *(text for text in behind if text)]
    at = which % len(parts) if disclosures_too else 0
    said = {"said": json.loads(_decoded(parts[at]))}
    parts[at] = _encoded(json.dumps(changed(said, which)["said"]))
    payload, *disclosures = parts
    token = f"{header}.{payload}.{signature}"
    return "~".join([token, *disclosures, ""]) if behind else token


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
