"""The head of a screen: one sign and one word; and what stands around the essentials."""

from __future__ import annotations

from mit.tui.canvas import Box, Canvas, text_width
from mit.tui.letters import composed, largest
from mit.tui.page import Page
from mit.tui.renderables.grid import TIERS, Grid
from mit.tui.renderables.hand import draw_hand
from mit.tui.renderables.signs import draw, draw_sun
from mit.tui.renderables.words import say, shorten
from mit.tui.theme import Role
from mit.tui.view import Sign, Stage, View

HEAD_LETTERS = 24
"""The largest letters of a head, so that it never outshines the phrase."""

SIGN_ROLES = {Sign.VOICE: Role.YOU, Sign.TICK: Role.YOU, Sign.SUN: Role.YOU, Sign.TAP: Role.YOU, Sign.GO: Role.YOU}
"""What a sign speaks of where it is not the model."""

BARS = {Stage.LISTEN: Role.MODEL, Stage.ASKED: Role.MODEL, Stage.ALONG: Role.YOU, Stage.TURN: Role.YOU}
"""Who sounds now: a bar down the left edge says it without words."""


def paint_head(canvas: Canvas, grid: Grid, view: View, picture: Sign | None = None) -> None:
    """Sign and word; the tapping hand before them, what the phrase is about behind them where there is room.

    The hand stands here so that the phrase never moves for it.
    """
    x, y, w, h = grid.head
    word, gap = composed(view.head), 1 + grid.tier.gap
    graded = view.stage is Stage.FEEDBACK and view.grade is not None
    taken = 0.0
    if view.hand_down is not None:
        draw_hand(canvas, Box(x, y, h, h), _hand_role(view), down=view.hand_down, right=grid.right_hand)
        taken = h + gap
    if picture and _fits(word, w - taken - h - 2 * gap, h):
        w -= h + gap
        draw(canvas, Box(x + w + gap, y, h, h), picture, Role.MODEL, Role.INK)
    if graded:
        draw_sun(canvas, Box(x + taken, y, h, h), view.grade or 1)
        say(canvas, Box(x + taken + h + gap, y, w - taken - h - gap, h), word, most=HEAD_LETTERS)
    else:
        paint_title(canvas, grid, Box(x + taken, y, w - taken, h), view.sign, word)


def paint_title(canvas: Canvas, grid: Grid, place: Box, sign: Sign, word: str) -> None:
    """A sign and a word beside it; without the sign where the word is only then large."""
    x, y, w, h = place
    word, taken = composed(word), h + 1 + grid.tier.gap
    if not word or _fits(word, w - taken, h) or not _fits(word, w, h):
        draw(canvas, Box(x, y, h, h), sign, SIGN_ROLES.get(sign, Role.MODEL), Role.MODEL)
    else:
        taken = 0
    say(canvas, Box(x + taken, y, w - taken, h), word, most=HEAD_LETTERS)


def paint_bar(canvas: Canvas, grid: Grid, role: Role | None) -> None:
    """Who sounds now, at the outer edge of the essentials."""
    if role is not None and grid.tier.bar:
        x = grid.width - grid.tier.bar if grid.mirrored else 0
        canvas.block(Box(x, grid.stage.y, grid.tier.bar, grid.stage.h), role, corners=False)


def paint_aside(canvas: Canvas, grid: Grid, view: View | Page) -> None:
    """The helper's quiet lines and the mark of a demonstration: never needed, so they may be cut."""
    x, y, w, _ = grid.aside
    lines = view.helper if grid.edge < grid.width * 0.8 else ()
    for k, line in enumerate(lines):
        canvas.text(int(x), int(y) // 2 + k + (k > 0), shorten(line, int(w)), Role.QUIET, bold=k == 0)
    if view.small and grid.width < TIERS[-2].width:
        canvas.text(grid.left, grid.height - 1, shorten(view.small, grid.room), Role.QUIET)
    if view.demo:
        mark = shorten(view.demo, grid.width // 3)
        canvas.text(0 if grid.mirrored else grid.width - text_width(mark) - 1, 0, mark, Role.QUIET, bold=True)


def _hand_role(view: View) -> Role:
    return Role.YOU if view.stage in BARS else Role.QUIET


def _fits(word: str, width: float, height: float) -> bool:
    return largest(word, width=width, height=height, most=HEAD_LETTERS) is not None
