"""How long a sound takes from the trainer through loudspeaker, air and microphone back: measured with clicks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio

Floats = NDArray[np.float64]

LEAST_CLICKS = 5
"""Fewer do not show whether the delay is steady."""

STEADY = 0.030
"""Seconds between the shortest and the longest delay, beyond which no median stands for them."""

CLICKS = 8
"""So many are played: three may be lost in a cough."""

FIRST, APART = 0.3, (0.43, 0.51, 0.47, 0.57)
"""Seconds to the first click, and between clicks: uneven, so that no echo of one is taken for the next."""

CHIRP, LOW, HIGH = 0.012, 1000.0, 6000.0
"""Seconds of a click and the Hz that it runs through: sharp in time, and within what every loudspeaker plays."""

CLICK_PEAK = 0.25
"""-12 dB re full scale: half of what the louder moments of the model reach."""

TAIL = 0.5
"""Seconds of silence after the last click: a wireless loudspeaker is late by 0.3."""

EARLY, LATE = 0.05, 0.4
"""Seconds around its due time in which a click is looked for; early, because stated clocks are not exact."""

CLEAR = 6.0
"""A click's match over the median of its surroundings: noise alone reaches 3.5."""

DIRECT = 0.5
"""The first place with so much of the best match is the click; what follows are its echoes."""


@dataclass(frozen=True, slots=True)
class Delay:
    """seconds: the median; spread: seconds from the shortest to the longest; clicks: how many were heard."""

    seconds: float
    spread: float
    clicks: int

    @property
    def steady(self) -> bool:
        """Whether it can be relied on."""
        return self.spread <= STEADY and self.clicks >= LEAST_CLICKS


def click_times() -> tuple[float, ...]:
    """When the clicks of `clicks` begin, seconds."""
    times = [FIRST]
    for k in range(CLICKS - 1):
        times.append(times[-1] + APART[k % len(APART)])
    return tuple(times)


def clicks(rate: int) -> Audio:
    """The clicks to play, at `rate` Hz."""
    times, chirp = click_times(), CLICK_PEAK * np.real(_chirp(rate))
    samples = np.zeros(round((times[-1] + TAIL) * rate))
    for time in times:
        first = round(time * rate)
        samples[first : first + len(chirp)] += chirp
    return Audio(samples.astype(np.float32), rate)


def measure_delay(heard: Audio, due: Sequence[float]) -> Delay | None:
    """The delay of clicks that would have come at `due` (seconds from the start of `heard`) without any.

    None: fewer than LEAST_CLICKS were heard, as with headphones on the ears.
    """
    found = [delay for time in due if (delay := _delay(heard, time)) is not None]
    if len(found) < LEAST_CLICKS:
        return None
    return Delay(median(found), max(found) - min(found), len(found))


def _delay(heard: Audio, due: float) -> float | None:
    """How late one click came; None where it was not heard."""
    first = max(0, round((due - EARLY) * heard.rate))
    stretch = heard.samples[first : round((due + LATE) * heard.rate)].astype(np.float64)
    chirp = _chirp(heard.rate)
    if len(stretch) < 2 * len(chirp):
        return None
    match = np.abs(np.correlate(stretch, chirp, "valid"))
    best, usual = float(match.max()), float(np.median(match))
    if best <= 0 or best < CLEAR * usual:
        return None
    return (first + int(_first_peak(match, DIRECT * best))) / heard.rate - due


def _first_peak(match: Floats, least: float) -> int:
    """The first local maximum that reaches `least`."""
    start = int(np.argmax(match >= least))
    while start + 1 < len(match) and match[start + 1] > match[start]:
        start += 1
    return start


@cache
def _chirp(rate: int) -> NDArray[np.complex128]:
    """A click with its quarter-wave twin as the imaginary part: the size of the match then ignores polarity."""
    times = np.arange(round(CHIRP * rate)) / rate
    phase = 2 * np.pi * (LOW * times + (HIGH - LOW) / (2 * CHIRP) * times**2)
    return np.asarray(np.hanning(len(times)) * np.exp(1j * phase), np.complex128)
