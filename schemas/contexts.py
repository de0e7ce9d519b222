"""Which JSON-LD contexts do we know?

VCDM 2.0, section 5.2 and appendix B.  Every context is a file of this package with a pinned
SHA-256 digest; nothing is loaded at run time, and an address that is not listed here is an
error.  Where each file comes from is written in `contexts/PROVENANCE.md`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from schemas.errors import UnknownContext

VC_V2: Final = "https://www.w3.org/ns/credentials/v2"
VC_V1: Final = "https://www.w3.org/2018/credentials/v1"
OB_V3: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_V3_0_2: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
OB_V3_0_1: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
OB_V3_EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
DATA_INTEGRITY_V2: Final = "https://w3id.org/security/data-integrity/v2"
MULTIKEY_V1: Final = "https://w3id.org/security/multikey/v1"
DID_V1: Final = "https://www.w3.org/ns/did/v1"
SECURITY_V2: Final = "https://w3id.org/security/v2"
ED25519_2020_V1: Final = "https://w3id.org/security/suites/ed25519-2020/v1"
STATUS_LIST_2021_V1: Final = "https://w3id.org/vc/status-list/2021/v1"
EXAMPLES_V2: Final = "https://www.w3.org/ns/credentials/examples/v2"


@dataclass(frozen=True, slots=True)
class Context:
    """A context as published: its address, the digest of its bytes, and our copy."""

    url: str
    sha256: str
    filename: str

    def read(self) -> bytes:
        """The bytes as published.

        Raises:
            UnknownContext: the file in this installation is not the one that was pinned.
        """
        raw = files("schemas").joinpath("contexts", self.filename).read_bytes()
        if hashlib.sha256(raw).hexdigest() != self.sha256:
            raise UnknownContext(self.url, ())
        return raw


def _by_url(*contexts: Context) -> Mapping[str, Context]:
    return MappingProxyType({context.url: context for context in contexts})


CONTEXTS: Final = _by_url(
    Context(
        VC_V2,
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        "credentials-v2.jsonld",
    ),
    Context(
        VC_V1,
        "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
        "credentials-v1.jsonld",
    ),
    Context(
        OB_V3,
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
        "open-badges-3.0.3.jsonld",
    ),
    Context(
        OB_V3_0_2,
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
        "open-badges-3.0.2.jsonld",
    ),
    Context(
        OB_V3_0_1,
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
        "open-badges-3.0.1.jsonld",
    ),
    Context(
        OB_V3_EXTENSIONS,
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
        "open-badges-extensions.jsonld",
    ),
    Context(
        DATA_INTEGRITY_V2,
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
        "data-integrity-v2.jsonld",
    ),
    Context(
        MULTIKEY_V1,
        "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
        "multikey-v1.jsonld",
    ),
    Context(
        DID_V1,
        "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f",
        "did-v1.jsonld",
    ),
    Context(
        SECURITY_V2,
        "4cb186bc29c08af6e40c58178c22dd84d542f2871a063afed6e648b47abc3cf6",
        "security-v2.jsonld",
    ),
    Context(
        ED25519_2020_V1,
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
        "ed25519-2020-v1.jsonld",
    ),
    Context(
        STATUS_LIST_2021_V1,
        "634d71c159289f068c96012e4511c657fdf82ac4231900081bda3ba24e2e1160",
        "status-list-2021-v1.jsonld",
    ),
)
"""What documents may name, by address."""

CONFORMANCE_CONTEXTS: Final = _by_url(
    Context(
        EXAMPLES_V2,
        "895d705429f42934c1568b13376dfcb1aec71e5a42add2b9bb0855dfb3bc2ff4",
        "examples-v2.jsonld",
    ),
)
"""Only for public test suites: it defines every term there is, so it protects nothing."""


def context(url: str) -> Mapping[str, Any]:
    """The context document at this address; treat it as read-only.

    Raises:
        UnknownContext: the address is not one of `CONTEXTS`.
    """
    if url not in CONTEXTS:
        raise UnknownContext(url, CONTEXTS)
    return _read(url)


@cache
def _read(url: str) -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(CONTEXTS[url].read())
    return document


def document_loader(url: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Answer PyLD's request for a remote document, from this package only.

    The tag `static` lets PyLD keep what it made of the context.

    Raises:
        UnknownContext: the address is not one of `CONTEXTS`.
    """
    del options
    return _answer(url, context(url))


def conformance_loader(url: str, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The same, with the contexts of public test suites beside ours.

    Raises:
        UnknownContext: none of these.
    """
    if url not in CONFORMANCE_CONTEXTS:
        return document_loader(url, options)
    return _answer(url, json.loads(CONFORMANCE_CONTEXTS[url].read()))


def _answer(url: str, document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
        "tag": "static",
    }
