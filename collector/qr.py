"""A way to an address as a picture, drawn here: nothing is asked of anybody else."""

from __future__ import annotations

SCALE = 4  # pixels a module; pages size it by their style sheets


def qr(address: str) -> str:
    """SVG that may stand in a page, dark on white with a quiet border, so that it is read in dark mode too."""
    import segno  # here, so that a start does not wait for it

    drawing: str = segno.make(address, error="m").svg_inline(scale=SCALE, border=2, light="#fff")
    return drawing
