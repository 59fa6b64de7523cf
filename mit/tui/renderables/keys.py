"""The three keys, at the same places on every screen: Space wide and solid, Z and X hollow."""

from __future__ import annotations

from mit.tui.canvas import Box, Canvas, text_width
from mit.tui.letters import Size, composed, largest
from mit.tui.renderables.grid import Grid
from mit.tui.renderables.signs import GLYPHS, draw
from mit.tui.renderables.words import shorten
from mit.tui.theme import Role
from mit.tui.view import Keys, Sign

AGAIN, STOP = "Z", "X"
"""What is printed on the keys of the left hand."""

SMALL_SHARE = 0.25
"""Of the width, for each of the two smaller keys."""


def key_boxes(grid: Grid) -> dict[str, Box]:
    """Where the keys "space", "z" and "x" stand; whole boxes are targets for a mouse or a finger."""
    x, y, w, h = grid.keys
    gap = grid.tier.gap
    small = round((w - 2 * gap) * SMALL_SHARE)
    large = w - 2 * gap - 2 * small
    if grid.mirrored:
        return {
            "space": Box(x + w - large, y, large, h),
            "z": Box(x + small + gap, y, small, h),
            "x": Box(x, y, small, h),
        }
    return {
        "space": Box(x, y, large, h),
        "z": Box(x + large + gap, y, small, h),
        "x": Box(x + large + small + 2 * gap, y, small, h),
    }


def paint_keys(canvas: Canvas, grid: Grid, keys: Keys) -> None:
    """A key that does nothing now is hollow and empty (Space) or not there (Z, X)."""
    boxes = key_boxes(grid)
    if keys.go and keys.ready:
        canvas.block(boxes["space"], Role.YOU)
        _label(canvas, grid, boxes["space"], keys.go_sign, keys.go, Role.GROUND)
    else:
        canvas.frame(boxes["space"], Role.QUIET)
        if keys.go:
            _label(canvas, grid, boxes["space"], keys.go_sign, keys.go, Role.QUIET)
    for key, sign, name, there in (("z", keys.z_sign, AGAIN, keys.again), ("x", Sign.REST, STOP, keys.stop)):
        if there:
            canvas.frame(boxes[key], Role.QUIET)
            _label(canvas, grid, boxes[key], sign, name, Role.QUIET)


def _label(canvas: Canvas, grid: Grid, box: Box, sign: Sign, name: str, role: Role) -> None:
    side, name = grid.tier.key_sign, composed(name)
    room = box.w - side - 5
    size = largest(name, width=room, height=box.h - 2, most=grid.tier.key_letters) if side else None
    if size:
        _large_label(canvas, box, sign, name, role, side, size)
        return
    text = shorten(f"{GLYPHS.get(sign, '')} {name}".strip(), int(box.w) - 4)
    column = int(box.x) + (int(box.w) - text_width(text)) // 2
    canvas.text(column, int(box.y + box.h / 2) // 2, text, role, bold=True)


def _large_label(canvas: Canvas, box: Box, sign: Sign, name: str, role: Role, side: int, size: Size) -> None:
    gap = side / 3
    x = box.x + round((box.w - side - gap - size.width(name)) / 2)
    draw(canvas, Box(x, box.y + (box.h - side) // 2, side, side), sign, role)
    canvas.letters(x + side + gap, box.y + (box.h + size.capital - size.drop(name) // 2) // 2, name, size, role)
