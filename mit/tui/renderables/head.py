"""The head of a screen: one sign and one word; and what stands around the essentials."""

from __future__ import annotations

from mit.tui.canvas import Box, Canvas, text_width
from mit.tui.letters import composed, largest
from mit.tui.renderables.grid import Grid
from mit.tui.renderables.hand import draw_hand
from mit.tui.renderables.signs import draw, draw_sun
from mit.tui.renderables.words import say, shorten
from mit.tui.theme import Role
from mit.tui.view import Sign, Stage, View

HEAD_LETTERS = 24
"""The largest letters of a head, so that it never outshines the phrase."""

SIGN_ROLES = {Sign.VOICE: Role.YOU, Sign.TICK: Role.YOU, Sign.SUN: Role.YOU, Sign.TAP: Role.YOU, Sign.GO: Role.YOU}
"""What a sign speaks of where it is not the model."""

BARS = {Stage.LISTEN: Role.MODEL, Stage.TURN: Role.YOU}
"""Who sounds now: a bar down the left edge says it without words."""


def paint_head(canvas: Canvas, grid: Grid, view: View, *, hand: bool = False) -> None:
    """Sign and word; hand: the tapping hand between them, where it has no other place."""
    x, y, w, h = grid.head
    word, gap = composed(view.head), 1 + grid.tier.gap
    graded = view.stage is Stage.FEEDBACK and view.grade is not None
    if not graded and not hand and not _fits(word, w - h - gap, h) and _fits(word, w, h):
        say(canvas, grid.head, word, most=HEAD_LETTERS)  # the word says more than its sign
        return
    _paint_sign(canvas, Box(x, y, h, h), view)
    taken = h + gap
    if hand:
        draw_hand(canvas, Box(x + taken, y, h + 2, h), _hand_role(view), down=bool(view.hand_down))
        taken += h + 2 + gap
    say(canvas, Box(x + taken, y, w - taken, h), word, most=HEAD_LETTERS)


def paint_hand(canvas: Canvas, box: Box, view: View) -> None:
    draw_hand(canvas, box, _hand_role(view), down=bool(view.hand_down))


def paint_bar(canvas: Canvas, grid: Grid, view: View) -> None:
    if view.stage in BARS and grid.tier.bar:
        canvas.block(Box(0, grid.stage.y, grid.tier.bar, grid.stage.h), BARS[view.stage], corners=False)


def paint_aside(canvas: Canvas, grid: Grid, view: View) -> None:
    """The helper's quiet lines and the mark of a demonstration: never needed, so they may be cut."""
    x, y, w, _ = grid.aside
    lines = view.helper if grid.edge < grid.width * 0.8 else ()
    for k, line in enumerate(lines):
        canvas.text(int(x), int(y) // 2 + k + (k > 0), shorten(line, int(w)), Role.QUIET, bold=k == 0)
    if view.demo:
        mark = shorten(view.demo, grid.width // 3)
        canvas.text(grid.width - text_width(mark) - 1, 0, mark, Role.QUIET, bold=True)


def _paint_sign(canvas: Canvas, box: Box, view: View) -> None:
    if view.stage is Stage.FEEDBACK and view.grade is not None:
        draw_sun(canvas, box, view.grade)
    else:
        draw(canvas, box, view.sign, SIGN_ROLES.get(view.sign, Role.MODEL), Role.MODEL)


def _hand_role(view: View) -> Role:
    return Role.YOU if view.stage in BARS else Role.QUIET


def _fits(word: str, width: float, height: float) -> bool:
    return largest(word, width=width, height=height, most=HEAD_LETTERS) is not None
