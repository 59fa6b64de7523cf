"""What sounds while the person sings along: the model at a level that may fade, a pulse on each beat, a count-in.

Everything is laid into one buffer, sample by sample, so that nothing can drift apart while it is played.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio
from mit.melody import Melody
from mit.voice.loudness import LOUDNESS, active_rms, limit

Floats = NDArray[np.float64]

TICK_TONE, TICK_DECAY, TICK_LENGTH = 1000.0, 0.010, 0.060
"""Hz, seconds to fall to a third, seconds in all: a wood block; old ears still hear 1 kHz, and no voice sounds so."""

TICK_ATTACK = 0.0005
"""Seconds: the tick is there at once, without a click."""

PULSE = 0.20
"""Peak of the tick beside a model at full level: clear, and softer than the voice."""

ROOM = 0.050
"""Seconds of silence before the first beat of a count-in."""


@dataclass(frozen=True, slots=True)
class Curve:
    """How loud the model is over the melody: (share of its length 0 to 1, level 0 to 1), joined by straight lines."""

    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        shares = [share for share, _ in self.points]
        if not shares or shares != sorted(shares) or not all(0 <= x <= 1 for point in self.points for x in point):
            raise ValueError("a curve needs points in order, shares and levels from 0 to 1")

    def at(self, shares: Floats) -> Floats:
        """The level at each share; before the first point and after the last it stays."""
        places, levels = np.array(self.points, np.float64).T
        line: Floats = np.interp(shares, places, levels)
        return line


def steady(level: float) -> Curve:
    """One level throughout."""
    return Curve(((0.0, level),))


UNISON = steady(1.0)
FADING = Curve(((0.0, 1.0), (0.40, 1.0), (0.60, 0.0)))
"""The model drops out about half-way (Norton, Zipse, Marchina & Schlaug 2009)."""

LESSER = (steady(0.6), steady(0.3), steady(0.0))
"""The model steps back from one repetition to the next."""


@dataclass(frozen=True, slots=True, eq=False)
class Backing:
    """A sound to sing to. lead: s in it at which the melody's time 0 lies; beats: s in it of every pulse or tap."""

    audio: Audio
    lead: float
    beats: tuple[float, ...]


def back(
    model: Audio,
    melody: Melody,
    *,
    lead: float,
    curve: Curve = UNISON,
    pulse: float = 0.0,
    count_in: int = 0,
    beat: float | None = None,
) -> Backing:
    """Lay the rendered model, a pulse on each syllable's beat and a count-in into one buffer.

    lead: s in `model` at which the melody's time 0 lies. pulse: peak of each tick, 0 for none (see PULSE); a count-in
    is always heard. count_in: beats before the first syllable, `beat` seconds apart (None: as long as most notes are).
    Never above -6 dBFS peak or -20 dBFS over what sounds. Raises ValueError for a melody without notes.
    """
    if not melody.notes:
        raise ValueError("a melody without notes has no beats")
    spacing = float(np.median([note.duration for note in melody.notes])) if beat is None else beat
    padding = _padding(lead + melody.notes[0].onset, count_in * spacing, model.rate)
    lead += padding / model.rate
    onsets = [lead + note.onset for note in melody.notes]
    counts = [onsets[0] - k * spacing for k in range(count_in, 0, -1)]
    samples = np.concatenate((np.zeros(padding), model.samples.astype(np.float64)))
    samples *= curve.at((np.arange(len(samples)) / model.rate - lead) / melody.duration)
    _tick(samples, counts, pulse or PULSE, model.rate)
    _tick(samples, onsets, pulse, model.rate)
    return Backing(Audio(_kept_low(samples, model.rate).astype(np.float32), model.rate), lead, (*counts, *onsets))


def _padding(first: float, counted: float, rate: int) -> int:
    """Samples of silence to put before a sound whose first beat lies at `first` s, so that the count-in has room."""
    return max(0, round((counted + ROOM - first) * rate)) if counted else 0


def _tick(samples: Floats, beats: list[float], peak: float, rate: int) -> None:
    """Add a tick at each beat (s), in place. The tick's first sample lies on the sample nearest to the beat."""
    if not peak:
        return
    times = np.arange(round(TICK_LENGTH * rate)) / rate
    tick = np.sin(2 * np.pi * TICK_TONE * times) * np.exp(-times / TICK_DECAY) * np.minimum(times / TICK_ATTACK, 1.0)
    tick *= peak / np.abs(tick).max()
    for beat in beats:
        start = round(beat * rate)
        samples[start : start + len(tick)] += tick[: max(len(samples) - start, 0)]


def _kept_low(samples: Floats, rate: int) -> Floats:
    """Below the peak and the loudness of every voice."""
    limited = limit(samples, rate)
    return limited * min(1.0, LOUDNESS / max(active_rms(limited), 1e-9))
