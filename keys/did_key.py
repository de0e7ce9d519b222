"""Which key does a `did:key` name?

did:key method specification: the DID is the key, so its document is made here and nothing
is fetched.
"""

from keys import multikey
from keys.controller import ControllerDocument, build
from keys.did import Did
from keys.errors import MalformedDid, MalformedKey, MethodNotSupported
from keys.lifecycle import KeyLife
from keys.public_key import PublicKey


def did_for(key: PublicKey) -> str:
    """The DID that is this key."""
    return f"did:key:{multikey.encode(key)}"


def method_for(key: PublicKey) -> str:
    """The DID URL of the only key in the document of `did_for(key)`."""
    return f"{did_for(key)}#{multikey.encode(key)}"


def resolve(did: str) -> ControllerDocument:
    """The document of a `did:key`.

    Raises:
        MalformedDid: the identifier is not a Multikey.
        MethodNotSupported: another method.
    """
    parsed = Did.parse(did)
    if parsed.method != "key":
        raise MethodNotSupported(parsed.method)
    try:
        key = multikey.decode(parsed.identifier)
    except MalformedKey as error:
        raise MalformedDid(f"did:key of no key that we know: {error}") from error
    view = build(did, [(parsed.identifier, key, KeyLife())])
    view["authentication"] = view["assertionMethod"]
    return ControllerDocument.read(view, did)
