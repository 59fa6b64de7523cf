"""Pictures of things: what a phrase is about, for whoever cannot read it."""

from __future__ import annotations

from math import atan2, hypot, pi, sin

from mit.tui.renderables.shapes import Shape, block, disc, line, ring
from mit.tui.view import Sign

THIN, FINE = 0.08, 0.05
"""Of lines, in unit squares; `pixel` where that is more."""


def _glass(a: float, b: float, pixel: float) -> int:
    """A glass of water."""
    left, wall = 0.18 + 0.08 * b, max(THIN, pixel)
    if not (block(a, b, left, 0.04, 1 - left, 0.97)):
        return 0
    if a < left + wall or a > 1 - left - wall or b > 0.97 - wall:
        return 2
    return int(b > 0.34 + 0.02 * sin(a * 18))


def _cup(a: float, b: float, pixel: float) -> int:
    """A cup that steams."""
    if any(abs(a - k - 0.035 * sin(b * 24)) < max(0.035, 0.6 * pixel) and 0.04 < b < 0.3 for k in (0.28, 0.5)):
        return 1
    if block(a, b, 0.08, 0.4, 0.72, 0.88) or block(a, b, 0.02, 0.92, 0.8, 0.99):
        return 2
    return 2 * int(a > 0.7 and ring(a, b, 0.72, 0.6, 0.22, max(THIN, pixel)))


def _food(a: float, b: float, pixel: float) -> int:
    """A plate with a fork."""
    if ring(a, b, 0.6, 0.5, 0.38, max(0.06, pixel)):
        return 2
    if disc(a, b, 0.6, 0.5, 0.2):
        return 1
    prongs = any(abs(a - x) <= max(0.025, 0.5 * pixel) and 0.1 <= b <= 0.4 for x in (0.03, 0.1, 0.17))
    return 2 * int(prongs or block(a, b, 0.0, 0.36, 0.2, 0.44) or block(a, b, 0.07, 0.4, 0.13, 0.92))


def _house(a: float, b: float, pixel: float) -> int:
    if abs(a - 0.5) <= (b - 0.06) * 1.1 and b <= 0.5:
        return 1
    if block(a, b, 0.42, 0.64, 0.6, 0.95):
        return 0
    return 2 * int(block(a, b, 0.16, 0.5, 0.84, 0.95))


def _bed(a: float, b: float, pixel: float) -> int:
    if block(a, b, 0.0, 0.26, 0.09, 0.9) or block(a, b, 0.91, 0.5, 1.0, 0.9) or block(a, b, 0.0, 0.68, 1.0, 0.78):
        return 2
    return int(disc(a, b, 0.22, 0.54, 0.12) or (block(a, b, 0.34, 0.46, 0.9, 0.68) and b > 0.5 - 0.1 * a + 0.04))


def _moon(a: float, b: float, pixel: float) -> int:
    return int(disc(a, b, 0.48, 0.5, 0.42) and not disc(a, b, 0.66, 0.4, 0.36))


def _music(a: float, b: float, pixel: float) -> int:
    heads = hypot((a - 0.24) / 1.2, b - 0.8) <= 0.14 or hypot((a - 0.74) / 1.2, b - 0.7) <= 0.14
    stems = block(a, b, 0.34, 0.16, 0.41, 0.8) or block(a, b, 0.84, 0.08, 0.91, 0.7)
    return int(heads or stems or (0.34 <= a <= 0.91 and abs(b - 0.22 + 0.14 * (a - 0.34)) <= 0.09))


def _heart(a: float, b: float, pixel: float) -> int:
    lobes = disc(a, b, 0.29, 0.34, 0.23) or disc(a, b, 0.71, 0.34, 0.23)
    return int(lobes or (0.38 <= b <= 0.93 and abs(a - 0.5) <= (0.93 - b) * 0.82 and abs(a - 0.5) <= 0.44))


def _door(a: float, b: float, pixel: float) -> int:
    """A door that stands open."""
    if disc(a, b, 0.62, 0.52, max(0.05, 0.8 * pixel)):
        return 0
    if 0.3 <= a <= 0.72 and 0.06 + 0.2 * (0.72 - a) <= b <= 0.96 - 0.1 * (0.72 - a):
        return 1
    frame = max(0.06, pixel)
    edge = block(a, b, 0.14, 0.03, 0.9, 0.97) and (a < 0.14 + frame or a > 0.9 - frame or b < 0.03 + frame)
    return 2 * int(edge)


def _lamp(a: float, b: float, pixel: float) -> int:
    """A light bulb."""
    if disc(a, b, 0.5, 0.36, 0.3) or block(a, b, 0.38, 0.5, 0.62, 0.7):
        return 1
    return 2 * int(block(a, b, 0.38, 0.75, 0.62, 0.82) or block(a, b, 0.42, 0.87, 0.58, 0.95))


