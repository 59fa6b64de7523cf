"""The person's voice as a line over the blocks, drawn from left to right while it sounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from mit.tui.canvas import Canvas
from mit.tui.renderables.layout import Block, Layout
from mit.tui.renderables.signs import draw_disc
from mit.tui.theme import Role
from mit.tui.view import Mark

BEYOND = 0.6
"""How far over the high block and under the low one the line may go, as a share of the step between them."""

INSET = 0.6
"""Columns that the line keeps from the edges of its block."""

FRAME = 2
"""Half rows of a block's frame: in a flat block the line is thinner, so that its ups and downs can be seen."""

CALM = 12
"""Latest marks, 16 ms each, by whose mean the head stands: one beat of a voice that trembles (about 5 Hz).
It moves on at once, and up and down calmly, for nothing flashes more than twice a second."""

NEAR = 0.4
"""Of the step between the blocks: how far the head may stay behind the voice of this moment. A voice trembles by less
(a semitone, of three), and one that steps is shown to do so at once."""

Point = tuple[int, float]
"""Half column and row of dots."""


def paint_voice(canvas: Canvas, layout: Layout, marks: Sequence[Mark], *, dots: int) -> None:
    """The line of all marks; broken where there is no voice and from line to line. dots: its thickness."""
    for _, run in groupby(_placed(layout, marks), key=lambda placed: placed and placed[0].line):
        points = [point for _, point in filter(None, run)]
        if points:
            _paint_run(canvas, points, min(dots, int(layout.blocks[0].box.h) - FRAME))


def paint_voice_head(canvas: Canvas, layout: Layout, marks: Sequence[Mark], *, radius: float) -> None:
    """A disc where the voice is now, or was last."""
    voiced = [mark for mark in marks[-10 * CALM :] if mark.height is not None]
    if voiced and (block := _block(layout, voiced[-1])):
        u, dot = _point(block, voiced[-1].x, _calm([mark.height or 0.0 for mark in voiced[-CALM:]]))
        draw_disc(canvas, (u + 0.5) / 2, dot / 2, radius, Role.YOU)


def _calm(heights: Sequence[float]) -> float:
    """The mean of the latest heights, near the last one."""
    return min(heights[-1] + NEAR, max(heights[-1] - NEAR, sum(heights) / len(heights)))


def _placed(layout: Layout, marks: Iterable[Mark]) -> Iterable[tuple[Block, Point] | None]:
    for mark in marks:
        block = _block(layout, mark)
        yield None if block is None or mark.height is None else (block, _point(block, mark.x, mark.height))


def _block(layout: Layout, mark: Mark) -> Block | None:
    last = layout.blocks[-1].index if layout.blocks else 0
    index = int(mark.x)
    return layout.block(index - 1 if mark.x == index == last + 1 else index)


def _point(block: Block, x: float, height: float) -> Point:
    column = block.box.x + INSET + (x - block.index) * (block.box.w - 2 * INSET)
    y = block.low + (block.high - block.low) * max(-BEYOND, min(1 + BEYOND, height))
    return int(2 * column), 2 * y


def _paint_run(canvas: Canvas, points: Sequence[Point], dots: int) -> None:
    """One unbroken line: in each half column from where it comes in to where it goes out."""
    heights = _filled(_columns(points))
    earlier = next(iter(heights.values()))
    for u, dot in heights.items():
        upper, lower = sorted((dot, (dot + earlier) / 2))
        canvas.dots(u, round(upper - dots / 2), max(round(upper - dots / 2) + dots, round(lower + dots / 2)), Role.YOU)
        earlier = dot


def _columns(points: Sequence[Point]) -> dict[int, float]:
    """One height for each half column: the mean of what fell there."""
    heights: defaultdict[int, list[float]] = defaultdict(list)
    for u, dot in points:
        heights[u].append(dot)
    return {u: sum(heights[u]) / len(heights[u]) for u in sorted(heights)}


def _filled(heights: dict[int, float]) -> dict[int, float]:
    """The same with the half columns in between, on straight lines."""
    filled: dict[int, float] = {}
    before: Point | None = None
    for u, dot in heights.items():
        first, start = before or (u, dot)
        for between in range(first + 1, u):
            filled[between] = start + (dot - start) * (between - first) / (u - first)
        filled[u] = dot
        before = (u, dot)
    return filled
