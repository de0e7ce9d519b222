"""What did we find when we last looked at this evidence?

Large files are not fetched again for every visitor.  Bounded in number, size and age; kept under
address and digest, so that no credential's answer serves another.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from service.fetching import Found
from verifier.facts import Bound

KEEP: Final = timedelta(minutes=10)
MOST: Final = 512  # entries
LARGEST: Final = 64_000  # bytes; of larger bodies only the comparison's subject is needed once

Key = tuple[str, str]


@dataclass(slots=True)
class LookedAt:
    """A small memory of evidence, for `evidence=cached`."""

    found: OrderedDict[Key, Bound] = field(default_factory=OrderedDict)

    def remember(self, bound: Bound) -> None:
        """Keep what was found, if it was found and is small."""
        if isinstance(bound.found, Found) and len(bound.found.value.body) <= LARGEST:
            self.found[_key(bound)] = bound
            self.found.move_to_end(_key(bound))
            while len(self.found) > MOST:
                self.found.popitem(last=False)

    def recall(self, bound: Bound, now: datetime) -> Bound:
        """The same item with what was found lately, or as it is."""
        known = self.found.get(_key(bound))
        if known is None or not isinstance(known.found, Found) or now - known.found.at > KEEP:
            return bound
        return Bound(bound.url, bound.expected, known.found, bound.name, bound.genre)


def _key(bound: Bound) -> Key:
    return bound.url, " ".join(digest.multibase for digest in bound.expected)