def _clock(a: float, b: float, pixel: float) -> int:
    if ring(a, b, 0.5, 0.5, 0.48, max(0.08, pixel)):
        return 2
    return int(line(a, b, (0.5, 0.2), (0.5, 0.5), (0.7, 0.62), thick=max(THIN, pixel)))


def _bus(a: float, b: float, pixel: float) -> int:
    if disc(a, b, 0.25, 0.82, 0.12) or disc(a, b, 0.75, 0.82, 0.12):
        return 2
    if any(block(a, b, x, 0.26, x + 0.2, 0.48) for x in (0.1, 0.38, 0.66)):
        return 0
    return int(block(a, b, 0.03, 0.14, 0.97, 0.78))


def _glasses(a: float, b: float, pixel: float) -> int:
    thick = max(THIN, pixel)
    rims = ring(a, b, 0.25, 0.56, 0.24, thick) or ring(a, b, 0.75, 0.56, 0.24, thick)
    bridge = abs(b - 0.48) <= thick / 2 and 0.44 <= a <= 0.56
    arms = line(a, b, (0.03, 0.5), (0.1, 0.24), thick=thick) or line(a, b, (0.97, 0.5), (0.9, 0.24), thick=thick)
    return int(rims or bridge or arms)


def _coins(a: float, b: float, pixel: float) -> int:
    """A pile of coins, and one more."""
    if any(block(a, b, 0.05, y, 0.52, y + 0.12) for y in (0.84, 0.68, 0.52)):
        return 1
    if ring(a, b, 0.72, 0.4, 0.26, max(0.09, pixel)) or disc(a, b, 0.72, 0.4, 0.08):
        return 2
    return 0


def _bath(a: float, b: float, pixel: float) -> int:
    """A bath tub under its tap."""
    if block(a, b, 0.02, 0.5, 0.98, 0.6) or (0.6 <= b <= 0.86 and abs(a - 0.5) <= 0.44 - (b - 0.6) * 0.4):
        return 2
    if block(a, b, 0.16, 0.88, 0.26, 0.97) or block(a, b, 0.74, 0.88, 0.84, 0.97):
        return 2
    if block(a, b, 0.7, 0.12, 0.78, 0.5) or block(a, b, 0.5, 0.12, 0.78, 0.2):
        return 2
    return int(block(a, b, 0.5, 0.24, 0.57, 0.42))


def _chair(a: float, b: float, pixel: float) -> int:
    back, seat = block(a, b, 0.2, 0.06, 0.32, 0.96), block(a, b, 0.2, 0.5, 0.82, 0.62)
    return int(back or seat or block(a, b, 0.7, 0.5, 0.82, 0.96))


def _screen(a: float, b: float, pixel: float) -> int:
    """A television."""
    frame = max(THIN, pixel)
    if block(a, b, 0.02 + frame, 0.14 + frame, 0.98 - frame, 0.76 - frame):
        return int(abs(b - 0.45) <= (0.62 - a) * 0.5 and a >= 0.4)
    return 2 * int(block(a, b, 0.02, 0.14, 0.98, 0.76) or block(a, b, 0.3, 0.84, 0.7, 0.92))


def _question(a: float, b: float, pixel: float) -> int:
    thick = max(0.13, pixel)
    bow = ring(a, b, 0.5, 0.32, 0.28, thick) and not (a < 0.5 and b > 0.34)
    return int(bow or block(a, b, 0.5 - thick / 2, 0.47, 0.5 + thick / 2, 0.7) or disc(a, b, 0.5, 0.88, 0.09))


def _cake(a: float, b: float, pixel: float) -> int:
    if any(disc(a, b, x, 0.14, 0.06) for x in (0.3, 0.5, 0.7)):
        return 1
    if any(block(a, b, x - 0.03, 0.22, x + 0.03, 0.42) for x in (0.3, 0.5, 0.7)):
        return 2
    if block(a, b, 0.08, 0.42, 0.92, 0.92):
        return 1 if 0.58 <= b <= 0.72 else 2
    return 0


def _pill(a: float, b: float, pixel: float) -> int:
    if not line(a, b, (0.28, 0.72), (0.72, 0.28), thick=0.42):
        return 0
    return 1 if a - b < 0 else 2


def _cold(a: float, b: float, pixel: float) -> int:
    """A snow flake."""
    turn = (atan2(b - 0.5, a - 0.5) / pi * 3 + 0.5) % 1
    away = hypot(a - 0.5, b - 0.5)
    near = min(turn, 1 - turn) * away * pi / 3
    arm = away <= 0.48 and abs(turn - 0.5) * away * pi / 3 <= max(0.035, 0.6 * pixel)
    return int(arm or (0.26 <= away <= 0.34 and near >= away * 0.3))


def _speech(a: float, b: float, pixel: float) -> int:
    """A bubble with something in it."""
    if any(disc(a, b, x, 0.4, 0.07) for x in (0.27, 0.5, 0.73)):
        return 0
    bubble = hypot((a - 0.5) / 0.48, (b - 0.4) / 0.33) <= 1
    return int(bubble or (0.6 <= b <= 0.95 and 0.16 + (b - 0.6) * 0.1 <= a <= 0.52 - (b - 0.6) * 0.9))


