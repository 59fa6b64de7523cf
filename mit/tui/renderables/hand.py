"""The hand that taps the beat: a left hand seen from above, over the table. A gap below it when up, none when down."""

from __future__ import annotations

from functools import cache

from mit.tui.canvas import Box, Canvas
from mit.tui.letters import Run
from mit.tui.renderables.signs import raster, stroke
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
"""Drawn by hand: under this height a formula leaves no fingers."""

LARGE = 18
LIFT, LARGE_LIFT = 2, 3
"""Half rows between the raised hand and the table."""

FINGERS = ((0.14, 0.38), (0.31, 0.24), (0.48, 0.20), (0.65, 0.28))
"""Middle of each finger and where its tip begins, little finger first, in a unit square."""


def draw_hand(canvas: Canvas, box: Box, role: Role, *, down: bool) -> None:
    """The hand and its table at the bottom of the box; raised, it may stand out over the top."""
    side = round(min(box.w, box.h))
    table = round(box.y + box.h) - 1
    if side >= LARGE:
        width, lift, inset = float(side), LARGE_LIFT, 0.5
        runs, top = raster(_hand, side - 1)[0], table - (side - 1)
    else:
        picture = MIDDLE if side >= len(MIDDLE) else SMALL
        width, lift = len(picture[0]) / 2 + 1, LIFT
        runs, top, inset = _runs(picture), table - len(picture), 0.5
    canvas.runs(round(2 * (box.x + inset)), top - (0 if down else lift), runs, role)
    canvas.block(Box(box.x, table, width, 1), role, corners=False)


@cache
def _runs(picture: tuple[str, ...]) -> tuple[Run, ...]:
    return tuple((u, u + 1, v) for v, line in enumerate(picture) for u, mark in enumerate(line) if mark == "█")


def _hand(a: float, b: float, pixel: float) -> int:
    b = 0.10 + b * 0.82
    if any(stroke(a, b, (x, tip), (x, 0.6)) <= 0.066 for x, tip in FINGERS):
        return 1
    if 0.075 <= a <= 0.715 and 0.52 <= b <= 0.86:
        return 1
    return int(stroke(a, b, (0.70, 0.72), (0.93, 0.50)) <= 0.068)
