"""What there is to see on a page: a level, a disc that breathes, a sign, a phrase, ten places."""

from __future__ import annotations

from functools import cache, singledispatch
from math import hypot

from mit.tui.canvas import Box, Canvas
from mit.tui.page import Disc, Meter, Picture, Song
from mit.tui.renderables.blocks import paint_hollow, paint_letters, paint_lit, paint_map
from mit.tui.renderables.grid import Grid
from mit.tui.renderables.layout import Layout, lay_out
from mit.tui.renderables.shapes import Shape
from mit.tui.renderables.signs import draw, stamp
from mit.tui.theme import Role

PLACES = 10
"""At the foot: as many as there are fingers, and no digits."""

BARS = 13
"""Of a meter: enough to see a voice move, few enough to be bars."""

PICTURE_SHARES = (0.25, 0.14)
"""Of the width, for the picture of a phrase."""

SMALLEST_DISC = 0.4
"""Of its ring: a disc that breathes never goes out."""

DISC_SIZES = 60
"""Sizes of a disc that breathes: more than there are pixels across the largest window."""


@singledispatch
def paint_content(content: object, canvas: Canvas, grid: Grid, box: Box) -> None:
    raise ValueError(f"nothing paints {content!r}")


@paint_content.register
def _(content: Picture, canvas: Canvas, grid: Grid, box: Box) -> None:
    draw(canvas, box, content.sign, content.role, content.second)


@paint_content.register
def _(content: Disc, canvas: Canvas, grid: Grid, box: Box) -> None:
    size = SMALLEST_DISC + (1 - SMALLEST_DISC) * max(0.0, min(1.0, content.size))
    stamp(canvas, box, breathing(round(size * DISC_SIZES)), Role.MODEL, Role.QUIET)


@cache
def breathing(size: int) -> Shape:
    """A disc inside its ring; size: of DISC_SIZES."""

    def shape(a: float, b: float, pixel: float) -> int:
        away, thick = hypot(a - 0.5, b - 0.5), max(0.02, pixel)
        if away <= (0.5 - 2.5 * thick) * size / DISC_SIZES:
            return 1
        return 2 if 0.5 - thick <= away <= 0.5 else 0

    return shape


@paint_content.register
def _(content: Song, canvas: Canvas, grid: Grid, box: Box) -> None:
    side, layout = _song_layout(content, grid, box)
    if content.picture:
        draw(canvas, box._replace(w=side), content.picture, Role.MODEL, Role.INK)
    paint_hollow(canvas, layout, Role.QUIET)
    paint_lit(canvas, layout, content.lit)
    paint_letters(canvas, layout, content.syllables, content.lit)
    paint_map(canvas, layout, Role.MODEL)


def _song_layout(content: Song, grid: Grid, box: Box) -> tuple[float, Layout]:
    """Columns of the picture, and the phrase beside it: a smaller picture where only that leaves block letters."""
    ways: list[tuple[float, Layout]] = []
    for share in PICTURE_SHARES if content.picture else (0.0,):
        side = min(box.h, box.w * share)
        taken = side + 2 * grid.tier.gap if side else 0
        beside = box._replace(x=box.x + taken, w=box.w - taken)
        ways.append((side, lay_out(content.syllables, beside, max(0, content.lit), text=grid.text)))
    return next((way for way in ways if way[1].size), ways[0])


@paint_content.register
def _(content: Meter, canvas: Canvas, grid: Grid, box: Box) -> None:
    """Bars from below; the two lines and the bracket between them stand out at the right."""
    wide = round(box.w * 0.6)
    each = box.h / BARS
    for k in range(BARS):
        top, below = round(box.y + box.h - (k + 1) * each), round(box.y + box.h - k * each)
        bar = Box(box.x + 1, top, wide - 2, max(1, below - top - 1))
        if (k + 0.5) / BARS <= content.level:
            canvas.block(bar, Role.YOU, corners=False)
        else:
            for x in (bar.x, bar.x + bar.w - 1):
                canvas.block(Box(x, top, 1, bar.h), Role.QUIET, corners=False)
    high, low = (round(box.y + box.h - round(share * BARS) * each) - 1 for share in (content.high, content.low))
    for y in (high, low):
        canvas.block(Box(box.x, y, wide + 2, 1), Role.INK, corners=False)
    canvas.block(Box(box.x + wide + 1, high, 1, low - high + 1), Role.INK, corners=False)
    _paint_steps(canvas, content, box, box.x + wide + 2 + grid.tier.gap)


def _paint_steps(canvas: Canvas, meter: Meter, box: Box, x: float) -> None:
    """The states one over the other, the one that is now solid."""
    if not meter.steps:
        return
    width, each = box.x + box.w - x, box.h / meter.steps
    for k in range(meter.steps):
        top = round(box.y + box.h - (k + 1) * each)
        step = Box(x, top, width, max(2, round(each) - 1))
        if k == meter.step:
            canvas.block(step, Role.YOU)
        else:
            canvas.frame(step, Role.QUIET)


def paint_places(canvas: Canvas, foot: Box, done: int) -> None:
    """A square for what is done, a dash for what is to come: no count to keep up with."""
    side = foot.h
    for k in range(PLACES):
        x = round(foot.x + k * (foot.w - side) / (PLACES - 1))
        high = side if k < done else max(1, side // 2)
        role = Role.YOU if k < done else Role.QUIET
        canvas.block(Box(x, foot.y + foot.h - high, side, high), role, corners=False)
