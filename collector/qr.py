"""A way to an address as a picture, drawn here: nothing is asked of anybody else."""

from __future__ import annotations

from io import BytesIO

SCALE = 4  # units a module; pages size it by their style sheets


def qr(address: str) -> str:
    """SVG that may stand in a page or be a picture by itself, dark on white with a quiet border, so that it is read in the dark
    too. It has no size of its own: whatever size it is given, all of it is there. Whoever shows it gives it a name."""
    import segno  # here, so that a start does not wait for it

    drawn = BytesIO()
    code = segno.make(address, error="m")
    code.save(
        drawn, kind="svg", scale=SCALE, border=2, light="#fff", xmldecl=False, nl=False, omitsize=True,
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return drawn.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" ', 1)
