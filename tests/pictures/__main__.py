"""Pictures of every state of the practice screen and of every page, those of set-up as well:
python -m tests.pictures [mirrored|right-handed|hidden|small|large] OUTDIR [NAME ...]

One SVG for each picture, size and theme, and one sheet for each size and theme with all of them, a PNG made by a
headless Chromium. `python -m tests.pictures readme` draws those of the README, from the running app.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mit.tui.canvas import Canvas
from mit.tui.look import Reading, TextSize
from mit.tui.page import Page
from mit.tui.renderables.pages import paint_page
from mit.tui.renderables.stages import paint
from mit.tui.theme import THEMES
from mit.tui.view import View
from tests.pictures.readme import draw_readme
from tests.pictures.svg import CELL_HEIGHT, CELL_WIDTH, as_svg
from tests.pictures.views import SIZES, VIEWS
from tests.tui.every import all_pages

SHEET_COLUMNS = 4
PIXELS = {80: 480, 120: 600, 200: 900}
"""Width of a picture on a sheet for each width in columns."""

CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")

READINGS = {
    "mirrored": Reading(mirrored=True),
    "right-handed": Reading(mirrored=True, right_hand=True),
    "hidden": Reading(text=False),
    "small": Reading(size=TextSize.SMALL),
    "large": Reading(size=TextSize.LARGE),
}

SHOWN: dict[str, View | Page] = {**VIEWS, **all_pages("en")}


def drawn(shown: View | Page, width: int, height: int, reading: Reading) -> Canvas:
    worn = replace(shown, reading=reading)
    return paint_page(worn, width, height) if isinstance(worn, Page) else paint(worn, width, height)


def photograph(page: Path, picture: Path, width: int, height: int) -> None:
    """Have Chromium turn a page into a PNG of so many pixels."""
    command = [*CHROMIUM, f"--screenshot={picture}", f"--window-size={width},{height}", page.resolve().as_uri()]
    subprocess.run(command, check=True, capture_output=True)


def sheet(folder: Path, svgs: Sequence[Path], name: str, columns: int, rows: int) -> None:
    """All pictures of one size and theme on one page."""
    wide = PIXELS[columns]
    high = round(wide * rows * CELL_HEIGHT / (columns * CELL_WIDTH))
    images = "".join(f'<img src="{svg.name}" width="{wide}" height="{high}">' for svg in svgs)
    style = f"margin:0;background:#555;display:grid;gap:6px;grid-template-columns:repeat({SHEET_COLUMNS},{wide}px)"
    page = folder / f"{name}.html"
    page.write_text(f'<body style="{style}">{images}</body>', encoding="utf-8")
    lines = -(-len(svgs) // SHEET_COLUMNS)
    photograph(page, folder / f"{name}.png", SHEET_COLUMNS * (wide + 6), lines * (high + 6))
    page.unlink()


def main(out: Path, names: Sequence[str], reading: Reading) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for theme in THEMES.values():
        for width, height in SIZES:
            size = f"{width}x{height}-{theme.name}"
            svgs = []
            for name in names or SHOWN:
                svg = out / f"{name.replace(': ', '-').replace(' ', '-')}-{size}.svg"
                svg.write_text(as_svg(drawn(SHOWN[name], width, height, reading), theme), encoding="utf-8")
                svgs.append(svg)
            sheet(out, svgs, f"sheet-{size}", width, height)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["readme"]:
            asyncio.run(draw_readme())
        case [way, out, *names] if way in READINGS:
            main(Path(out), names, READINGS[way])
        case [out, *names]:
            main(Path(out), names, Reading())
        case _:
            sys.exit(__doc__)
