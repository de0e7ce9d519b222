"""What can be wrong with an artifact before it is digested?

EvidenceError
├── UnsafePath           a name in a tree that could write outside of it, or twice
├── EscapingSymlink      a link that leads out of its tree
├── MalformedCommit      not a commit's name, or not a commit's bytes
├── UnwritableDocument   a value that has no single way of being written as JSON
└── IncomparableDigests  digests of different functions
"""


class EvidenceError(Exception):
    """An artifact could not be brought into the form in which it is digested."""


class UnsafePath(EvidenceError):
    """A path that leaves its tree, is not text, or stands in another's way."""

    def __init__(self, path: str, because: str) -> None:
        super().__init__(f"path {path[:120]!r} cannot be archived: {because}")
        self.path = path
        self.because = because


class EscapingSymlink(EvidenceError):
    """A symbolic link that leads, or could lead, out of its tree."""

    def __init__(self, path: str, target: str) -> None:
        super().__init__(
            f"the link {path[:120]!r} points to {target[:120]!r}; links must stay in their tree"
        )
        self.path = path
        self.target = target


class MalformedCommit(EvidenceError):
    """Not a full commit name, or not the bytes of a commit object."""

    def __init__(self, expected: str) -> None:
        super().__init__(f"not a git commit: expected {expected}")
        self.expected = expected


class UnwritableDocument(EvidenceError):
    """A value whose JSON could be written in more than one way."""

    def __init__(self, pointer: str, because: str) -> None:
        super().__init__(f"{pointer or '/'} cannot be written: {because}")
        self.pointer = pointer
        self.because = because


class IncomparableDigests(EvidenceError):
    """Digests of two different functions say nothing about each other."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"a {found} digest cannot be compared with a {expected} digest")
        self.expected = expected
        self.found = found