def _keys(a: float, b: float, pixel: float) -> int:
    """A keyboard."""
    if any(block(a, b, 0.1 + 0.2 * k, y, 0.22 + 0.2 * k, y + 0.11) for k in range(4) for y in (0.34, 0.5)):
        return 0
    if block(a, b, 0.26, 0.66, 0.74, 0.76):
        return 0
    return int(block(a, b, 0.02, 0.24, 0.98, 0.84))


def _people(a: float, b: float, pixel: float) -> int:
    """Two people."""
    for part, (x, y) in ((2, (0.7, 0.36)), (1, (0.32, 0.3))):
        shoulders = b <= 0.95 and hypot((a - x) / 0.28, (b - y - 0.66) / 0.44) <= 1
        if disc(a, b, x, y, 0.17) or shoulders:
            return part
    return 0


def _phone(a: float, b: float, pixel: float) -> int:
    """A receiver."""
    bow = ring(a, b, 0.5, 0.74, 0.5, 0.17) and b <= 0.6
    return int(bow or block(a, b, 0.0, 0.46, 0.25, 0.74) or block(a, b, 0.75, 0.46, 1.0, 0.74))


def _drooping(a: float, b: float, pixel: float) -> int:
    """A face that hangs down at one side."""
    thick = max(0.06, pixel)
    if ring(a, b, 0.5, 0.5, 0.5, thick):
        return 2
    if disc(a, b, 0.33, 0.4, max(0.06, 0.8 * pixel)) or line(a, b, (0.6, 0.46), (0.76, 0.5), thick=thick):
        return 2
    return int(line(a, b, (0.26, 0.66), (0.52, 0.66), (0.76, 0.84), thick=max(0.09, pixel)))


def _arm(a: float, b: float, pixel: float) -> int:
    """A person with one arm raised and one that sinks."""
    thick = max(0.11, pixel)
    if disc(a, b, 0.5, 0.17, 0.15) or block(a, b, 0.38, 0.36, 0.62, 0.95):
        return 2
    if line(a, b, (0.38, 0.42), (0.04, 0.3), thick=thick):
        return 2
    return int(line(a, b, (0.62, 0.42), (0.8, 0.6), (0.86, 0.92), thick=thick))


def _flash(a: float, b: float, pixel: float) -> int:
    upper = 0.03 <= b <= 0.56 and abs(a - (0.66 - b * 0.5)) <= 0.17
    return int(upper or (0.44 <= b <= 0.97 and abs(a - (0.86 - b * 0.52)) <= (0.99 - b) * 0.3))


def _doctor(a: float, b: float, pixel: float) -> int:
    """A cross."""
    return int(block(a, b, 0.36, 0.06, 0.64, 0.94) or block(a, b, 0.06, 0.36, 0.94, 0.64))


def _breath(a: float, b: float, pixel: float) -> int:
    """Three waves of air."""
    thick = max(0.05, 0.6 * pixel)
    return int(any(abs(b - y - 0.07 * sin(a * 2 * pi)) <= thick for y in (0.24, 0.5, 0.76)))


def _letters(a: float, b: float, pixel: float) -> int:
    """A large letter and a small one."""
    thick = max(0.1, pixel)
    large = line(a, b, (0.06, 0.9), (0.3, 0.12), (0.54, 0.9), thick=thick) or block(a, b, 0.16, 0.6, 0.44, 0.68)
    return int(large or ring(a, b, 0.77, 0.74, 0.2, thick) or block(a, b, 0.9, 0.54, 0.98, 0.94))


PICTURES: dict[Sign, Shape] = {
    Sign.GLASS: _glass,
    Sign.CUP: _cup,
    Sign.FOOD: _food,
    Sign.HOUSE: _house,
    Sign.BED: _bed,
    Sign.MOON: _moon,
    Sign.MUSIC: _music,
    Sign.HEART: _heart,
    Sign.DOOR: _door,
    Sign.LAMP: _lamp,
    Sign.CLOCK: _clock,
    Sign.BUS: _bus,
    Sign.GLASSES: _glasses,
    Sign.COINS: _coins,
    Sign.BATH: _bath,
    Sign.CHAIR: _chair,
    Sign.SCREEN: _screen,
    Sign.QUESTION: _question,
    Sign.CAKE: _cake,
    Sign.PILL: _pill,
    Sign.COLD: _cold,
    Sign.SPEECH: _speech,
    Sign.KEYS: _keys,
    Sign.PEOPLE: _people,
    Sign.PHONE: _phone,
    Sign.DROOPING: _drooping,
    Sign.ARM: _arm,
    Sign.FLASH: _flash,
    Sign.DOCTOR: _doctor,
    Sign.BREATH: _breath,
    Sign.LETTERS: _letters,
}
