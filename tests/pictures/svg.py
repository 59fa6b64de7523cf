"""A canvas as SVG, exact to the pixel: what a terminal shows without a terminal's font in between."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from mit.tui.canvas import BRAILLE, DOT_BITS, QUADRANTS, Canvas, Cell
from mit.tui.theme import SOLID, Role, Theme

CELL_WIDTH, CELL_HEIGHT = 10, 20
"""Pixels; a pixel of the canvas is half as wide and half as high."""

DOT = 1.3
"""Radius of a dot."""


def as_svg(canvas: Canvas, theme: Theme) -> str:
    """The whole screen; colours that were painted over are not in it."""
    width, height = canvas.width * CELL_WIDTH, canvas.height * CELL_HEIGHT
    rows = [row.cells() for row in canvas.rows]
    parts = [*_rectangles(rows), *_glyphs(rows)]
    classes = "".join(f".{role.name.lower()}{{fill:{_colour(theme, role)}}}" for role in Role)
    style = f"{classes}text{{font:16px 'DejaVu Sans Mono',monospace;white-space:pre}}.b{{font-weight:bold}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" shape-rendering="crispEdges">'
        f'<style>{style}</style><rect class="ground" width="{width}" height="{height}"/>{"".join(parts)}</svg>\n'
    )


def _colour(theme: Theme, role: Role) -> str:
    """Without colours a terminal writes light on dark."""
    if theme.bare:
        return "#DDDDDD" if role in SOLID else "#111111"
    return theme.colour(role)


def _rectangles(rows: list[tuple[Cell, ...]]) -> Iterator[str]:
    """Runs of one colour, each as high as it stays the same from line to line."""
    open_runs: dict[tuple[int, int, Role], int] = {}
    lines = [line for cells in rows for line in _lines(cells)]
    for v in range(len(lines) + 1):
        here = set(_runs(lines[v])) if v < len(lines) else set()
        for run in [run for run in open_runs if run not in here]:
            first, past, role = run
            top = open_runs.pop(run)
            yield (
                f'<rect class="{role.name.lower()}" x="{first * 5}" y="{top * 10}" '
                f'width="{(past - first) * 5}" height="{(v - top) * 10}"/>'
            )
        for run in here:
            open_runs.setdefault(run, v)


def _lines(cells: tuple[Cell, ...]) -> tuple[list[Role], list[Role]]:
    """The two half rows of a row, a role for each half column."""
    upper: list[Role] = []
    lower: list[Role] = []
    for cell in cells:
        bits = QUADRANTS.index(cell.text) if cell.text in QUADRANTS and cell.text else 0
        quarters = [cell.colour if bits >> k & 1 else cell.ground for k in range(4)]
        upper += quarters[:2]
        lower += quarters[2:]
    return upper, lower


def _runs(line: list[Role]) -> Iterator[tuple[int, int, Role]]:
    u = 0
    for role, run in groupby(line):
        length = len(list(run))
        if role is not Role.GROUND:
            yield u, u + length, role
        u += length


def _glyphs(rows: list[tuple[Cell, ...]]) -> Iterator[str]:
    """Dots of the voice, and text."""
    for y, cells in enumerate(rows):
        for x, cell in enumerate(cells):
            if len(cell.text) == 1 and BRAILLE <= ord(cell.text) < BRAILLE + 256:
                yield from _dots(x, y, cell)
        x = 0
        for (text, look), run in groupby(cells, key=lambda cell: (_written(cell), cell[1:])):
            there = list(run)
            if text:
                yield _text(x, y, "".join(cell.text for cell in there), look)
            x += len(there)


def _written(cell: Cell) -> bool:
    return cell.text not in QUADRANTS and not (BRAILLE <= ord(cell.text[0]) < BRAILLE + 256) if cell.text else False


def _text(x: int, y: int, text: str, look: tuple[Role, Role, bool]) -> str:
    role, _, bold = look
    names = role.name.lower() + (" b" if bold else "")
    return (
        f'<text class="{names}" x="{x * CELL_WIDTH}" y="{y * CELL_HEIGHT + 15}" '
        f'textLength="{len(text) * CELL_WIDTH}">{escape(text)}</text>'
    )


def _dots(x: int, y: int, cell: Cell) -> Iterator[str]:
    bits = ord(cell.text) - BRAILLE
    for column, column_bits in enumerate(DOT_BITS):
        for line, bit in enumerate(column_bits):
            if bits & bit:
                cx, cy = x * CELL_WIDTH + 2.5 + 5 * column, y * CELL_HEIGHT + 2.5 + 5 * line
                yield f'<circle class="{cell.colour.name.lower()}" cx="{cx}" cy="{cy}" r="{DOT}"/>'
