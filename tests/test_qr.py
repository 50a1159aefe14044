"""A QR is whole at any size, inside a page and as a picture by itself."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from collector.qr import qr

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("length", [20, 60, 200])
def test_all_of_it_is_drawn_whatever_its_size(length: int) -> None:
    drawing = ElementTree.fromstring(qr("https://town.example/".ljust(length, "x")))
    assert drawing.tag == f"{SVG}svg" and not {"width", "height"} & set(drawing.attrib)
    left, top, width, height = (int(number) for number in drawing.attrib["viewBox"].split())
    (ground,) = [path for path in drawing.iter(f"{SVG}path") if path.get("fill") == "#fff"]
    modules = int(str(ground.get("d")).removeprefix("M0 0h").split("v")[0])
    assert (left, top) == (0, 0) and width == height == 4 * modules
