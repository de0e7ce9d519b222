"""Does an address stand for itself?

RDF has to hold it as it stands (RFC 3987), and no context may read it as an abbreviation (JSON-LD
1.1, section 4.1.5).  A document has a hundred addresses, of which nearly all are plain; they are
looked at together, and one by one only where that does not settle it.
"""

import re
from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode

from proofs.compiled.not_covered import NotCovered

EVERYDAY_SCHEMES: Final = frozenset({"http", "https", "urn", "did", "mailto"})

_REST: Final = r"[A-Za-z0-9._~!$&'()*+,;=:@/-]*+(?:\?[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+)?+"
_ALL_PLAIN: Final = re.compile(
    r"(?:(?:https?://[a-z0-9][a-z0-9.-]*+(?::[0-9]{1,4})?+(?=[/?#\n])|urn:|did:[a-z0-9]++:|mailto:)"
    + _REST
    + r"(?:\#[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+)?+\n)*+"
).fullmatch
"""Addresses of everyday schemes, a line feed after each."""


def check_addresses(
    given: Sequence[str], prefixes: frozenset[str], *, abbreviates_everyday: bool
) -> None:
    """Make sure that all of these stand for themselves.

    Args:
        given: the addresses.
        prefixes: words that would abbreviate one, were they to stand before its colon.
        abbreviates_everyday: whether an everyday scheme is among the prefixes.

    Raises:
        NotCovered: one does not.
    """
    text = "\n".join([*given, ""])
    none_is_two = text.count("\n") == len(given)
    if none_is_two and not abbreviates_everyday and _ALL_PLAIN(text):
        return
    for each in given:
        if each.partition(":")[0] in prefixes:
            raise NotCovered
        try:
            NamedNode(each)
        except ValueError:
            raise NotCovered from None
