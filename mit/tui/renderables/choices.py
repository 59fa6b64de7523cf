"""What can be chosen on a page: solid is now, hollow is not now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mit.phrase import Syllable
from mit.tui.canvas import Box, Canvas, text_width
from mit.tui.letters import Size, composed, sizes
from mit.tui.page import Choice, Page
from mit.tui.renderables.grid import Grid
from mit.tui.renderables.layout import RAISED
from mit.tui.renderables.signs import GLYPHS, draw
from mit.tui.renderables.words import shorten, wrap, wrap_letters
from mit.tui.theme import Role

WIDE = 1.9
"""A box wider than so many times its height has its sign before the word, any other over it."""

FRAME = 1
"""Square units round the inside of a box."""

ROOMY = 24
"""Half rows that a box is high before there is an inset over and under what stands in it."""

LEAST_SIGN, TINY_SIGN = 6, 4
"""Square units of the smallest sign that can be told from others, and of one that has no glyph to stand in for it."""

UPRIGHT_SHARE = 0.62
"""Of a box, for the word under its sign."""

LEAST_BLOCKS = 4
"""Blocks that share the width of a box, at least: two blocks are hardly wider than those of a longer phrase."""

BLOCKS_HIGH = 5
"""Half rows of such blocks under a sign."""

MOST_LINES = 2
"""Lines of a word under its sign."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """A word as it is written: block letters of one size, or plain text (None). pitch, high: half rows."""

    texts: tuple[str, ...]
    size: Size | None

    @property
    def pitch(self) -> int:
        return self.size.ascent + self.size.descent if self.size else 2

    @property
    def high(self) -> int:
        drop = self.size.drop(self.texts[-1]) - self.size.descent if self.size and self.texts else 0
        return self.pitch * len(self.texts) + drop

    @property
    def wide(self) -> float:
        return max((self.size.width(t) if self.size else text_width(t) for t in self.texts), default=0.0)

    def write(self, canvas: Canvas, place: Box, role: Role, *, centred: bool) -> None:
        """In the middle of a place from top to bottom."""
        top = place.y + (place.h - self.high) / 2
        for k, text in enumerate(self.texts):
            wide = self.size.width(text) if self.size else text_width(text)
            x = place.x + ((place.w - wide) / 2 if centred else 0)
            if self.size:
                canvas.letters(x, round(top) + k * self.pitch + self.size.ascent, text, self.size, role)
            else:
                canvas.text(int(x), round(top / 2 + 0.01) + k, text, role, bold=True)


def paint_choices(canvas: Canvas, grid: Grid, page: Page, boxes: tuple[Box, ...]) -> None:
    """Boxes of one shape share the size of their letters."""
    for wide in (True, False):
        group = [k for k, box in enumerate(boxes) if (box.w > WIDE * box.h) == wide]
        if group:
            _paint_alike(canvas, grid, page, {k: boxes[k] for k in group}, wide=wide)


def _paint_alike(canvas: Canvas, grid: Grid, page: Page, boxes: Mapping[int, Box], *, wide: bool) -> None:
    """Boxes of one shape; where block letters fit only under the signs, they stand there in wide boxes too."""
    texts, one = [_text(page.choices[k], grid) for k in boxes], next(iter(boxes.values()))
    words = _under(texts, _inside(one, grid, upright=True), grid)
    if wide:
        beside = _beside(texts, _inside(one, grid, upright=False), grid)
        wide = beside[0].size is not None or words[0].size is None
        words = beside if wide else words
    for (k, box), lines in zip(boxes.items(), words, strict=True):
        inside, lit = _inside(box, grid, upright=not wide), k == page.lit
        _paint_box(canvas, box, lit=lit)
        (_paint_beside if wide else _paint_upright)(canvas, grid, inside, page.choices[k], lines, lit=lit)


def _paint_box(canvas: Canvas, box: Box, *, lit: bool) -> None:
    if lit:
        canvas.block(box, Role.YOU)
    else:
        canvas.frame(box, Role.QUIET, thick=FRAME)


def _beside(texts: Sequence[str], inside: Box, grid: Grid) -> list[_Lines]:
    """Words beside their signs, on as many lines as there is room for."""
    width = inside.w - _taken(inside, grid)
    for size in reversed(sizes()) if grid.tier.sentences else ():
        if all(map(size.knows, map(composed, texts))):
            found = [_Lines(wrap_letters(composed(text), size, width), size) for text in texts]
            if _all_fit(texts, found, inside.h - 2):
                return found
    rows = max(1, int(inside.h) // 2 - 1)
    plain = [(text, wrap(text, int(width))) for text in texts]
    return [_Lines(lines if len(lines) <= rows else (text,), None) for text, lines in plain]


def _under(texts: Sequence[str], inside: Box, grid: Grid) -> list[_Lines]:
    """Words on one line or two under their signs."""
    height = inside.h * UPRIGHT_SHARE
    for size in reversed(sizes()) if grid.tier.sentences else ():
        if all(map(size.knows, map(composed, texts))):
            found = [_Lines(wrap_letters(composed(text), size, inside.w), size) for text in texts]
            if _all_fit(texts, found, height):
                return found
    return [_Lines(wrap(text, int(inside.w))[:MOST_LINES], None) for text in texts]


def _all_fit(texts: Sequence[str], found: Sequence[_Lines], height: float) -> bool:
    """Whether every word has found its lines, few enough and none too high."""
    return all(
        bool(text) <= len(lines.texts) <= MOST_LINES and lines.high <= height
        for text, lines in zip(texts, found, strict=True)
    )


def _paint_beside(canvas: Canvas, grid: Grid, inside: Box, choice: Choice, lines: _Lines, *, lit: bool) -> None:
    """The sign before the word; a small glyph where that is too wide."""
    sign, word = _roles(lit)
    x, y, w, h = inside
    taken = _taken(inside, grid)
    if (h < LEAST_SIGN and choice.sign in GLYPHS) or h < TINY_SIGN or lines.wide > w - taken:
        text = shorten(f"{GLYPHS.get(choice.sign, '')} {_text(choice, grid)}".strip(), int(w))
        _Lines((text,), None).write(canvas, Box(x, y, w, h), word, centred=False)
        return
    draw(canvas, Box(x, y, _side(inside), h), choice.sign, sign, word)
    if choice.syllables and not grid.text:
        _paint_blocks(canvas, Box(x + taken, y, w - taken, h), choice.syllables, word)
    lines.write(canvas, Box(x + taken, y, w - taken, h), word, centred=False)


def _paint_upright(canvas: Canvas, grid: Grid, inside: Box, choice: Choice, lines: _Lines, *, lit: bool) -> None:
    """The sign over the word."""
    sign, word = _roles(lit)
    bare = bool(choice.syllables) and not grid.text
    high = BLOCKS_HIGH if bare else lines.high
    draw(canvas, inside._replace(h=inside.h - high - (1 if high else 0)), choice.sign, sign, word)
    place = Box(inside.x, inside.y + inside.h - high, inside.w, high)
    if bare:
        _paint_blocks(canvas, place, choice.syllables, word)
    lines.write(canvas, place, word, centred=True)


def _paint_blocks(canvas: Canvas, place: Box, syllables: Sequence[Syllable], role: Role) -> None:
    """A phrase without letters: its high and low blocks, small."""
    each = place.w / max(len(syllables), LEAST_BLOCKS)
    high = max(1, int(place.h / 3))
    for k, syllable in enumerate(syllables):
        y = place.y + (place.h - high) * (1 - RAISED[syllable.height])
        canvas.block(Box(round(place.x + k * each), round(y), max(1, round(each) - 1), high), role, corners=False)


def _text(choice: Choice, grid: Grid) -> str:
    """What is written: nothing of a phrase where phrases are not written."""
    return "" if choice.syllables and not grid.text else choice.text


def _side(inside: Box) -> float:
    return max(TINY_SIGN if inside.h < LEAST_SIGN else LEAST_SIGN, min(inside.h, inside.w / 4) // 1)


def _taken(inside: Box, grid: Grid) -> float:
    """Columns for a sign and the gap after it."""
    return _side(inside) + 1 + grid.tier.gap


def _roles(lit: bool) -> tuple[Role, Role]:
    """Of the sign and of the word."""
    return (Role.GROUND, Role.GROUND) if lit else (Role.MODEL, Role.INK)


def _inside(box: Box, grid: Grid, *, upright: bool) -> Box:
    inset = FRAME + (grid.tier.gap + 1) // 2
    high = inset if upright or box.h >= ROOMY else FRAME
    return Box(box.x + inset, box.y + high, box.w - 2 * inset, box.h - 2 * high)
