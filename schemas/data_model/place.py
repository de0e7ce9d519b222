"""Where in the document is a value, and which rule is broken there?

A place is a value together with its JSON Pointer (RFC 6901).  Whatever JSON it holds, asking it
never raises: what is no object has no members, and what is no list is its own only item.  Two
hundred are asked for each credential, so a place is a tuple, which is made twice as fast as a
frozen dataclass, and a dict is known by its type before anything else is tried.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule of the standard that a document does not keep.

    `pointer` is where the member is or is missing, `rule` one sentence that names the member and
    what to write instead, `section` where the standard demands it.
    """

    pointer: str
    rule: str
    section: str


class Place(NamedTuple):
    """A value of the document and where it stands; the root has the empty pointer."""

    value: object
    pointer: str = ""

    @property
    def is_object(self) -> bool:
        """Whether members may be asked for."""
        value = self.value
        return type(value) is dict or isinstance(value, Mapping)

    @property
    def is_list(self) -> bool:
        """Whether this is a JSON array."""
        return isinstance(self.value, (list, tuple))

    @property
    def is_empty_list(self) -> bool:
        """Whether this is an array that says nothing."""
        return isinstance(self.value, (list, tuple)) and not self.value

    def has(self, name: str) -> bool:
        """Whether this is an object with that member, be it null."""
        value = self.value
        if type(value) is dict:
            return name in value
        return isinstance(value, Mapping) and name in value

    def member(self, name: str) -> "Place":
        """The place of a member, whether or not there is one."""
        value = self.value
        if type(value) is dict or isinstance(value, Mapping):
            return Place(value.get(name), f"{self.pointer}/{name}")
        return Place(None, f"{self.pointer}/{name}")

    def each(self) -> Iterator["Place"]:
        """The items of an array; anything else is the only item."""
        if not isinstance(self.value, (list, tuple)):
            yield self
            return
        for position, item in enumerate(self.value):
            yield Place(item, f"{self.pointer}/{position}")

    def breach(self, rule: str, section: str) -> Breach:
        """That this place does not keep a rule."""
        return Breach(self.pointer, rule, section)
