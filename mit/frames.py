"""A contour as the aligner reads it: one pitch every 20 ms, cleaned of what no voice does."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mit.contour import Contour, Floats, runs

FRAME = 0.02
"""Seconds: a tenth of the shortest note that anybody sings on purpose."""

MEDIAN = 5
"""Frames of the median inside voiced stretches: 0.1 s, half a vibrato cycle."""

SHORTEST = 0.06
"""Seconds: a shorter voiced stretch is a slip of the tracker."""

AROUND = 0.6
"""Seconds whose median tells in which octave the voice is."""

OCTAVE_SLIP = 10.0
"""Semitones from that median beyond which a frame is a slip by an octave: no melody leaps so and comes back."""


class Frames(NamedTuple):
    """pitch: MIDI every FRAME seconds from the first voiced frame to the last, NaN where unvoiced; start: s."""

    pitch: Floats
    start: float


def sample(contour: Contour) -> Frames:
    """The voiced part of a contour, cleaned; empty where nothing was voiced."""
    pitch = _clean(_decimated(contour))
    voiced = np.flatnonzero(np.isfinite(pitch))
    if not len(voiced):
        return Frames(np.zeros(0), 0.0)
    return Frames(pitch[voiced[0] : voiced[-1] + 1], float(voiced[0]) * FRAME)


def _decimated(contour: Contour) -> Floats:
    """Mean pitch of the voiced frames in each 20 ms, NaN where fewer than half are voiced."""
    each = max(1, round(FRAME / contour.hop))
    blocks = contour.pitch[: len(contour.pitch) // each * each].reshape(-1, each)
    known = np.isfinite(blocks).sum(axis=1)
    total = np.where(np.isfinite(blocks), blocks, 0.0).sum(axis=1)
    return np.where(2 * known >= each, total / np.maximum(known, 1), np.nan)


def _clean(pitch: Floats) -> Floats:
    cleaned = np.full(len(pitch), np.nan)
    mended = _mend_octaves(pitch)
    for first, stop in runs(np.isfinite(mended)):
        if (stop - first) * FRAME >= SHORTEST:
            cleaned[first:stop] = _running_median(mended[first:stop], MEDIAN)
    return cleaned


def _mend_octaves(pitch: Floats) -> Floats:
    """Frames an octave off their surroundings, moved back."""
    voiced = np.isfinite(pitch)
    mended = pitch.copy()
    if voiced.any():
        heard = pitch[voiced]
        off = heard - _running_median(heard, round(AROUND / FRAME) | 1)
        mended[voiced] = heard - 12.0 * np.sign(off) * (np.abs(off) > OCTAVE_SLIP)
    return mended


def _running_median(values: Floats, width: int) -> Floats:
    padded = np.pad(values, width // 2, mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, width), axis=1))
