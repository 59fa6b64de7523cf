"""Short sentences with their signs: what went well and what to try, or what is the matter and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mit.tui.canvas import Box, Canvas
from mit.tui.letters import Size, composed, sizes
from mit.tui.renderables.grid import Grid
from mit.tui.renderables.signs import GLYPHS, draw
from mit.tui.renderables.words import wrap, wrap_letters
from mit.tui.theme import Role
from mit.tui.view import Line, Sign

ROLES = {Sign.TICK: Role.YOU, Sign.VOICE: Role.YOU, Sign.SUN: Role.YOU, Sign.TAP: Role.YOU}
"""Signs that speak of the person; the others speak of the model."""

DOT = "●"
"""For a sign without a glyph of one cell."""

INDENT = 3
"""Columns before plain text, for its sign."""

SHARE = 0.5
"""Of the stage, at most, for sentences under a phrase in block letters: the two voices come first."""

PLAIN_ROWS = 2
"""Rows a sentence takes at most in plain text."""

PLAIN_GAP = 2
"""Half rows between sentences in plain text, where there is room to spare."""

SIGN_SHARE, SIGN_LARGEST, SIGN_SMALL, SIGN_LEAST = 0.18, 20, 6, 4
"""Of the width, for signs where sentences stand alone; and square units: a larger sign says no more, a small one leaves
room for block letters, a smaller one says nothing."""


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """Sentences broken into lines, all in one size (None: plain text). pitch: half rows from line to line."""

    sentences: tuple[tuple[str, ...], ...]
    size: Size | None
    pitch: int

    @property
    def heights(self) -> list[int]:
        """Half rows of each sentence."""
        return [self.pitch * len(lines) for lines in self.sentences]

    def write(self, canvas: Canvas, x: float, y: float, sentence: int) -> None:
        for k, line in enumerate(self.sentences[sentence]):
            if self.size:
                canvas.letters(x, y + k * self.pitch + self.size.ascent, line, self.size, Role.INK)
            else:
                canvas.text(int(x), int(y) // 2 + k, line, Role.INK, bold=True)


def paint_advice(canvas: Canvas, grid: Grid, lines: Sequence[Line], *, share: float = SHARE) -> int:
    """The sentences at the bottom of the stage, one under the other; return the half rows they take with a margin.

    share: of the stage that they may take.
    """
    if not lines:
        return 0
    tier, stage = grid.tier, grid.stage
    side = 2 * tier.advice - 1
    indent = side + 1 + tier.gap
    gap = tier.gap
    wrapped = _large(lines, stage.w - indent, stage.h * share, gap, tier.advice_letters) if tier.advice > 1 else None
    if wrapped is None:
        wrapped, indent = _plain(lines, int(stage.w) - INDENT), INDENT
        gap = PLAIN_GAP if tier.advice > 1 else 0
    taken = sum(wrapped.heights) + gap * (len(lines) - 1)
    y = stage.y + stage.h - taken
    for k, (line, height) in enumerate(zip(lines, wrapped.heights, strict=True)):
        if wrapped.size:
            draw(canvas, Box(stage.x, y - 1, side, min(height, side) + 1), line.sign, _role(line), Role.MODEL)
        else:
            canvas.text(int(stage.x), int(y) // 2, GLYPHS.get(line.sign, DOT), _role(line), bold=True)
        wrapped.write(canvas, stage.x + indent, y, k)
        y += height + gap
    return taken + (2 * tier.gap if wrapped.size else 2)


def paint_sentences(
    canvas: Canvas, place: Box, lines: Sequence[Line], *, gap: int, most: int | None = None, signs: bool = True
) -> None:
    """The sentences over the whole place, as large as they fit but no larger than `most`, each beside its sign."""
    side, wrapped = _with_signs(lines, place, gap, most, signs=signs)
    indent = _indent(side, gap)
    taken = [max(height, side) for height in wrapped.heights] if wrapped.size is None else wrapped.heights
    spare = max(0.0, place.h - sum(taken)) / len(lines)
    y = place.y
    for k, line in enumerate(lines):
        each = taken[k] + spare
        if side:
            draw(canvas, Box(place.x, y, side, each), line.sign, _role(line), Role.MODEL)
        wrapped.write(canvas, place.x + indent, y + (each - wrapped.heights[k]) / 2, k)
        y += each


def letters_there(lines: Sequence[Line], place: Box, *, gap: int, most: int | None) -> int:
    """Half rows of the block letters in which the sentences would stand there without signs; 0: plain text."""
    wrapped = _large(lines, place.w, place.h, gap, most)
    return wrapped.size.height if wrapped and wrapped.size else 0


def _with_signs(lines: Sequence[Line], place: Box, gap: int, most: int | None, *, signs: bool) -> tuple[int, _Wrapped]:
    """Square units of the signs, and the sentences beside them: a smaller sign where only that leaves block letters, or
    none beside a single sentence."""
    side = int(min(place.w * SIGN_SHARE, SIGN_LARGEST, place.h / len(lines))) if signs else 0
    side = side if side >= SIGN_LEAST else 0
    bare = (0,) if len(lines) == 1 else ()
    for tried in (side, min(side, SIGN_SMALL), *bare):
        if wrapped := _large(lines, place.w - _indent(tried, gap), place.h, gap, most):
            return tried, wrapped
    return side, _plain(lines, int(place.w - _indent(side, gap)))


def _indent(side: int, gap: int) -> int:
    return side + 2 * gap if side else 0


def _role(line: Line) -> Role:
    return ROLES.get(line.sign, Role.MODEL)


def _large(lines: Sequence[Line], width: float, height: float, gap: int, most: int | None) -> _Wrapped | None:
    """The largest letters, none larger than `most`, in which all sentences, `gap` apart, fit `height` half rows."""
    texts = [composed(line.text) for line in lines]
    for size in reversed([size for size in sizes() if most is None or size.height <= most]):
        if not all(map(size.knows, texts)):
            return None
        pitch = size.ascent + size.descent
        wrapped = _Wrapped(tuple(wrap_letters(text, size, width) for text in texts), size, pitch)
        if all(wrapped.sentences) and sum(wrapped.heights) + gap * (len(lines) - 1) <= height:
            return wrapped
    return None


def _plain(lines: Sequence[Line], width: int) -> _Wrapped:
    return _Wrapped(tuple(wrap(line.text, width)[:PLAIN_ROWS] or ("",) for line in lines), None, 2)
