"""A phrase on its heights: a block for each syllable, high or low, over the syllable's letters."""

from __future__ import annotations

from collections.abc import Sequence

from mit.phrase import Syllable
from mit.tui.canvas import Box, Canvas, text_width
from mit.tui.letters import composed
from mit.tui.renderables.layout import TEXT_HEIGHT, Layout
from mit.tui.renderables.signs import draw_disc
from mit.tui.renderables.words import shorten
from mit.tui.theme import Role


def paint_hollow(canvas: Canvas, layout: Layout, role: Role) -> None:
    """Blocks that do not sound now, tinted inside so that a line stands out in them."""
    for block in layout.blocks:
        canvas.frame(block.box, role, inside=Role.TINT)


def paint_lit(canvas: Canvas, layout: Layout, lit: int) -> None:
    """The block that sounds now."""
    if block := layout.block(lit):
        canvas.block(block.box, Role.MODEL)


def paint_letters(canvas: Canvas, layout: Layout, syllables: Sequence[Syllable], lit: int = -1) -> None:
    """What is sung, under its blocks; while one syllable is lit the others step back."""
    for block in layout.blocks if layout.labelled else ():
        role = Role.INK if lit in (-1, block.index) else Role.QUIET
        x, foot = block.letters
        text = composed(syllables[block.index].text)
        if layout.size:
            canvas.letters(x, foot, text, layout.size, role)
            continue
        text = shorten(text, int(block.room))
        column = block.box.x + (block.box.w - text_width(text)) / 2
        canvas.text(int(column), int(foot - TEXT_HEIGHT) // 2, text, role, bold=True)


def paint_map(canvas: Canvas, layout: Layout, role: Role) -> None:
    """All syllables in small, those shown large in `role`."""
    shown = {block.index for block in layout.blocks}
    for index, box in enumerate(layout.chunk_map):
        canvas.block(box, role if index in shown else Role.QUIET, corners=False)


def paint_beat(canvas: Canvas, layout: Layout, lit: int, y: float, radius: float) -> None:
    """A disc under the syllable on the beat, a dash under the others of its line; y: half row of their middle."""
    now = layout.block(lit)
    for block in layout.blocks:
        middle = block.box.x + block.box.w / 2
        if block is now:
            draw_disc(canvas, middle, y, radius, Role.YOU)
        elif now and block.line == now.line:
            canvas.block(
                Box(round(middle - radius / 2), round(y - radius / 4), radius, max(1, radius / 2)),
                Role.QUIET,
                corners=False,
            )


def paint_taps(canvas: Canvas, layout: Layout, taps: Sequence[float], radius: float) -> None:
    """A disc over the upper edge of a block wherever the hand beat, in syllables from the left: when, and no more."""
    for tap in taps:
        if block := layout.block(min(int(tap), len(layout.blocks) - 1)):
            x = block.box.x + min(1.0, tap - block.index) * (block.box.w - 1)
            draw_disc(canvas, x + 0.5, block.box.y, radius, Role.INK)
