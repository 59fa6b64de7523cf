"""A warm-up: breathing that begins at the person's own pace and slows, with humming towards its end. Pure.

The iso principle of music therapy (Altshuler 1948): music meets a person where that person is, and leads on from there.
Slow breathing of about six breaths a minute calms (Lehrer & Gevirtz 2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, exp, log, pi
from statistics import median

USUAL, SLOW = 4.0, 10.0
"""Seconds a breath: fifteen a minute at rest, and six a minute at the end."""

FASTEST = 2.0
"""Seconds: thirty breaths a minute; a shorter time between two presses is no breath."""

LENGTH = 90.0
"""Seconds. One to three minutes are asked for; those who tire quickly get the shorter end."""

IN_SHARE = 0.4
"""Of a breath, for breathing in: out is longer, as in calm speech."""

HUM_FROM = 0.5
"""Of the warm-up, after which breathing out is hummed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a breath is. size: 0 empty to 1 full; inward: breathing in; hum: this breath is hummed out; breath: which
    one, from 0; left: seconds until the turn."""

    size: float
    inward: bool
    hum: bool
    breath: int
    left: float


@dataclass(frozen=True, slots=True)
class WarmUp:
    """start, goal: seconds a breath at the beginning and at the end; length: seconds in all."""

    start: float = USUAL
    goal: float = SLOW
    length: float = LENGTH

    def period(self, time: float) -> float:
        """Seconds a breath at a moment: each breath is longer than the last by the same share."""
        return float(self.start * (self.goal / self.start) ** min(1.0, max(0.0, time / self.length)))

    def breaths(self, time: float) -> float:
        """Breaths since the beginning: the integral of 1 / period."""
        time = max(0.0, time)
        inside, rate = min(time, self.length), log(self.goal / self.start) / self.length
        count = inside / self.start if abs(rate) < 1e-9 else (1 - exp(-rate * inside)) / (self.start * rate)
        return count + (time - inside) / self.goal

    def at(self, time: float) -> Moment:
        """Where the breath is, so many seconds after the beginning."""
        count = self.breaths(time)
        breath, part = int(count), count % 1.0
        inward = part < IN_SHARE
        along = part / IN_SHARE if inward else (part - IN_SHARE) / (1 - IN_SHARE)
        rest = (IN_SHARE - part) if inward else (1 - part)
        rising = (1 - cos(pi * along)) / 2
        hum = time >= HUM_FROM * self.length and not inward
        return Moment(rising if inward else 1 - rising, inward, hum, breath, rest * self.period(time))


def own_pace(presses: tuple[float, ...]) -> float:
    """Seconds a breath of someone who pressed at each breath in (times, s); USUAL where that cannot be told."""
    gaps = [later - earlier for earlier, later in pairwise(presses) if FASTEST <= later - earlier <= SLOW]
    return median(gaps) if gaps else USUAL
