import io
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from issuer.public.qr import LARGEST, QUIET_ZONE, SMALLEST, Label, modules, png, svg

CODE = "7Q4XK-2M9TA-C"
LONG = "certificates.skills.a-guild-with-a-very-long-name.example.org"
LABELS = {
    "short": Label(f"https://sk.example/c/{CODE}", CODE, "sk.example"),
    "loopback": Label(f"http://localhost:8000/c/{CODE}", CODE, "localhost:8000"),
    "long": Label(f"https://{LONG}/c/{CODE}", CODE, LONG),
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("size", [SMALLEST, 480, LARGEST])
def test_a_camera_reads_the_address_and_nothing_else(label: Label, size: int) -> None:
    with Image.open(io.BytesIO(png(label, size))) as picture:
        assert picture.width == size
        (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == label.url
    assert found.ec_level == "M"


def test_four_light_modules_stand_around_the_symbol() -> None:
    rows = modules(LABELS["short"].url)
    edge = [row[:QUIET_ZONE] + row[-QUIET_ZONE:] for row in rows]
    assert not any(any(row) for row in rows[:QUIET_ZONE] + rows[-QUIET_ZONE:])
    assert not any(any(row) for row in edge)


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_the_picture_has_room_for_both_lines(label: Label) -> None:
    with Image.open(io.BytesIO(png(label, 480))) as picture:
        under = picture.crop((0, 480, picture.width, picture.height))
        assert under.getextrema() != (255, 255)
        margins = [under.crop((0, 0, 4, under.height)), under.crop((476, 0, 480, under.height))]
        assert all(margin.getextrema() == (255, 255) for margin in margins)


def test_the_drawing_says_code_and_domain_in_letters() -> None:
    root = ET.fromstring(svg(LABELS["long"]))  # noqa: S314 -- our own drawing
    assert [line.text for line in root.iter(f"{SVG}text")] == [CODE, LONG]


def test_the_drawing_shows_the_same_modules_as_the_picture() -> None:
    label = LABELS["short"]
    root = ET.fromstring(svg(label))  # noqa: S314 -- our own drawing
    path = next(root.iter(f"{SVG}path")).attrib["d"]
    drawn = {tuple(map(int, move.split("h")[0].split())) for move in path.split("M")[1:]}
    rows = modules(label.url)
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def test_a_hostile_domain_stays_text() -> None:
    hostile = "</text><script>alert(1)</script>"
    drawn = svg(Label("https://sk.example/c/1", CODE, hostile))
    assert b"<script" not in drawn
    root = ET.fromstring(drawn)  # noqa: S314 -- our own drawing
    assert hostile in [line.text for line in root.iter(f"{SVG}text")]
