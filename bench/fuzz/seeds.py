"""Where does fuzzing begin?  One honest document of each kind that the verifier reads."""

from dataclasses import dataclass
from typing import Any, Final

from world.credentials import NOON, signed_sample

from keys import did_key
from keys.memory import MemorySigner, generate, public_half
from keys.public_key import KeyType
from proofs.jose import open_badges_jwt, sd_jwt, sd_jwt_vc, vc_jwt
from proofs.secure import Wish, add_proof
from proofs.selective import disclose
from proofs.suites import SUITES
from schemas.contexts import VC_V2
from schemas.document import Document

CREDENTIALS: Final = "/credentials/verify"
PRESENTATIONS: Final = "/presentations/verify"
PASTED: Final = "/api/v1/verifications"
MEMBERS: Final = {
    CREDENTIALS: "verifiableCredential",
    PRESENTATIONS: "verifiablePresentation",
    PASTED: "input",
}


@dataclass(frozen=True, slots=True)
class Seed:
    """What is sent to which address."""

    name: str
    route: str
    given: Any


def signer(kind: KeyType) -> MemorySigner:
    """A new key that is its own name."""
    key = generate(kind)
    return MemorySigner(did_key.method_for(public_half(key)), key)


def credential(who: MemorySigner, **over: object) -> dict[str, Any]:
    """A small unsigned credential."""
    return {
        "@context": [VC_V2],
        "id": "urn:uuid:0f8b6c1e-5d2a-4e7f-9a3b-1c2d3e4f5a6b",
        "type": ["VerifiableCredential"],
        "name": "A name",
        "issuer": {"id": who.verification_method.partition("#")[0], "name": "An issuer"},
        "validFrom": "2026-03-03T11:00:00Z",
        "validUntil": "2027-03-03T11:00:00Z",
        "credentialSubject": {"id": "did:example:holder", "description": "Somebody"},
    } | over


def seeds() -> list[Seed]:
    """Every suite and every token form, credentials and presentations."""
    found = [Seed("sample", CREDENTIALS, Document.read(signed_sample()).copy())]
    held: list[Any] = []
    for name, suite in SUITES.items():
        if suite.deprecated:
            continue
        who = signer(min(suite.key_types))
        wish = Wish(name, mandatory_pointers=("/issuer", "/validFrom"))
        made = add_proof(credential(who), who, NOON, wish)
        made = disclose(made, ["/name", "/credentialSubject"]) if suite.discloses else made
        held.append(made)
        found.append(Seed(name, CREDENTIALS, made))
    who = signer(KeyType.P256)
    holder = signer(KeyType.ED25519)
    first = add_proof(credential(who), who, NOON, Wish("ecdsa-jcs-2019", id="urn:a:1"))
    second = Wish("ecdsa-rdfc-2019", previous_proof=("urn:a:1",))
    found.append(Seed("chain", CREDENTIALS, add_proof(first, who, NOON, second)))
    token = vc_jwt.secure(credential(who), who, now=NOON)
    hidden = ("credentialSubject.description",)
    text = sd_jwt_vc.secure_document(credential(who), who, disclosable=hidden)
    issuer = who.verification_method.partition("#")[0]
    claims = {"iss": issuer, "vct": "urn:a:skill", "name": "A", "level": "2"}
    vc = sd_jwt_vc.secure(claims, who, disclosable=("level",), holder=holder.public_key)
    bound = sd_jwt.bind(vc, holder, nonce="8c1d", audience="client.example", now=NOON)
    found += [
        Seed("vc-jwt", CREDENTIALS, token),
        Seed("envelope", CREDENTIALS, vc_jwt.envelope(token, "vc+jwt", VC_V2)),
        Seed("sd-jwt", CREDENTIALS, text),
        Seed("sd-jwt-vc", CREDENTIALS, bound),
        Seed("badge", CREDENTIALS, open_badges_jwt.secure(credential(who), who)),
        Seed("pasted", PASTED, token),
        Seed("shown-sd-jwt", PRESENTATIONS, bound),
    ]
    shown = {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "holder": holder.verification_method.partition("#")[0],
        "verifiableCredential": [held[0], vc_jwt.envelope(token, "vc+jwt", VC_V2)],
    }
    for suite_name in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        wish = Wish(suite_name, "authentication", challenge="8c1d", domain="client.example")
        found.append(
            Seed(f"shown-{suite_name}", PRESENTATIONS, add_proof(shown, holder, NOON, wish))
        )
    jwt = vc_jwt.secure(shown, holder, typ="vp+jwt", now=NOON, nonce="8c1d")
    return [*found, Seed("shown-jwt", PRESENTATIONS, jwt)]
