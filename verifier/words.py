"""Does a document use a word that none of its contexts defines?

VCDM 2.0, sections 4.5 (Types) and 5.2.1 (Semantic Interoperability).  Suites that sign what a
document means refuse such a word, since it would not be covered.  Tokens, and suites that sign its
JSON, cover it; but it means nothing, or to each program something else.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from proofs.canonical import canonical
from proofs.errors import ProofError, UndefinedTerm
from proofs.limits import Limits
from proofs.rdf import Loader
from proofs.suites import SUITES
from schemas.errors import SchemaError
from verifier.facts import Signature

EVERYDAY: Final = Limits(values=500, contexts=8, look_alike_orders=1)
"""Twice what an honest credential has; a larger one is not looked through, since a presentation
may hold sixteen."""


def are_signed(signatures: Iterable[Signature]) -> bool:
    """Whether a signature over the meaning of the document has shown that every word means one."""
    suites = (SUITES.get(signature.proof.cryptosuite) for signature in signatures)
    return any(suite is not None and not suite.over_json for suite in suites)


def undefined_word(view: Mapping[str, Any], loader: Loader) -> str | None:
    """The first such word, in a sentence; none where a context that we do not carry may have it.

    Args:
        view: the document, whose signatures hold, none of them over its meaning.
        loader: where contexts come from.
    """
    try:
        canonical(view, limits=EVERYDAY, loader=loader)
    except UndefinedTerm as error:
        return str(error)
    except (ProofError, SchemaError):
        pass  # whatever else RDF could not hold is signed as it stands
    return None
