"""How much of a stranger's answer do we take, and how long do we wait?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Each with its unit, and the attack it stops."""

    body_bytes: int = 2_000_000  # memory; counted after any decompression
    header_bytes: int = 32_768  # memory, and our parser's time
    headers: int = 100  # the same
    url_characters: int = 2_048  # logs, and parsers that disagree about long addresses
    redirects: int = 3  # a chain that keeps us busy, or walks us somewhere else
    seconds: float = 10.0  # all of it, redirects included: a body that never ends
    connect_seconds: float = 4.0  # an address that swallows packets
    read_seconds: float = 5.0  # one silence: a server that drips
    addresses: int = 16  # a name with a thousand addresses
