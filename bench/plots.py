"""How does a line rise?  Small SVG pictures of cost against size, both axes logarithmic.

On such axes what is linear rises at 45 degrees where both have the same scale, and what is
independent is level.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

Point = tuple[float, float]

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 40, 48
LEGEND: Final = 16  # pixels for each line of it
COLOURS: Final = ("#0b6e4f", "#b4531a", "#2f5aa8", "#8a3b8f", "#6b6b00", "#a01c2c", "#3d7a8c")
DASHES: Final = ("", "6 4", "2 3")
STYLE: Final = (
    "text{font:12px system-ui,sans-serif;fill:#333}"
    ".title{font-size:14px;font-weight:600}"
    ".grid{stroke:#ddd}.line{fill:none;stroke-width:2}"
)


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic axis over whole decades of its values.

    Attributes:
        begin, end: pixels of its least and its greatest value.
    """

    label: str
    least: int
    most: int
    begin: float
    end: float

    @classmethod
    def over(cls, label: str, values: Sequence[float], begin: float, end: float) -> "Axis":
        """An axis on which all these values have a place."""
        least, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return cls(label, least, max(most, least + 1), begin, end)

    def at(self, value: float) -> float:
        """The pixel of a value."""
        share = (math.log10(value) - self.least) / (self.most - self.least)
        return round(self.begin + share * (self.end - self.begin), 1)

    @property
    def decades(self) -> range:
        """The exponents that have a line."""
        return range(self.least, self.most + 1)


def plot(title: str, across: str, up: str, lines: Mapping[str, Sequence[Point]]) -> str:
    """An SVG document with one line for each series.

    Args:
        title: above it.
        across: what the horizontal axis says.
        up: what the vertical axis says.
        lines: name → points, all greater than 0.
    """
    height = HEIGHT + LEGEND * len(lines)
    points = [point for each in lines.values() for point in each]
    x = Axis.over(across, [point[0] for point in points], LEFT, WIDTH - RIGHT)
    y = Axis.over(up, [point[1] for point in points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text class="title" x="{LEFT}" y="20">{escape(title)}</text>',
        *_grid(x, y),
        *_lines(x, y, lines),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid(x: Axis, y: Axis) -> Iterator[str]:
    for power in x.decades:
        at = x.at(10.0**power)
        yield f'<path class="grid" d="M{at} {y.begin}V{y.end}"/>'
        yield f'<text x="{at}" y="{y.begin + 16}" text-anchor="middle">{_number(power)}</text>'
    for power in y.decades:
        at = y.at(10.0**power)
        yield f'<path class="grid" d="M{x.begin} {at}H{x.end}"/>'
        yield f'<text x="{x.begin - 6}" y="{at + 4}" text-anchor="end">{_number(power)}</text>'
    yield f'<text x="{x.end}" y="{y.begin + 34}" text-anchor="end">{escape(x.label)}</text>'
    yield f'<text x="{x.begin}" y="{y.end - 6}">{escape(y.label)}</text>'


def _lines(x: Axis, y: Axis, lines: Mapping[str, Sequence[Point]]) -> Iterator[str]:
    for place, (name, points) in enumerate(lines.items()):
        colour = COLOURS[place % len(COLOURS)]
        dash = DASHES[place // len(COLOURS) % len(DASHES)]
        drawn = f'stroke="{colour}"' + (f' stroke-dasharray="{dash}"' if dash else "")
        path = "L".join(f"{x.at(across)} {y.at(up)}" for across, up in sorted(points))
        yield f'<path class="line" {drawn} d="M{path}"/>'
        for across, up in points:
            yield f'<circle cx="{x.at(across)}" cy="{y.at(up)}" r="3" fill="{colour}"/>'
        at = HEIGHT + LEGEND * place
        yield f'<path class="line" {drawn} d="M{LEFT} {at - 4}h24"/>'
        yield f'<text x="{LEFT + 32}" y="{at}">{escape(name)}</text>'


def _number(power: int) -> str:
    if power < 0:
        return f"{10.0**power:.{-power}f}"
    for size, unit in ((9, "G"), (6, "M"), (3, "k")):
        if power >= size:
            return f"{10 ** (power - size)}{unit}"
    return str(10**power)
