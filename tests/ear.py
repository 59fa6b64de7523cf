"""Measures sound without the product's code, so that a singer or the model can be held to its notes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

LOWEST, HIGHEST = 60.0, 700.0
"""Hz that are looked for."""

PULSE = 0.014
"""Seconds: a window that always holds a pulse of the lowest voice."""

ENOUGH = 0.93
"""Of several lags that repeat the sound, the shortest that does so nearly as well as the best is its period."""


VOICED = 0.75
"""Likeness of a sound with its repetition below which it is breath or noise."""


def f0(samples: Floats, rate: int, *, at: float, window: float = 0.05) -> float:
    """f0 in Hz around a moment, by autocorrelation, NaN where nothing repeats.

    Read at the longest multiple of the period that fits the window (seconds).
    """
    first = round((at - window / 2) * rate)
    piece = np.asarray(samples[max(first, 0) : first + round(window * rate)], dtype=np.float64)
    likeness = _likeness(piece - piece.mean(), int(0.6 * len(piece)))
    lags = np.arange(int(rate / HIGHEST), min(int(rate / LOWEST) + 1, len(likeness) - 1))
    peaks = lags[(likeness[lags] >= likeness[lags - 1]) & (likeness[lags] > likeness[lags + 1])]
    if not len(peaks) or likeness[peaks].max() < VOICED:
        return float("nan")
    period = _vertex(likeness, peaks[likeness[peaks] >= ENOUGH * likeness[peaks].max()][0])
    for multiple in range(2, len(likeness)):
        if multiple * period >= len(likeness) - 4:
            break
        period = _vertex(likeness, _summit(likeness, multiple * period)) / multiple
    return rate / period


def pitch(samples: Floats, rate: int, *, start: float, end: float) -> float:
    """Median pitch (MIDI) between two moments."""
    moments = np.arange(start, end, 0.01)
    return float(np.nanmedian([69 + 12 * np.log2(f0(samples, rate, at=moment) / 440) for moment in moments]))


def level(samples: Floats, rate: int, *, at: float, window: float = 0.01) -> float:
    """Root mean square around a moment, dB re full scale."""
    first = max(round((at - window / 2) * rate), 0)
    piece = np.asarray(samples[first : first + round(window * rate)], dtype=np.float64)
    return float(10 * np.log10(np.mean(piece**2) + 1e-12)) if len(piece) else -120.0


def low_band(samples: Floats, rate: int, *, below: float = 1200.0) -> Floats:
    """What lies below some Hz: voice without hiss."""
    spectrum = np.fft.rfft(samples)
    spectrum[np.fft.rfftfreq(len(samples), 1 / rate) > below] = 0
    return np.fft.irfft(spectrum, len(samples))


def rise(samples: Floats, rate: int, *, near: float, search: float = 0.06, drop: float = 6.0) -> float:
    """The moment near another at which the level comes within `drop` dB of what it is 80 to 150 ms later."""
    later = np.median([level(samples, rate, at=near + after, window=PULSE) for after in np.arange(0.08, 0.15, 0.01)])
    moments = np.arange(near + search, near - search, -0.001)
    below = [level(samples, rate, at=moment, window=PULSE) < later - drop for moment in moments]
    return float(moments[np.argmax(below)]) if any(below) else float("nan")


def _likeness(piece: Floats, lags: int) -> Floats:
    """How well a piece repeats itself after each lag: -1 to 1."""
    squares = np.concatenate(([0.0], np.cumsum(piece**2)))
    spectrum = np.abs(np.fft.rfft(piece, 2 * len(piece))) ** 2
    product = np.fft.irfft(spectrum)[:lags]
    lag = np.arange(lags)
    return product / np.sqrt(squares[len(piece) - lag] * (squares[-1] - squares[lag]) + 1e-15)


def _summit(likeness: Floats, near: float) -> int:
    """The highest lag around another (two lags to each side)."""
    first = max(round(near) - 2, 1)
    return first + int(np.argmax(likeness[first : round(near) + 3]))


def _vertex(likeness: Floats, lag: int) -> float:
    """Where the parabola through three values has its top, at most one lag away."""
    before, middle, after = likeness[lag - 1 : lag + 2]
    curve = before - 2 * middle + after
    return float(lag + np.clip(0.5 * (before - after) / curve, -1, 1)) if curve < 0 else float(lag)
