"""Where the parts of a page stand. Numbers only, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from mit.tui.canvas import Box
from mit.tui.page import MOST_CHOICES, Arrange, Page, Song
from mit.tui.renderables.grid import Grid

LEAST = 5
"""Half rows of the lowest target: a frame and a word in it."""

BESIDE_SHARE, ALONE_SHARE = 0.65, 1.0
"""Of the stage, for choices under something to read and for choices alone."""

ROW_SHARE = 0.5
"""Of the stage, for choices side by side under something to read."""

HOME_SHARE = 0.55
"""Of the stage, for the first choice of the home screen."""

TALLEST, TALLEST_ALONE = 1.5, 2.0
"""Times the height of a key, for a choice among words, and for one with nothing to read over it: a taller box says no
more."""


@dataclass(frozen=True, slots=True)
class Places:
    """body: what there is to read or see; choices: one box each, none where the keys are enough; foot: ten squares."""

    body: Box
    choices: tuple[Box, ...]
    foot: Box | None


def place(page: Page, grid: Grid) -> Places:
    """The places of a page in a window."""
    x, y, w, h = grid.stage
    if not page.head:
        y, h = grid.head.y, h + grid.stage.y - grid.head.y
    foot = None
    if page.done is not None:
        high = 2 * grid.tier.gap + 1
        foot = Box(x, y + h - high, w, high)
        h -= high + grid.tier.gap
    stage = Box(x, y, w, h)
    if len(page.choices) < 2:
        return Places(stage, (), foot)
    choices = ARRANGED[page.arrange](page, grid, stage)
    return Places(Box(x, y, w, max(0, choices[0].y - y - grid.tier.gap)), choices, foot)


def _column(page: Page, grid: Grid, stage: Box) -> tuple[Box, ...]:
    """One under the other; four alone stand two by two, which leaves each larger."""
    count, alone = len(page.choices), not (page.lines or page.content)
    if count == MOST_CHOICES and alone:
        gap = 2 * ((grid.tier.gap + 1) // 2)
        high = int((stage.h - gap) / 2) // 2 * 2
        rows = (stage._replace(h=high), stage._replace(y=stage.y + high + gap, h=high))
        return tuple(box for row in rows for box in _side_by_side(row, 2, grid.tier.gap))
    gap = _column_gap(page, grid, stage)
    room = stage.h * (ALONE_SHARE if alone else BESIDE_SHARE)
    most = 2 * grid.tier.keys * (TALLEST_ALONE if alone else TALLEST)
    each = max(LEAST, int(min(most, (room - gap * (count - 1)) / count)) // 2 * 2)
    each = min(each, int((stage.h - gap * (count - 1)) / count))
    taken = count * each + gap * (count - 1)
    first = stage.y + (stage.h - taken) / 2 // 2 * 2 if alone else stage.y + stage.h - taken
    return tuple(Box(stage.x, first + k * (each + gap), stage.w, each) for k in range(count))


def _column_gap(page: Page, grid: Grid, stage: Box) -> int:
    """An even one keeps words in the middle of their boxes; none where the window is low."""
    return 2 * (grid.tier.gap // 2) if grid.tier.gap > 1 else 0


def _row(page: Page, grid: Grid, stage: Box) -> tuple[Box, ...]:
    alone = not (page.lines or page.content)
    high = int(stage.h * (ALONE_SHARE if alone else ROW_SHARE)) // 2 * 2
    if isinstance(page.content, Song):
        high = 2 * grid.tier.keys  # the phrase is what matters
    return _side_by_side(Box(stage.x, stage.y + stage.h - high, stage.w, high), len(page.choices), grid.tier.gap)


def _home(page: Page, grid: Grid, stage: Box) -> tuple[Box, ...]:
    high = int(stage.h * HOME_SHARE) // 2 * 2
    gap = 2 * ((grid.tier.gap + 1) // 2)
    below = Box(stage.x, stage.y + high + gap, stage.w, stage.h - high - gap)
    return (stage._replace(h=high), *_side_by_side(below, len(page.choices) - 1, grid.tier.gap))


def _side_by_side(row: Box, count: int, gap: int) -> tuple[Box, ...]:
    edges = [round(k * (row.w + gap) / count) for k in range(count + 1)]
    return tuple(Box(row.x + a, row.y, b - a - gap, row.h) for a, b in pairwise(edges))


ARRANGED = {Arrange.COLUMN: _column, Arrange.ROW: _row, Arrange.HOME: _home}
