"""How does a command speak to a person?

On a terminal a table and a spinner; anywhere else the same as plain lines, each written at once.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table


def say(text: str) -> None:
    """Write one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def progress(text: str) -> Iterator[None]:
    """Tell what takes longer than a moment, while it does."""
    if not sys.stdout.isatty():
        say(text)
        yield
        return
    with Console().status(text):
        yield


def show(title: str, rows: Mapping[str, str], closing: str) -> None:
    """Write rows of label and value, then a closing sentence."""
    if not sys.stdout.isatty():
        width = max(map(len, rows)) + 2
        say("\n".join(f"{label:<{width}}{value}" for label, value in rows.items()))
        say(closing)
        return
    table = Table(title=title, title_justify="left", show_header=False)
    for label, value in rows.items():
        table.add_row(label, value)
    wide = Console(highlight=False, markup=False, width=1_000)  # a broken address can't be copied
    needed = table.__rich_measure__(wide, wide.options).maximum
    console = Console(highlight=False, markup=False, width=max(needed, wide_as_it_is()))
    console.print(table)
    console.print(closing)


def wide_as_it_is() -> int:
    """How many columns the terminal has."""
    return Console().width
