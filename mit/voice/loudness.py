"""One loudness for every voice: as loud as the others, and never so loud that a loudspeaker rattles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LOUDNESS, PEAK = 10 ** (-20 / 20), 10 ** (-6 / 20)
"""Root mean square of the sounding part, and the largest sample allowed, re full scale."""

ACTIVE = 0.02
"""Share of the largest sample above which a sample counts as sounding."""

HOLD = 0.004
"""Seconds around a peak that are turned down with it: half a cycle of a low voice, so that no cycle is bent."""

ROUNDS = 6
"""Turning peaks down takes loudness, and turning up makes peaks: this often both are done in turn."""


def level(voice: Floats, rate: int) -> Floats:
    """Bring a voice to LOUDNESS; what then rises above PEAK is turned down smoothly. Silence stays silence."""
    if not np.any(voice):
        return voice
    for _ in range(ROUNDS):
        voice = limit(voice * (LOUDNESS / active_rms(voice)), rate)
    return voice


def active_rms(voice: Floats) -> float:
    """Root mean square of the samples that sound; 0 for silence."""
    strength = np.abs(voice)
    sounding = voice[strength > ACTIVE * strength.max(initial=0.0)]
    return float(np.sqrt(np.mean(np.square(sounding, dtype=np.float64)))) if len(sounding) else 0.0


def limit(voice: Floats, rate: int) -> Floats:
    """Turn what rises above PEAK down smoothly."""
    if np.abs(voice).max() <= PEAK:
        return voice
    from scipy.ndimage import convolve1d, minimum_filter1d  # late: half a second on a slow disk

    width = 2 * round(HOLD * rate) + 1
    gain = np.minimum(1.0, PEAK / np.maximum(np.abs(voice), 1e-9))
    kernel = np.hanning(width + 2)[1:-1]
    # The mean of gains that all allow the peak allows it too.
    smooth = convolve1d(minimum_filter1d(gain, width), kernel / kernel.sum(), mode="nearest")
    limited: Floats = voice * smooth
    return limited
