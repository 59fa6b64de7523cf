"""Short sentences with their signs: what went well and what to try, or what is the matter and the way on."""

from __future__ import annotations

from collections.abc import Sequence

from mit.tui.canvas import Box, Canvas
from mit.tui.renderables.grid import Grid
from mit.tui.renderables.signs import GLYPHS, draw
from mit.tui.renderables.words import say, wrap
from mit.tui.theme import Role
from mit.tui.view import Line, Sign

ROLES = {Sign.TICK: Role.YOU, Sign.VOICE: Role.YOU, Sign.SUN: Role.YOU, Sign.TAP: Role.YOU}
"""Signs that speak of the person; the others speak of the model."""

INDENT = 3
"""Columns before plain text, for its one-cell sign."""

DOT = "●"

MOST_ROWS = 2
"""Rows of plain text a sentence may take."""


def advice_rows(grid: Grid, lines: Sequence[Line]) -> int:
    """Rows that the sentences take at the bottom of the stage."""
    if grid.tier.advice > 1:
        return grid.tier.advice * len(lines)
    return sum(map(len, _wrapped(grid, lines))) + max(0, len(lines) - 1)


def paint_advice(canvas: Canvas, grid: Grid, lines: Sequence[Line]) -> None:
    """The sentences at the bottom of the stage, one under the other."""
    row = int(grid.stage.y + grid.stage.h) // 2 - advice_rows(grid, lines)
    if grid.tier.advice > 1:
        _paint_large(canvas, grid, lines, row)
        return
    for line, texts in zip(lines, _wrapped(grid, lines), strict=True):
        glyph = GLYPHS.get(line.sign, DOT)
        canvas.text(grid.tier.left, row, glyph, ROLES.get(line.sign, Role.MODEL), bold=True)
        for text in texts:
            canvas.text(grid.tier.left + INDENT, row, text, Role.INK, bold=True)
            row += 1
        row += 1


def paint_sentences(canvas: Canvas, place: Box, lines: Sequence[Line], *, gap: int) -> None:
    """The sentences as large as the place allows, one under the other, each beside its sign."""
    each = (place.h - 2 * gap * (len(lines) - 1)) // max(1, len(lines)) // 2 * 2
    side = min(each, place.w / 4, SIGN_LARGEST)
    for k, line in enumerate(lines):
        y = place.y + k * (each + 2 * gap)
        draw(canvas, Box(place.x, y, side, each), line.sign, ROLES.get(line.sign, Role.MODEL))
        x = place.x + side + 1 + gap
        say(canvas, Box(x, y, place.x + place.w - x, each), line.text)


SIGN_LARGEST = 24
"""Square units: a larger sign says no more."""


def _paint_large(canvas: Canvas, grid: Grid, lines: Sequence[Line], row: int) -> None:
    tier = grid.tier
    side = 2 * tier.advice - 1
    for k, line in enumerate(lines):
        y = 2 * (row + k * tier.advice)
        draw(canvas, Box(tier.left, y, side, side), line.sign, ROLES.get(line.sign, Role.MODEL), Role.MODEL)
        x = tier.left + side + 1 + tier.gap
        say(canvas, Box(x, y, grid.edge - x, side), line.text, most=tier.advice_letters)


def _wrapped(grid: Grid, lines: Sequence[Line]) -> list[tuple[str, ...]]:
    return [wrap(line.text, grid.room - INDENT)[:MOST_ROWS] or ("",) for line in lines]
