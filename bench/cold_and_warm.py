"""How long does the first verification take after the start, and how long do the later ones?

The first fetches the issuer's DID document, its status list, its schema and the documents of the
achievement; later ones find in memory what may be kept.  Then the same for an issuer that a busy
verifier never heard of.
"""

import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

from measuring import Series
from real_issuer import HOST, RealIssuer, real_issuer
from services import issuer_service, verifier_service

WARM: Final = 20  # verifications; their median counts
FIRST_START: Final = "first after the start"
FIRST_ISSUER: Final = "first of another issuer"
LATER: Final = "later"


class NotVerified(Exception):
    """A genuine credential was not verified."""


def measure(rounds: int) -> dict[str, Any]:
    """Seconds of each, as one client sees them."""
    found = Series()
    with tempfile.TemporaryDirectory(prefix="skillmark-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        issuers = [real_issuer(folder / which) for which in ("one", "other")]
        for issuer in issuers:
            stack.enter_context(issuer_service(issuer))
        known = known_issuers(issuers, folder / "issuers.json")
        for number in range(rounds):
            with verifier_service(known) as verifier:
                for issuer, first in zip(issuers, (FIRST_START, FIRST_ISSUER), strict=True):
                    given = list(issuer.genuine(1 + WARM, number * (1 + WARM)))
                    found.add(first, [verify(verifier.port, given[0])])
                    found.add(LATER, [verify(verifier.port, each) for each in given[1:]])
    return {"seconds": found.told()}


def known_issuers(issuers: list[RealIssuer], path: Path) -> Path:
    """A list of known issuers with all of them."""
    listed = [{"did": each.did, "name": each.did, "url": each.url} for each in issuers]
    path.write_text(json.dumps({"name": "The benchmark's issuers", "issuers": listed}), "utf-8")
    return path


def verify(port: int, credential: Mapping[str, Any]) -> float:
    """Seconds until a verifier confirmed a credential.

    Raises:
        NotVerified: it did not.
    """
    body = json.dumps({"verifiableCredential": credential})
    connection = HTTPConnection(HOST, port)
    begun = time.perf_counter()
    connection.request("POST", "/credentials/verify", body, {"content-type": "application/json"})
    answer = connection.getresponse()
    said = answer.read()
    seconds = time.perf_counter() - begun
    connection.close()
    if answer.status != 200:
        raise NotVerified(said.decode())
    return seconds
