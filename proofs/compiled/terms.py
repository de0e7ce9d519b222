"""What does one term mean in one place?

JSON-LD 1.1 Processing Algorithms and API, section 5.1 (Expansion), as `JsonLdProcessor._expand`
and `_expand_object` do it.  What is not for everyday is left to the general way.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from pyld.jsonld import JsonLdProcessor
from pyoxigraph import Literal, NamedNode

from proofs.compiled.not_covered import NotCovered
from proofs.compiled.pyld_contexts import Active, Contexts
from proofs.faithful import NATIVE
from schemas.one_or_many import listed

CONTAINERS: Final = frozenset({"@set", "@list"})
KEYWORDS: Final = {"id": "@id", "type": "@type"}
"""Term → the keyword that it stands for in every context that we read; no other term does."""


class Kind(IntEnum):
    """What the values of a term are, where they are not nodes."""

    TEXT = 0
    ADDRESS = 1
    WORD = 2


class Words(dict[str, str]):
    """Terms of one active context → their addresses, as N-Quads write them; asked for once."""

    def __init__(self, active: Active) -> None:
        super().__init__()
        self._active = active

    def __missing__(self, name: str) -> str:
        """What stands for the address of a term.

        Raises:
            NotCovered: it is not a term of this context.
        """
        meaning = self._active["mappings"].get(name)
        if not meaning or ":" in name:
            raise NotCovered
        found = self[name] = _written(meaning["@id"])
        return found


@dataclass(frozen=True, slots=True)
class Meaning:
    """One term in one active context.

    Attributes:
        kind: what its values are.
        words: what its values mean where they are words of a context.
        below: the active context of the nodes that are its values.
        predicate: its address as N-Quads write it, a space on either side.
        ending: what follows a text, from the quotation mark to the end of the line.
        datatype: of numbers, true and false; `None` where each has its own.
        is_list: its values keep their order.
        is_shared: another term stands for the same address; JSON-LD puts their values together.
        is_native: JSON writes its values without quotation marks.
        may_refer: a node with an `id` and nothing else is a mere reference here.
    """

    kind: Kind
    words: Words
    below: Active
    predicate: str
    ending: str
    datatype: str | None
    is_list: bool
    is_shared: bool
    is_native: bool
    may_refer: bool

    @property
    def is_plain(self) -> bool:
        """Whether a text is written as it stands, with no other value to be put together with."""
        is_text = self.kind is Kind.TEXT and not self.is_native
        return is_text and not self.is_list and not self.is_shared


def meaning(active: Active, name: str) -> Meaning:
    """What a member means where this context is the active one.

    Raises:
        NotCovered: nothing, or something rare.
    """
    defined = active["mappings"].get(name)
    if not defined or ":" in name or name in KEYWORDS:
        raise NotCovered
    address = defined["@id"]
    with Contexts.open() as contexts:
        inner = contexts.within(active, active, name)
        again = inner["mappings"].get(name)
        if not again or again["@id"] != address:
            raise NotCovered
        for each in (active, inner):
            _refuse_rare(each, name)
        before = inner.get("previousContext") or inner
        below = contexts.within(inner, before, name)
        referring = contexts.within(inner, inner, name)
    for each in (inner, referring, below):
        refuse_unusual_keywords(each)
    coerced = again.get("@type") or "@none"
    return Meaning(
        kind=_kind(coerced),
        words=Words(inner),
        below=below,
        predicate=f" {_written(address)} ",
        ending=_ending(coerced),
        datatype=None if coerced.startswith("@") else coerced,
        is_list="@list" in listed(defined.get("@container") or ()),
        is_shared=_is_shared(active, address),
        is_native=coerced.rpartition("#")[2] in NATIVE,
        may_refer="id" in inner["mappings"] and "id" in referring["mappings"],
    )


def refuse_unusual_keywords(active: Active) -> None:
    """Read only contexts in which keywords have the names that they have everywhere.

    Raises:
        NotCovered: this one is another.
    """
    for name, defined in active["mappings"].items():
        address = defined["@id"] if defined else None
        usual = KEYWORDS.get(name)
        if address != usual and (usual is not None or str(address).startswith("@")):
            raise NotCovered


def _refuse_rare(active: Active, name: str) -> None:
    """Leave all constructs but the everyday ones to the general way."""
    defined = active["mappings"][name]
    containers = frozenset(listed(defined.get("@container") or ()))
    value = JsonLdProcessor.get_context_value
    if (
        defined.get("reverse")
        or defined.get("@type") == "@json"
        or not containers <= CONTAINERS
        or value(active, name, "@language") is not None
        or value(active, name, "@direction") is not None
        or any(keyword in defined for keyword in ("@nest", "@index"))
    ):
        raise NotCovered


def _is_shared(active: Active, address: str) -> bool:
    """Whether several terms stand for one address, whose values JSON-LD puts together."""
    found = [other for other in active["mappings"].values() if other and other["@id"] == address]
    return len(found) > 1


def _kind(coerced: str) -> Kind:
    match coerced:
        case "@id":
            return Kind.ADDRESS
        case "@vocab":
            return Kind.WORD
        case _ if coerced != "@none" and coerced.startswith("@"):
            raise NotCovered
        case _:
            return Kind.TEXT


def _ending(coerced: str) -> str:
    """What follows a text of this datatype."""
    try:
        datatype = None if coerced.startswith("@") else NamedNode(coerced)
        literal = str(Literal("", datatype=datatype))
    except ValueError:
        raise NotCovered from None
    return f"{literal[1:]} .\n"


def _written(address: str) -> str:
    try:
        return str(NamedNode(address))
    except ValueError:
        raise NotCovered from None
