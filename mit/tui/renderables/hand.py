"""The hand that taps the beat, seen from above, over the table. A gap below it when up, none when down."""

from __future__ import annotations

from functools import cache

from mit.tui.canvas import Box, Canvas
from mit.tui.letters import Run
from mit.tui.renderables.shapes import raster
from mit.tui.renderables.signs import hand, right_hand
from mit.tui.theme import Role

SMALL = (
    "...██.██......",
    "██.██.██.██...",
    "██.██.██.██...",
    "██.██.██.██.██",
    "█████████████.",
    "████████████..",
    ".██████████...",
)
MIDDLE = (
    "....███.███.........",
    "....███.███.███.....",
    "....███.███.███.....",
    "███.███.███.███.....",
    "███.███.███.███.....",
    "███.███.███.███..███",
    "███████████████.████",
    "███████████████████.",
    "██████████████████..",
    "█████████████████...",
    ".██████████████.....",
    "..████████████......",
)
"""Left hands, drawn by hand: under this height a formula leaves no fingers."""

LARGE = 18
LIFT, LARGE_LIFT = 2, 3
"""Half rows between the raised hand and the table."""


def draw_hand(canvas: Canvas, box: Box, role: Role, *, down: bool, right: bool = False) -> None:
    """The hand and its table at the bottom of the box; raised, it may stand out over the top.

    right: whether it is the right one.
    """
    side = round(min(box.w, box.h))
    table = round(box.y + box.h) - 1
    if side >= LARGE:
        width, lift, inset = float(side), LARGE_LIFT, 0.5
        runs, top = raster(right_hand if right else hand, side - 1)[0], table - (side - 1)
    else:
        picture = MIDDLE if side >= len(MIDDLE) else SMALL
        width, lift = len(picture[0]) / 2 + 1, LIFT
        runs, top, inset = _runs(picture, right=right), table - len(picture), 0.5
    canvas.runs(round(2 * (box.x + inset)), top - (0 if down else lift), runs, role)
    canvas.block(Box(box.x, table, width, 1), role, corners=False)


@cache
def _runs(picture: tuple[str, ...], *, right: bool) -> tuple[Run, ...]:
    lines = [line[::-1] for line in picture] if right else picture
    return tuple((u, u + 1, v) for v, line in enumerate(lines) for u, mark in enumerate(line) if mark == "█")
