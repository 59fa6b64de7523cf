"""How fast the devices that are none (files, simulated patients, silence) let time pass, and a take that obeys it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from mit.audio import Samples
from mit.device import Trouble
from mit.device.watchdog import Heard, hear, level_trouble

BLOCK = 0.02
"""Seconds of a block, as from a real microphone."""

CHUNK = 0.1
"""Seconds given at one reading where nothing waits."""


@dataclass(frozen=True, slots=True)
class Pace:
    """speed: seconds of sound in a second of the clock, None: all at once; now, wait: the clock (seconds)."""

    speed: float | None = 1.0
    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep

    def passed(self, since: float) -> float:
        """Seconds of sound since a time on the clock."""
        return math.inf if self.speed is None else max(0.0, (self.now() - since) * self.speed)


REAL_TIME = Pace()
AT_ONCE = Pace(speed=None)
"""For the command line and for tests: nobody waits."""


class PacedTake:
    """A source read as if it were a microphone (the `Take` protocol).

    source(first, last) gives samples by their number, float32 at `rate` Hz, fewer or none where the source is through.
    Zeros are no trouble here: a silent file is a file.
    """

    def __init__(self, source: Callable[[int, int], Samples], rate: int, pace: Pace) -> None:
        self._source = source
        self._rate = rate
        self._pace = pace
        self._started = pace.now()
        self._given = 0
        self._last: float = math.inf
        self._heard = Heard(rate)

    @property
    def started(self) -> float | None:
        return self._started

    @property
    def trouble(self) -> Trouble | None:
        return level_trouble(self._heard)

    def read(self, timeout: float) -> Samples | None:
        first = self._given
        if first >= self._last:
            return None
        if self._due() < first + round(BLOCK * self._rate):  # as a microphone: whole blocks, not single samples
            self._pace.wait(min(timeout, BLOCK))
        last = max(first, self._due())
        samples = self._source(first, last)
        if last > first and not len(samples):
            return None
        self._given += len(samples)
        self._heard = hear(self._heard, samples)
        return samples

    def close(self) -> None:
        self._last = min(self._last, self._given if self._pace.speed is None else self._due())

    def _due(self) -> int:
        """How many samples have come by now."""
        if self._pace.speed is None:
            return self._given + round(CHUNK * self._rate)
        return int(min(self._pace.passed(self._started) * self._rate, self._last))
