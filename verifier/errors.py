"""What can a client hand over that is nothing we could judge?

InputRefused
├── NothingGiven      an empty field
├── NotReadHere       something of a kind that we do not read, with what to ask for instead
└── MistypedCode      a code whose check symbol does not fit
"""


class InputRefused(Exception):
    """There is nothing to judge; the message says what to paste instead."""


class NothingGiven(InputRefused):
    """The field is empty."""

    def __init__(self) -> None:
        super().__init__("Paste a link, a code or a document first.")


class NotReadHere(InputRefused):
    """Something of a kind that we do not read."""


class MistypedCode(InputRefused):
    """A code that cannot be right."""
