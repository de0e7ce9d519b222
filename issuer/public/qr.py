"""How does a printed or photographed credential lead back to its page?

ISO/IEC 18004: error correction level M, a quiet zone of 4 modules.  The symbol holds the short
URL and nothing else; under it stand the code and the domain for whoever cannot scan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from io import BytesIO
from typing import Final

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE: Final = 4
SMALLEST: Final = 160  # pixels; below it cameras lose the modules
LARGEST: Final = 2048  # pixels; memory
USUAL: Final = 480
KEPT: Final = 256  # pictures of each kind, of some kilobytes; drawing one takes longer than a page

_INK: Final = "#111111"
_PAPER: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class Label:
    """What is drawn: the URL in the symbol, the code and the domain in letters."""

    url: str
    code: str
    domain: str


def modules(url: str) -> list[list[bool]]:
    """The symbol as rows of dark and light modules, quiet zone included."""
    symbol: qrcode.QRCode[Image.Image] = qrcode.QRCode(
        error_correction=ERROR_CORRECT_M, border=QUIET_ZONE
    )
    symbol.add_data(url, optimize=0)
    symbol.make(fit=True)
    return [[bool(module) for module in row] for row in symbol.get_matrix()]


@lru_cache(maxsize=KEPT)
def png(label: Label, size: int = USUAL) -> bytes:
    """A PNG `size` pixels wide, the symbol above its two lines of text."""
    rows = modules(label.url)
    scale = max(1, size // len(rows))
    inset = (size - scale * len(rows)) // 2
    lines = [(label.code, size // 13), (label.domain, size // 20)]
    fonts = [(text, _fitting(text, wanted, size - 2 * scale)) for text, wanted in lines]
    heights = [round(font.size * 1.35) for _, font in fonts]
    picture = Image.new("L", (size, size + sum(heights) + scale), 255)
    draw = ImageDraw.Draw(picture)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                left, top = inset + x * scale, inset + y * scale
                draw.rectangle((left, top, left + scale - 1, top + scale - 1), fill=0)
    top = size - scale
    for (text, font), height in zip(fonts, heights, strict=True):
        draw.text((size / 2, top), text, font=font, fill=0, anchor="ma")
        top += height
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _fitting(text: str, wanted: int, width: int) -> ImageFont.FreeTypeFont:
    """The bundled font at the wanted size, or smaller so that the text fits."""
    font = ImageFont.load_default(wanted)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType; install its published wheel")
    length = font.getlength(text)
    return font if length <= width else font.font_variant(size=wanted * width / length)


@lru_cache(maxsize=KEPT)
def svg(label: Label, size: int = USUAL) -> bytes:
    """The same as SVG: one path, two lines of escaped text, no script and no reference."""
    rows = modules(label.url)
    side = len(rows)
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    height = side + 5
    title = escape(f"QR code for {label.code} at {label.domain}")
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size * height // side}" '
        f'viewBox="0 0 {side} {height}" role="img" shape-rendering="crispEdges">'
        f"<title>{title}</title>"
        f'<rect width="{side}" height="{height}" fill="{_PAPER}"/>'
        f'<path fill="{_INK}" d="{path}"/>'
        f"{_line(label.code, side, side + 1, 2.6, 'ui-monospace, monospace')}"
        f"{_line(label.domain, side, side + 3.6, 1.7, 'sans-serif')}"
        "</svg>"
    )
    return drawn.encode()


def _line(text: str, side: int, baseline: float, wanted: float, family: str) -> str:
    size = min(wanted, (side - 2) / (0.62 * max(len(text), 1)))
    return (
        f'<text x="{side / 2}" y="{baseline}" font-size="{size:.2f}" font-family="{family}" '
        f'text-anchor="middle" fill="{_INK}">{escape(text)}</text>'
    )
