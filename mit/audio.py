"""Sound as a value: mono samples and their rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

ANALYSIS_RATE = 16000
"""Hz at which voices are recorded and judged: all of pitch and syllable lies below 8 kHz."""


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """Mono sound. samples: float32, shape (n,), within -1..1, read-only; rate: samples a second (Hz)."""

    samples: Samples
    rate: int

    def __post_init__(self) -> None:
        samples = np.array(self.samples, dtype=np.float32, copy=True)
        if samples.ndim != 1:
            raise ValueError("Audio is mono: give samples of shape (n,)")
        samples.flags.writeable = False
        object.__setattr__(self, "samples", samples)

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate


def resample(audio: Audio, rate: int) -> Audio:
    """The same sound at another rate (Hz), by band-limited interpolation (soxr)."""
    if audio.rate == rate:
        return audio
    import soxr  # late: only needed where rates differ

    return Audio(soxr.resample(audio.samples, audio.rate, rate), rate)


def decibels(power: NDArray[np.floating]) -> NDArray[np.float64]:
    """Power (mean square, full scale 1) in dB, floored at -120 dB so that digital silence stays a number."""
    return 10.0 * np.log10(np.maximum(np.asarray(power, dtype=np.float64), 1e-12))
