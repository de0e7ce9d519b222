"""What does an issuer never sign only because somebody with an API key asks?

Achievements need an assessment that the gate has seen, status lists are made of what was
withdrawn, and the addresses of this issuer name its own documents.  Names are compared as JSON-LD
reads them, since a context may give every one of them another spelling.

Reading all of JSON-LD takes longer than everything else together.  Where the short way can tell
what a document says (`proofs.compiled`), and nothing in it is reserved wherever it stands, that is
enough; whatever is left is read in full.
"""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from issuer.errors import CannotBeSigned
from proofs import compiled
from proofs.limits import Limits
from proofs.rdf import expanded
from service.urls import DEFAULT_PORTS, MalformedUrl, SchemeNotAllowed, split_url

OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
ASSESSED_ONLY: Final = frozenset(
    {f"{OPEN_BADGES}OpenBadgeCredential", f"{OPEN_BADGES}AchievementCredential"}
)
STATUS_LISTS: Final = frozenset(
    {
        "https://www.w3.org/ns/credentials/status#BitstringStatusListCredential",
        "https://w3id.org/vc/status-list#StatusList2021Credential",
    }
)
SUBJECT: Final = "https://www.w3.org/2018/credentials#credentialSubject"
ACHIEVEMENT: Final = f"{OPEN_BADGES}achievement"
NAMES: Final = tuple(f"<{name}>" for name in (*ASSESSED_ONLY, *STATUS_LISTS, ACHIEVEMENT))


def refuse_reserved(document: Mapping[str, Any], url: str, limits: Limits | None = None) -> None:
    """Let through only what may be signed on the caller's word.

    Args:
        document: what is to be signed, with its final `id`.
        url: where the issuer's own documents are, without a slash at the end.
        limits: how much work is done.

    Raises:
        CannotBeSigned: an achievement, a status list, or an address of the issuer's own.
        ProofError: it cannot be read as JSON-LD.
        NotCovered: `limits.only_at_once`, and it takes longer to tell.
    """
    limits = limits or Limits()
    if _says_nothing_reserved(document, url, limits):
        return
    if limits.only_at_once:
        raise compiled.NotCovered
    for node in expanded(document):
        types = {each for each in node.get("@type", []) if isinstance(each, str)}
        if types & ASSESSED_ONLY or any(ACHIEVEMENT in each for each in _subjects(node)):
            raise CannotBeSigned(
                "/credential/type",
                "another kind: achievements are issued from an assessed submission",
            )
        if types & STATUS_LISTS:
            raise CannotBeSigned("/credential/type", "another kind: status lists are made here")
        if _is_below(node.get("@id"), url):
            raise CannotBeSigned("/credential/id", "no address of this issuer's own documents")


def _says_nothing_reserved(document: Mapping[str, Any], url: str, limits: Limits) -> bool:
    """Whether it may be let through for certain; cheap, and never mistaken."""
    with contextlib.suppress(compiled.NotCovered):
        found = compiled.statements(document, limits)
        said = [*found.complete, *(link for _, link, _ in found.links)]
        for about in found.of_blank:
            said += about
        text = "".join(said)
        # On the short way, no other member than `id` is the address of a node.
        return not any(name in text for name in NAMES) and not _is_below(document.get("id"), url)
    return False


def _subjects(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (each for each in node.get(SUBJECT, []) if isinstance(each, Mapping))


def _is_below(name: object, url: str) -> bool:
    """Whether it is an address at our host, or one that some reader could take there."""
    if not isinstance(name, str):
        return False
    try:
        return split_url(name).authority == split_url(url).authority
    except SchemeNotAllowed:
        return False
    except MalformedUrl:
        return name.partition(":")[0].strip().lower() in DEFAULT_PORTS
