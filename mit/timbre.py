"""What a voice sounds like from moment to moment, coarsely: which vowel it is, and where it becomes another.

Energy in a few bands as wide as formants move, the loudness taken out; as in the first features of speech recognition
(Davis & Mermelstein 1980), with no need of their cosines. It tells one sound from another, never what was said.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mit.audio import ANALYSIS_RATE, Samples
from mit.contour import BANDS, Contour, Floats
from mit.melody import Note

EDGES = tuple(float(hz) for hz in np.geomspace(200.0, 4000.0, BANDS + 1))
"""Hz: from under the first formant to over the third, half an octave and more each."""

WINDOW, HOP = 512, 160
"""Samples: 32 ms every 10 ms, the frames of the pitch."""

QUIETEST = -120
"""dB re full scale under which nothing sounds."""

VOWEL = 0.25
"""Seconds of a note that tell its vowel: later it may be another (a diphthong, a nasal)."""

EDGE = 0.03
"""Seconds at either end of a note in which its neighbours still sound."""

BESIDE = 0.08
"""Seconds on either side over which a change of sound is read: a glide ("see you") takes about as long."""

FURTHEST, NEARER = 0.3, 20.0
"""Shares of a note from the expected place within which a change is looked for, and dB a share that a nearer one is
taken for more."""


def timbre(samples: Samples) -> NDArray[np.int8]:
    """dB of each band in each frame, in whole dB; shape (len // HOP + 1, BANDS)."""
    frames = len(samples) // HOP + 1
    padded = np.pad(np.asarray(samples, np.float32), WINDOW)[WINDOW // 2 :]
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:frames]
    power = np.abs(np.fft.rfft(windows * np.hanning(WINDOW).astype(np.float32), axis=1)) ** 2 / (WINDOW / 4) ** 2
    first = np.searchsorted(np.fft.rfftfreq(WINDOW, 1 / ANALYSIS_RATE), EDGES)
    bands = np.stack([power[:, a:b].sum(axis=1) for a, b in pairwise(first)], axis=1)
    level = np.rint(10.0 * np.log10(np.maximum(bands, 10.0 ** (QUIETEST / 10))))
    return np.asarray(level.clip(QUIETEST, 0), np.int8)


def differ(contour: Contour, a: Note, b: Note) -> float | None:
    """dB by which the vowels of two notes differ over the bands (root mean square); None where it cannot be told."""
    shapes = [_shape(contour, n.onset, n.onset + min(n.duration, VOWEL)) for n in (a, b)]
    return None if shapes[0] is None or shapes[1] is None else _distance(shapes[0], shapes[1])


def change(contour: Contour, note: Note, *, expected: float) -> tuple[float, float] | None:
    """Where within a note its sound changes most: the moment (s), and by how many dB over the bands.

    expected: share of its duration near which it is looked for. None where it cannot be told.
    """
    width = round(BESIDE / contour.hop)
    first, stop = np.searchsorted(contour.times, (note.onset, note.end))
    if not len(contour.timbre) or stop - first < 4 * width:
        return None
    heard = contour.timbre[first:stop].astype(np.float64)
    sums = np.cumsum(np.vstack((np.zeros(BANDS), heard - heard.mean(axis=1, keepdims=True))), axis=0) / width
    means = sums[width:] - sums[:-width]  # of the frames from each place on
    off = np.sqrt(np.mean((means[width:] - means[:-width]) ** 2, axis=1))  # about the place `width` further on
    away = np.abs((np.arange(len(off)) + width) / len(heard) - expected)
    place = int(np.argmax(np.where(away <= FURTHEST, off - NEARER * away, -np.inf)))
    return float(contour.times[first + width + place]), float(off[place])


def _shape(contour: Contour, start: float, stop: float) -> Floats | None:
    """Mean of the bands over a stretch, without its loudness."""
    edge = min(EDGE, (stop - start) / 4)
    first, past = np.searchsorted(contour.times, (start + edge, stop - edge))
    heard = contour.timbre[first : max(past, first + 1)]
    if not len(heard):
        return None
    mean = heard.mean(axis=0, dtype=np.float64)
    return np.asarray(mean - mean.mean())


def _distance(a: Floats, b: Floats) -> float:
    return float(np.sqrt(np.mean((a - b) ** 2)))
