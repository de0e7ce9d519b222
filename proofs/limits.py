"""How much work may a stranger's document cost us?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds on untrusted input; each answers the attack named beside it."""

    proofs: int = 4
    """Signatures checked per document; a list of thousands burns the processor."""

    values: int = 5_000
    """Members and items, counted again for each proof; JSON-LD reads ten to twenty in a
    millisecond."""

    contexts: int = 100
    """Contexts that a document names in all its places, counted again for each proof; taking one
    in costs two milliseconds."""

    quads: int = 20_000
    """RDF statements; memory and sorting grow with them."""

    blank_nodes: int = 1_024
    """Nodes without an address; each is hashed, and look-alikes are hashed again and again."""

    look_alike_nodes: int = 6
    """Nodes that hang together and that no first look tells apart; canonicalization tries their
    permutations."""

    look_alike_orders: int = 2_000
    """Permutations that all groups of such nodes are allowed together."""

    decompressed_bytes: int = 8_388_608
    """Bytes of an unpacked status list (67 million entries); a few kilobytes can unpack to
    gigabytes."""

    compressed_characters: int = 12_000_000
    """Characters of an encoded status list; decoding costs memory before anything is known."""

    only_at_once: bool = False
    """Whether to stop with `NotCovered` where the short way of JSON-LD is not sure, or would have
    to find out first what a word means: either takes many times as long, and who answers many at a
    time may want to ask it elsewhere."""
