"""How small pictures are made of formulas: they grow with the terminal.

A shape answers for a point of the unit square (a to the right, b down) which of its parts lies there: 0 none, 1 the
main part, 2 a second one. `pixel` is the size of a square unit, so that thin parts stay visible in small signs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import hypot

from mit.tui.letters import Run

Shape = Callable[[float, float, float], int]

SAMPLES = tuple((a, b) for a in (0.125, 0.375) for b in (0.2, 0.5, 0.8))
"""Points looked at in a pixel (half a column by one half row): the part that most of them hit is drawn."""


@cache
def raster(shape: Shape, side: float) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The pixels of a shape in a square of `side` units: those of its main part, those of its second."""
    parts: tuple[list[Run], list[Run]] = ([], [])
    for v in range(round(side)):
        for u in range(round(2 * side)):
            hits = [shape((u / 2 + a) / side, (v + b) / side, 1 / side) for a, b in SAMPLES]
            part = max(sorted(set(hits), reverse=True), key=hits.count)
            if part:
                parts[part - 1].append((u, u + 1, v))
    return tuple(parts[0]), tuple(parts[1])


def stroke(a: float, b: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Distance of a point from a stroke."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = ((a - start[0]) * dx + (b - start[1]) * dy) / (dx * dx + dy * dy)
    t = max(0.0, min(1.0, along))
    return hypot(a - start[0] - t * dx, b - start[1] - t * dy)


def disc(a: float, b: float, x: float, y: float, radius: float) -> bool:
    """Whether a point lies in a disc."""
    return hypot(a - x, b - y) <= radius


def ring(a: float, b: float, x: float, y: float, radius: float, thick: float) -> bool:
    """Whether a point lies on a ring of this thickness, inside of its radius."""
    return radius - thick <= hypot(a - x, b - y) <= radius


def block(a: float, b: float, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a point lies in a rectangle."""
    return left <= a <= right and top <= b <= bottom


def line(a: float, b: float, *points: tuple[float, float], thick: float) -> bool:
    """Whether a point lies on a line through these points."""
    return any(stroke(a, b, start, end) <= thick / 2 for start, end in pairwise(points))
