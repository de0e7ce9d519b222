"""Which key does a `did:jwk` name?

did:jwk method specification: the DID is the base64url of a public JWK; its only key has the
fragment `#0`.
"""

import json
from collections.abc import Mapping

from keys import jwk, multibase
from keys.controller import ControllerDocument
from keys.did import Did
from keys.errors import MalformedDid, MalformedKey, MethodNotSupported
from keys.public_key import PublicKey


def did_for(key: PublicKey) -> str:
    """The DID that is this key."""
    text = json.dumps(jwk.encode(key), separators=(",", ":"))
    return "did:jwk:" + multibase.encode_base64url(text.encode())[1:]


def resolve(did: str) -> ControllerDocument:
    """The document of a `did:jwk`.

    Raises:
        MalformedDid: the identifier is not the base64url of a public JWK.
        MethodNotSupported: another method.
    """
    parsed = Did.parse(did)
    if parsed.method != "jwk":
        raise MethodNotSupported(parsed.method)
    try:
        view = json.loads(multibase.decode("u" + parsed.identifier))
        if not isinstance(view, Mapping):
            raise MalformedDid("did:jwk of something that is not a JSON object")
        jwk.decode(view)
    except (MalformedKey, ValueError, RecursionError) as error:
        raise MalformedDid(f"did:jwk of no key that we know: {error}") from error
    method = {"id": f"{did}#0", "type": "JsonWebKey", "controller": did, "publicKeyJwk": view}
    document = {"id": did, "verificationMethod": [method]}
    uses = [] if view.get("use") == "enc" else [f"{did}#0"]
    document |= {"assertionMethod": uses, "authentication": uses}
    return ControllerDocument.read(document, did)
