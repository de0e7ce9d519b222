"""How long does one credential take, beside other implementations?  In one process, no network.

Every credential is a different one.  What is verified is read from its bytes first, and the data
model of both editions is checked, as a verifier has to.  The runs of all are interleaved: a round
of ours, a round of theirs, and again, so that a busy machine is busy for everybody.
"""

import hashlib
import json
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from credentials import realistic
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld
from world.credentials import ISSUER_DID, METHOD, sample_signer

from keys.memory import MemorySigner, generate
from keys.public_key import KeyType, PublicKey
from proofs.jose import vc_jwt
from proofs.secure import Wish, add_proof
from proofs.selective import disclose
from proofs.verify import read_proofs, verify_proof
from schemas.contexts import CONTEXTS, context, document_loader
from schemas.data_model import check_credential
from schemas.document import Document, write

PEERS: Final = Path(__file__).parent / "peers"
NOON: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
MANDATORY: Final = ("/issuer", "/validFrom", "/validUntil", "/credentialStatus")
SELECTED: Final = ("/credentialSubject/achievement/name", "/credentialSubject/result", "/name")

Seconds = dict[str, list[float]]
"""Name of a measurement → the seconds of each credential."""


def measure(rounds: int, size: int) -> Seconds:
    """Run everything.

    Args:
        rounds: how often each implementation gets its turn.
        size: how many credentials there are in a turn.
    """
    found: defaultdict[str, list[float]] = defaultdict(list)
    with digitalbazaar() as ask:
        for number in range(-1, rounds):  # the first round warms up
            begin = (number + 1) * size
            credentials = [realistic(begin + place) for place in range(size)]
            turn: defaultdict[str, list[float]] = defaultdict(list)
            ours(turn, credentials)
            ours(turn, [realistic(begin + p, shared=True) for p in range(size)], "shared.")
            straightforward(turn, credentials[: max(2, size // 4)])
            floor(turn, credentials)
            for suite, works in THEIRS.items():
                for work in works:
                    given = {"credentials": credentials} if work == "issue" else {}
                    answer = ask({"op": "run", "work": work, "suite": suite, **given})
                    turn[f"digitalbazaar.{work}.{suite}"] += answer["seconds"]
            if number >= 0:
                for name, seconds in turn.items():
                    found[name] += seconds
    return dict(found)


THEIRS: Final = {
    "eddsa-rdfc-2022": ("issue", "verify"),
    "ecdsa-sd-2023": ("issue", "derive", "verify"),
}


def timed(into: Seconds, name: str, works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do each, write down its seconds, and return what it made."""
    made = []
    for work in works:
        begun = time.perf_counter()
        made.append(work())
        into[name].append(time.perf_counter() - begun)
    return made


def ours(into: Seconds, credentials: Sequence[dict[str, Any]], prefix: str = "") -> None:
    """Every suite and format of ours."""
    ed, p256 = sample_signer(), P256
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        wish = Wish(suite)
        signed = timed(
            into,
            f"{prefix}issue.{suite}",
            [lambda c=c, w=wish: write(add_proof(c, ed, NOON, w)) for c in credentials],
        )
        timed(
            into, f"{prefix}verify.{suite}", [lambda s=s: verify(s, ed.public_key) for s in signed]
        )
    if prefix:
        return
    tokens = timed(
        into, "issue.vc-jwt", [lambda c=c: vc_jwt.secure(c, ed, now=NOON) for c in credentials]
    )
    timed(into, "verify.vc-jwt", [lambda t=t: verify_token(t, ed.public_key) for t in tokens])
    wish = Wish("ecdsa-sd-2023", mandatory_pointers=MANDATORY)
    base = timed(
        into,
        "issue.ecdsa-sd-2023",
        [lambda c=c: add_proof(c, p256, NOON, wish) for c in credentials],
    )
    shown = timed(into, "derive.ecdsa-sd-2023", [lambda b=b: disclose(b, SELECTED) for b in base])
    timed(
        into,
        "verify.ecdsa-sd-2023",
        [lambda s=s: verify(s, p256.public_key) for s in map(write, shown)],
    )


P256: Final = MemorySigner(METHOD, generate(KeyType.P256))


def verify(raw: bytes, key: PublicKey) -> None:
    """Read, check the data model, verify all proofs."""
    document = Document.read(raw)
    check_credential(document.view)
    for proof in read_proofs(document):
        verify_proof(document, proof, key)


def verify_token(text: str, key: PublicKey) -> None:
    """The same for a VC-JWT."""
    token = vc_jwt.Token.read(text)
    check_credential(token.document.view)
    token.jws.verify(key)


def straightforward(into: Seconds, credentials: Sequence[dict[str, Any]]) -> None:
    """PyLD and pyca/cryptography as everybody would put them together at first."""
    key = Ed25519PrivateKey.generate()
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": document_loader,
    }

    def data(credential: Mapping[str, Any]) -> bytes:
        proof = {"@context": credential["@context"], "type": "DataIntegrityProof"}
        both = (jsonld.normalize(each, options) for each in (proof, credential))
        return b"".join(hashlib.sha256(text.encode()).digest() for text in both)

    signed = timed(
        into, "pyld.issue.eddsa-rdfc-2022", [lambda c=c: key.sign(data(c)) for c in credentials]
    )
    timed(
        into,
        "pyld.verify.eddsa-rdfc-2022",
        [
            lambda s=s, raw=raw: key.public_key().verify(s, data(json.loads(raw)))
            for s, raw in zip(signed, map(write, credentials), strict=True)
        ],
    )


def floor(into: Seconds, credentials: Sequence[dict[str, Any]]) -> None:
    """What nobody can do without: reading JSON, hashing, Ed25519."""
    signer = sample_signer()
    public = signer.public_key
    raws = [write(credential) for credential in credentials]
    signatures = [signer.sign(hashlib.sha256(raw).digest() * 2) for raw in raws]

    def one(raw: bytes, signature: bytes) -> None:
        json.loads(raw)
        assert public.verifies(signature, hashlib.sha256(raw).digest() * 2)  # noqa: S101

    works = [lambda r=r, s=s: one(r, s) for r, s in zip(raws, signatures, strict=True)]
    timed(into, "floor.verify", works)
    data = hashlib.sha256(raws[0]).digest() * 2
    timed(into, "ed25519.sign", [lambda: signer.sign(data) for _ in raws])
    timed(into, "ed25519.verify", [lambda s=signatures[0]: public.verifies(s, data) for _ in raws])


@contextmanager
def digitalbazaar() -> Iterator[Callable[[dict[str, Any]], dict[str, Any]]]:
    """npm @digitalbazaar/vc in a process of its own."""
    with subprocess.Popen(
        ["node", "vc.mjs"],  # noqa: S607 - the one of the virtual environment
        cwd=PEERS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def ask(request: dict[str, Any]) -> dict[str, Any]:
            assert process.stdin is not None  # noqa: S101 - pipes were asked for
            assert process.stdout is not None  # noqa: S101 - same
            process.stdin.write(f"{json.dumps(request)}\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            if "error" in answer:
                raise RuntimeError(answer["error"])
            return answer

        documents = {url: dict(context(url)) for url in CONTEXTS}
        ask({"op": "load", "documents": documents, "controller": ISSUER_DID})
        yield ask
        process.kill()
