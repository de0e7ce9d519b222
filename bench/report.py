"""What does a person see at the end of `make bench`?"""

import sys
from collections.abc import Mapping
from typing import Any, Final

from rich.console import Console
from rich.table import Table as RichTable
from tables import Table, tables

WIDTH: Final = 140  # where it is not a terminal that is written to


def show(whole: Mapping[str, Any]) -> None:
    """Every table, the ratios, and the goals."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    for table in tables(whole["parts"]):
        console.print(_drawn(table))
        if table.note:
            console.print(table.note, highlight=False)
        console.print()
    console.print(_drawn(goal_table(whole)))


def goal_table(whole: Mapping[str, Any]) -> Table:
    """What we want to reach, and where we are."""
    return Table(
        "goals",
        "Goals",
        ["", "goal", "found", ""],
        [
            [
                goal["goal"],
                f"{'≤' if goal['bound_is'] == 'at most' else '≥'} {round(goal['bound'], 3):g}",
                f"{goal['found']:,.2f}".removesuffix(".00"),
                "reached" if goal["reached"] else "not yet",
            ]
            for goal in whole["goals"]
        ],
    )


def _drawn(table: Table) -> RichTable:
    drawn = RichTable(title=table.title, title_justify="left")
    for place, heading in enumerate(table.headings):
        drawn.add_column(heading, justify="right" if place else "left")
    for row in table.rows:
        drawn.add_row(*row)
    return drawn
