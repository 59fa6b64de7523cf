"""Pictures of every state of the practice screen and of every page: python -m tests.pictures OUTDIR [NAME ...]

One PNG for each view, size and theme, through Textual's own picture of the screen and a headless Chromium (rsvg and
cairosvg misplace cells), and one sheet for each size and theme with all of them.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from textual.app import App, ComposeResult

from mit.tui.page import Page
from mit.tui.theme import THEMES, Theme
from mit.tui.view import View
from mit.tui.widgets.page import PageWidget
from mit.tui.widgets.stage import StageWidget
from tests.pictures.pages import PAGES
from tests.pictures.views import SIZES, VIEWS

SHEET_COLUMNS = 4
PIXELS = {80: 480, 120: 600, 200: 900}
"""Width of a picture on a sheet for each width in columns."""

CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


class Picture(App[None]):
    """The widget alone, on the whole screen."""

    def __init__(self, shown: View | Page, theme: Theme) -> None:
        super().__init__()
        self._shown, self._colours = shown, theme

    def compose(self) -> ComposeResult:
        if isinstance(self._shown, Page):
            yield PageWidget(self._shown, self._colours)
        else:
            yield StageWidget(self._colours)

    def on_mount(self) -> None:
        if isinstance(self._shown, View):
            self.query_one(StageWidget).show(self._shown)


async def draw(view: View | Page, theme: Theme, width: int, height: int) -> str:
    """The screen as SVG."""
    app = Picture(view, theme)
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        svg = app.export_screenshot(title="")
    # The block glyphs of the browser's font end short of the line; a terminal draws them full height.
    return svg.replace("font-size: 20px", "font-size: 22.5px").replace("Fira Code", "DejaVu Sans Mono")


def photograph(page: Path, picture: Path, width: int, height: int) -> None:
    """Have Chromium turn a page into a PNG of so many pixels."""
    command = [*CHROMIUM, f"--screenshot={picture}", f"--window-size={width},{height}", page.resolve().as_uri()]
    subprocess.run(command, check=True, capture_output=True)


def sheet(folder: Path, svgs: Sequence[Path], name: str, columns: int, rows: int) -> None:
    """All pictures of one size and theme on one page."""
    wide = PIXELS[columns]
    high = round(wide * (rows * 24.4 + 50) / (columns * 12.2 + 20))
    images = "".join(f'<img src="{svg.name}" width="{wide}" height="{high}">' for svg in svgs)
    style = f"margin:0;background:#555;display:grid;gap:6px;grid-template-columns:repeat({SHEET_COLUMNS},{wide}px)"
    page = folder / f"{name}.html"
    page.write_text(f'<body style="{style}">{images}</body>', encoding="utf-8")
    lines = -(-len(svgs) // SHEET_COLUMNS)
    photograph(page, folder / f"{name}.png", SHEET_COLUMNS * (wide + 6), lines * (high + 6))
    page.unlink()


SHOWN: dict[str, View | Page] = {**VIEWS, **PAGES}


async def main(out: Path, names: Sequence[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for theme in THEMES.values():
        for width, height in SIZES:
            size = f"{width}x{height}-{theme.name}"
            svgs = []
            for name in names or SHOWN:
                svg = out / f"{name}-{size}.svg"
                svg.write_text(await draw(SHOWN[name], theme, width, height), encoding="utf-8")
                svgs.append(svg)
            sheet(out, svgs, f"sheet-{size}", width, height)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
