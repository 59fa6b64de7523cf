"""Contours drawn from a singer's plan: what a perfect tracker would hear, without sound and in no time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mit.contour import Contour
from tests.voices import Sung

HOP = 0.01
"""Seconds, as the tracker's."""

ROOM, VOICE = -70.0, -20.0
"""dB re full scale."""

GLIDE = 0.04
"""Seconds in which a voice comes to its note."""


def draw(plan: Sequence[Sung], *, gap: float = 0.06, wobble: float = 0.1, seed: int = 0, tail: float = 0.5) -> Contour:
    """The contour of a plan: `gap` seconds of silence before each next note, `wobble` semitones of unsteadiness."""
    rng = np.random.default_rng(seed)
    count = round((max((n.onset + n.duration for n in plan), default=0.0) + tail) / HOP)
    times = np.arange(count) * HOP
    pitch, level = np.full(count, np.nan), ROOM + rng.normal(0, 0.5, count)
    for k, note in enumerate(plan):
        end = note.onset + note.duration
        if k + 1 < len(plan):
            end = min(end, plan[k + 1].onset - gap)
        inside = (times >= note.onset - 1e-9) & (times < end)
        level[inside] = VOICE + rng.normal(0, 0.5, inside.sum())
        if note.pitch is not None:
            since = times[inside] - note.onset
            slow = np.convolve(rng.normal(0, 1, inside.sum() + 20), np.full(20, 0.05), "same")[: inside.sum()]
            pitch[inside] = note.pitch - 0.6 * np.exp(-since / GLIDE) + wobble * slow
    return Contour(times, 440 * 2 ** ((pitch - 69) / 12), level)
