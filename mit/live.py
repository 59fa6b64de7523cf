"""Pitch and presence of a voice at once, while it sounds: for the line on the screen and for the end of a take.

The result that is judged comes from `pitch`; this one is quick (16 ms steps, about 50 ms behind the voice), rougher,
and never judged.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mit.audio import ANALYSIS_RATE, Samples, decibels
from mit.contour import Contour

STEP = 256
"""Samples between updates: 16 ms, 62 a second."""

WINDOW = 512
"""Samples looked at: 32 ms. Longer windows lag and smear more (64 ms doubles the frames over 50 cents off)."""

F0_MIN, F0_MAX = 80.0, 520.0
"""Hz: two periods of the lowest voice fit the window."""

CLEAR = 0.55
"""Height of the autocorrelation peak from which a frame is voice; noise stays under about 0.4."""

OVER_FLOOR_DB = 6.0
"""A voice lies this much over the quietest moment so far: a steady hum of the mains is never a voice."""

QUIETEST_DB = -65.0
"""dB re full scale under which nothing is a voice, whatever its shape."""

FLOOR_FRAMES = 12
"""Frames whose mean is a moment, for the floor: 0.2 s."""


class Frame(NamedTuple):
    """A moment of the take: time from its start in s, f0 in Hz (NaN: no voice), level in dB re full scale."""

    time: float
    f0: float
    level: float


class LivePitch:
    """Feed samples as they come; get the frames that are complete."""

    def __init__(self) -> None:
        self._window = np.zeros(WINDOW, np.float32)
        self._rest = np.zeros(0, np.float32)
        self._levels: list[float] = []
        self._floor = np.inf
        self._recent: list[float] = []
        self._taken = 0

    def feed(self, samples: Samples) -> list[Frame]:
        """The frames completed by these samples (float32 at ANALYSIS_RATE)."""
        self._rest = np.concatenate((self._rest, samples))
        frames = []
        while len(self._rest) >= STEP:
            self._window = np.concatenate((self._window[STEP:], self._rest[:STEP]))
            self._rest = self._rest[STEP:]
            self._taken += STEP
            frames.append(self._frame())
        return frames

    def _frame(self) -> Frame:
        level = float(decibels(np.square(self._window, dtype=np.float64).mean(keepdims=True))[0])
        self._levels = [*self._levels[1 - FLOOR_FRAMES :], level]
        if len(self._levels) == FLOOR_FRAMES:
            self._floor = min(self._floor, float(np.mean(self._levels)))
        f0 = self._f0() if self._is_voice(level) else np.nan
        return Frame((self._taken - WINDOW / 2) / ANALYSIS_RATE, f0, level)

    def _is_voice(self, level: float) -> bool:
        return level > max(QUIETEST_DB, min(self._floor, level) + OVER_FLOOR_DB) and _clarity(self._window) > CLEAR

    def _f0(self) -> float:
        """librosa.yin on the window, with the median of three that takes out single slips."""
        import librosa

        f0 = librosa.yin(
            self._window,
            fmin=F0_MIN,
            fmax=F0_MAX,
            sr=ANALYSIS_RATE,
            frame_length=WINDOW,
            hop_length=WINDOW,
            center=False,
        )[0]
        self._recent = [*self._recent[-2:], float(f0)]
        return float(np.median(self._recent))


def _clarity(window: Samples) -> float:
    """Highest normalised autocorrelation at a lag of a voice: 1 for a pure period, near 0 for noise."""
    spectrum = np.fft.rfft(window - window.mean(), 2 * WINDOW)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2)[:WINDOW]
    lags = np.arange(int(ANALYSIS_RATE / F0_MAX), min(WINDOW - 1, int(ANALYSIS_RATE / F0_MIN)))
    if correlation[0] <= 0:
        return 0.0
    overlap = 1.0 - lags / WINDOW  # fewer products at longer lags
    return float(np.max(correlation[lags] / (correlation[0] * overlap)))


def as_contour(frames: list[Frame]) -> Contour:
    """The frames so far on their 16 ms grid."""
    times, f0, level = np.array(frames, np.float64).reshape(-1, 3).T
    return Contour(times, f0, level)
