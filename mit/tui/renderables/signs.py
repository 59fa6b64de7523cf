"""Small pictures beside words: what the interface says without letters."""

from __future__ import annotations

from functools import cache, partial
from math import atan2, hypot, pi

from mit.tui.canvas import Box, Canvas
from mit.tui.renderables.pictures import PICTURES
from mit.tui.renderables.shapes import Shape, raster, stroke
from mit.tui.theme import Role
from mit.tui.view import Sign


def draw(canvas: Canvas, box: Box, sign: Sign, role: Role, second: Role = Role.GROUND) -> None:
    """A sign, as large as fits the middle of the box."""
    stamp(canvas, box, SHAPES[sign], role, second)


def draw_sun(canvas: Canvas, box: Box, grade: int) -> None:
    """The grade: the higher the sun over its line, the closer the voice came. grade: 1 to 4."""
    stamp(canvas, box, _suns()[grade - 1], Role.YOU, Role.MODEL)


def draw_disc(canvas: Canvas, x: float, y: float, radius: float, role: Role) -> None:
    """A disc round the point x (columns), y (half rows): the beat, or the voice's head."""
    box = Box(round(2 * (x - radius)) / 2, round(y - radius), 2 * radius, 2 * radius)
    stamp(canvas, box, _disc, role, role)


def stamp(canvas: Canvas, box: Box, shape: Shape, role: Role, second: Role) -> None:
    """A shape, as large as fits the middle of the box."""
    side = min(box.w, box.h)
    u, v = round(2 * (box.x + (box.w - side) / 2)), round(box.y + (box.h - side) / 2)
    for part, runs in enumerate(raster(shape, side)):
        canvas.runs(u, v, runs, (role, second)[part])


def _speaker(a: float, b: float, pixel: float) -> int:
    if 0.04 <= a <= 0.22 and 0.36 <= b <= 0.64:
        return 1
    if 0.2 <= a <= 0.46 and abs(b - 0.5) <= 0.14 + (a - 0.2) * 0.95:
        return 1
    ripple = any(abs(hypot(a - 0.46, b - 0.5) - r) <= 0.05 for r in (0.27, 0.47))
    return int(ripple and a > 0.5 and abs(b - 0.5) < (a - 0.4) * 1.25)


def _voice(a: float, b: float, pixel: float) -> int:
    """A face that sings."""
    if hypot(a - 0.36, b - 0.5) <= 0.36:
        mouth = hypot((a - 0.45) / 0.8, b - 0.62) <= 0.13
        eyes = any(hypot(a - x, b - 0.38) <= 0.06 for x in (0.27, 0.5))
        return int(not mouth and not eyes)
    ripple = any(abs(hypot(a - 0.5, b - 0.58) - r) <= 0.05 for r in (0.34, 0.5))
    return int(ripple and a > 0.74 and abs(b - 0.58) < 0.34)


FINGERS = ((0.14, 0.38), (0.31, 0.24), (0.48, 0.20), (0.65, 0.28))
"""Middle of each finger of a hand and where its tip begins, little finger first, in a unit square."""


def hand(a: float, b: float, pixel: float) -> int:
    """A left hand, seen from above."""
    b = 0.10 + b * 0.82
    if any(stroke(a, b, (x, tip), (x, 0.6)) <= 0.066 for x, tip in FINGERS):
        return 1
    if 0.075 <= a <= 0.715 and 0.52 <= b <= 0.86:
        return 1
    return int(stroke(a, b, (0.70, 0.72), (0.93, 0.50)) <= 0.068)


def right_hand(a: float, b: float, pixel: float) -> int:
    """The other one."""
    return hand(1 - a, b, pixel)


def _disc(a: float, b: float, pixel: float) -> int:
    return int(hypot(a - 0.5, b - 0.5) <= 0.5)


def _go(a: float, b: float, pixel: float) -> int:
    return int(0.18 <= a <= 0.9 and abs(b - 0.5) <= (0.9 - a) * 0.56)


def _again(a: float, b: float, pixel: float) -> int:
    return int(any(x <= a <= x + 0.44 and abs(b - 0.5) <= (a - x) * 0.86 for x in (0.06, 0.5)))


def _rest(a: float, b: float, pixel: float) -> int:
    return int(0.12 <= b <= 0.88 and (0.2 <= a <= 0.42 or 0.58 <= a <= 0.8))


def _tick(a: float, b: float, pixel: float) -> int:
    strokes = (((0.16, 0.55), (0.4, 0.8)), ((0.4, 0.8), (0.86, 0.22)))
    return int(any(stroke(a, b, *ends) <= 0.09 for ends in strokes))


def _long(a: float, b: float, pixel: float) -> int:
    """A bar that goes on."""
    return int((a <= 0.6 and 0.34 <= b <= 0.66) or (0.6 <= a <= 1 and abs(b - 0.5) <= (1 - a) * 0.9))


def _microphone(a: float, b: float, pixel: float) -> int:
    if stroke(a, b, (0.5, 0.22), (0.5, 0.44)) <= 0.17:
        return 1
    if b > 0.44 and 0.25 <= hypot(a - 0.5, b - 0.44) <= 0.34:
        return 1
    return int((abs(a - 0.5) < 0.05 and 0.74 < b < 0.9) or (0.3 < a < 0.7 and 0.88 <= b <= 0.97))


