"""The contour of a performance, drawn without sound: what the tracker hears of it, a hundred times faster."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mit.contour import Contour, Floats
from mit.melody import Note, hertz

HOP = 0.01
"""Seconds, as the tracker's."""

ROOM, VOICE = -64.0, -17.0
"""dB re full scale of the pretend patient's room and voice."""

RISE, FALL = 0.03, 0.06
"""Seconds in which a vowel swells and dies."""

UNEVEN = 0.8
"""dB, standard deviation of both from frame to frame."""

SCOOP, SCOOP_TIME = 0.6, 0.03
VIBRATO, VIBRATO_RATE = 0.12, 5.3
"""Semitones and s, semitones and Hz: how the voice comes to its note and holds it."""

TAIL = 0.3
"""Seconds of room after the last note."""


def draw(notes: Sequence[Note], seed: int | tuple[int, ...]) -> Contour:
    """f0 and intensity of these notes. The same arguments give the same contour."""
    rng = np.random.default_rng(seed)
    count = round((max((note.end for note in notes), default=0.0) + TAIL) / HOP) + 1
    times = np.linspace(0.0, (count - 1) * HOP, count)
    f0, power = np.full(len(times), np.nan), np.full(len(times), 10 ** (ROOM / 10))
    for note in notes:
        inside = (times >= note.onset) & (times < note.end)
        since = np.asarray(times[inside] - note.onset)
        swell = np.clip(np.minimum(since / RISE, (note.duration - since) / FALL), 0.0, 1.0)
        power[inside] += 10 ** (VOICE / 10) * swell**2
        f0[inside] = _line(note, since)
    intensity = np.asarray(10 * np.log10(power) + rng.normal(0.0, UNEVEN, len(times)))
    return Contour(times, f0, intensity)


def _line(note: Note, since: Floats) -> Floats:
    """f0 in Hz, `since` seconds after the onset."""
    assert note.pitch is not None
    bend = -SCOOP * np.exp(-since / SCOOP_TIME)
    bend += VIBRATO * np.sin(2 * np.pi * VIBRATO_RATE * since) * np.clip(since - 0.3, 0.0, 1.0)
    return np.asarray(hertz(note.pitch) * 2.0 ** (bend / 12))
