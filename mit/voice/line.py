"""The line of pitch that a voice follows through a melody: notes, glides between them, gentle vibrato."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mit.melody import A3, Note

Floats = NDArray[np.float64]

GLIDE = 0.100
"""Seconds from one pitch to the next, ending at the onset, so that the note is in tune when it is heard."""

SHORT_PART = 0.35
"""Share of a note that its glide, dip or fade may take where the note is short."""

FADE_OUT = 0.120
"""Seconds: how a sung note ends."""

VIBRATO, VIBRATO_RATE, VIBRATO_DELAY = 0.12, 5.2, 0.350
"""Semitones, Hz and seconds: gentle, and late enough to leave the pitch clear."""

WANDER, WANDER_STEP = 0.02, 0.15
"""Semitones at most and seconds: no voice holds still; far below what a listener calls out of tune."""

SEED = 20090101
"""Of the wander, fixed: the same melody is the same sound, sample by sample."""


def note_pitches(notes: tuple[Note, ...]) -> list[float]:
    """A pitch (MIDI) for every note: its own, else the one before it, else the first there is."""
    current = next((note.pitch for note in notes if note.pitch is not None), A3)
    pitches = []
    for note in notes:
        current = current if note.pitch is None else note.pitch
        pitches.append(current)
    return pitches


def pitch_line(notes: tuple[Note, ...], times: Floats) -> Floats:
    """Pitch (MIDI) at every moment (s, rising): the notes, glides between them, vibrato, and a little wander."""
    pitches = note_pitches(notes)
    line = np.full(len(times), pitches[0])
    for (before, note), (low, high) in zip(pairwise(notes), pairwise(pitches), strict=True):
        glide = min(GLIDE, SHORT_PART * before.duration)
        first, onset = index_at(times, note.onset - glide), index_at(times, note.onset)
        line[first:onset] = low + (high - low) * ease(times[first:onset], note.onset - glide, glide)
        line[onset:] = high
    for note in notes:
        inside = slice(index_at(times, note.onset + VIBRATO_DELAY), index_at(times, note.end - FADE_OUT))
        line[inside] += _vibrato(times[inside] - note.onset, note.duration)
    return line + WANDER * wander(times, SEED)


def _vibrato(since: Floats, duration: float) -> Floats:
    """Semitones to add, `since` seconds after the onset of a note: swelling in and out."""
    swell = np.minimum((since - VIBRATO_DELAY) / 0.25, (duration - FADE_OUT - since) / 0.08)
    semitones: Floats = VIBRATO * np.clip(swell, 0.0, 1.0) * np.sin(2 * np.pi * VIBRATO_RATE * since)
    return semitones


def ease(times: Floats, start: float, length: float) -> Floats:
    """From 0 to 1 along half a cosine, beginning at `start`, `length` seconds long."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip((times - start) / max(length, 1e-6), 0.0, 1.0))


def wander(times: Floats, seed: int) -> Floats:
    """A slow aimless line within -1..1, the same for the same seed."""
    knots = np.arange(times[0], times[-1] + 2 * WANDER_STEP, WANDER_STEP)
    return np.interp(times, knots, np.random.default_rng(seed).uniform(-1.0, 1.0, len(knots)))


def index_at(times: Floats, moment: float) -> int:
    """The first moment at or after another."""
    return int(np.searchsorted(times, moment - 1e-9))