def _notes(a: float, b: float, pixel: float) -> int:
    """A high block and a low block: what a phrase looks like."""
    return int((0.04 <= a <= 0.48 and 0.2 <= b <= 0.48) or (0.52 <= a <= 0.96 and 0.56 <= b <= 0.84))


def _on(a: float, b: float, pixel: float) -> int:
    """The next one: again, the other way."""
    return _again(1 - a, b, pixel)


def _down(a: float, b: float, pixel: float) -> int:
    if abs(a - 0.5) < 0.13 and 0.06 < b < 0.6:
        return 1
    return int(0.5 <= b <= 0.95 and abs(a - 0.5) <= (0.95 - b) * 0.95)


def _up(a: float, b: float, pixel: float) -> int:
    return _down(a, 1 - b, pixel)


def _none(a: float, b: float, pixel: float) -> int:
    """A ring with a bar across: not this."""
    across = stroke(a, b, (0.2, 0.8), (0.8, 0.2)) <= max(0.05, 0.7 * pixel)
    return int(across or abs(hypot(a - 0.5, b - 0.5) - 0.44) <= max(0.06, 0.6 * pixel))


def _headphones(a: float, b: float, pixel: float) -> int:
    cups = any(x <= a <= x + 0.2 and 0.5 <= b <= 0.92 for x in (0.06, 0.74))
    band = b <= 0.56 and abs(hypot(a - 0.5, b - 0.52) - 0.4) <= max(0.06, 0.6 * pixel)
    return int(cups or band)


def _help(a: float, b: float, pixel: float) -> int:
    """A ring buoy: help, without letters."""
    away = hypot(a - 0.5, b - 0.5)
    if not 0.2 <= away <= 0.48:
        return 0
    turn = atan2(b - 0.5, a - 0.5) / (2 * pi) * 4 % 1
    return 2 if min(turn, 1 - turn) < 0.2 else 1


def _face(a: float, b: float, pixel: float, *, mood: float) -> int:
    thick = max(0.06, pixel)
    if 0.5 - thick <= hypot(a - 0.5, b - 0.5) <= 0.5:
        return 1
    if any(hypot(a - x, b - 0.4) <= max(0.055, 0.8 * pixel) for x in (0.33, 0.67)):
        return 1
    mouth = 0.68 + mood * (0.10 - (a - 0.5) ** 2 * 3.2) * 0.85
    return int(0.28 <= a <= 0.72 and abs(b - mouth) <= max(0.05, 0.62 * pixel))


def _settings(a: float, b: float, pixel: float) -> int:
    """Three sliders."""
    for k, knob in enumerate((0.66, 0.3, 0.55)):
        y = 0.2 + 0.3 * k
        if hypot(a - knob, b - y) <= 0.13:
            return 2
        if abs(b - y) <= max(0.035, 0.5 * pixel) and 0.04 <= a <= 0.96:
            return 1
    return 0


HORIZON = 0.8
SMALL = 0.1
"""A sign with pixels larger than this (under ten units high) is drawn without fine parts, and rounder."""

SUNS = ((0.19, -0.02, 0.0), (0.21, 0.13, 0.13), (0.22, 0.28, 0.18), (0.23, 0.42, 0.19))
"""For each grade: radius, height over the horizon, how far the rays reach."""

RAYS = 8


def _sun(a: float, b: float, pixel: float, *, radius: float, rise: float, reach: float) -> int:
    if b >= HORIZON:
        return 2 if b <= HORIZON + max(0.07, 1.05 * pixel) else 0
    middle = HORIZON - rise
    away = hypot(a - 0.5, b - middle)
    if away <= radius * (1.15 if pixel > SMALL else 1):
        return 1
    if not reach or pixel > SMALL or not radius + 0.08 <= away <= radius + reach:
        return 0
    turn = atan2(b - middle, a - 0.5) / (2 * pi) * RAYS % 1
    return int(min(turn, 1 - turn) < 0.04 / away)


@cache
def _suns() -> tuple[Shape, ...]:
    return tuple(partial(_sun, radius=radius, rise=rise, reach=reach) for radius, rise, reach in SUNS)


SHAPES: dict[Sign, Shape] = {
    **PICTURES,
    Sign.SPEAKER: _speaker,
    Sign.VOICE: _voice,
    Sign.SUN: _suns()[-1],
    Sign.TICK: _tick,
    Sign.AGAIN: _again,
    Sign.GO: _go,
    Sign.REST: _rest,
    Sign.LONG: _long,
    Sign.MICROPHONE: _microphone,
    Sign.NOTES: _notes,
    Sign.TAP: _disc,
    Sign.ON: _on,
    Sign.UP: _up,
    Sign.DOWN: _down,
    Sign.NONE: _none,
    Sign.HEADPHONES: _headphones,
    Sign.HELP: _help,
    Sign.LOW_FACE: partial(_face, mood=-1.0),
    Sign.MIDDLE_FACE: partial(_face, mood=0.0),
    Sign.GLAD_FACE: partial(_face, mood=1.0),
    Sign.SETTINGS: _settings,
    Sign.HAND: hand,
    Sign.RIGHT_HAND: right_hand,
}

GLYPHS: dict[Sign, str] = {
    Sign.GO: "►",
    Sign.AGAIN: "◄◄",
    Sign.REST: "▌▌",
    Sign.TICK: "✓",
    Sign.TAP: "●",
    Sign.LONG: "►",
    Sign.ON: "►►",
    Sign.UP: "▲",
    Sign.DOWN: "▼",
}
"""Signs where only a row is free. None of them is an emoji in any terminal; signs without one do without."""
