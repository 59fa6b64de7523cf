"""What the voice did over time: f0 and intensity on an even grid."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BANDS = 8
"""Bands of a timbre: see `timbre`."""


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """f0 and loudness on one time grid; read-only arrays, of shape (n,) but for the last.

    times: seconds, rising; f0: Hz, NaN where unvoiced; intensity: dB re full scale, all NaN where only the pitch is
    known (a track of f0 from another program); sonority: dB of what vowels are heard by, which shows syllables better;
    where it is not given it is the intensity; timbre: dB in bands, shape (n, BANDS), of no frames where it is unknown.
    """

    times: Floats
    f0: Floats
    intensity: Floats
    sonority: Floats = field(default_factory=lambda: np.zeros(0))
    timbre: NDArray[np.int8] = field(default_factory=lambda: np.zeros((0, BANDS), np.int8))

    def __post_init__(self) -> None:
        if not len(self.sonority):
            object.__setattr__(self, "sonority", self.intensity)
        for name in ("times", "f0", "intensity", "sonority"):
            values = np.array(getattr(self, name), dtype=np.float64, copy=True)
            values.flags.writeable = False
            object.__setattr__(self, name, values)
        timbre = np.array(self.timbre, dtype=np.int8, copy=True)
        timbre.flags.writeable = False
        object.__setattr__(self, "timbre", timbre)
        if timbre.shape not in ((0, BANDS), (len(self.times), BANDS)):
            raise ValueError("timbre has BANDS values for each time, or none")
        if not len(self.times) == len(self.f0) == len(self.intensity) == len(self.sonority):
            raise ValueError("times, f0, intensity and sonority must have one length")

    @property
    def hop(self) -> float:
        """Seconds from one frame to the next."""
        return float(self.times[1] - self.times[0]) if len(self.times) > 1 else 0.01

    @property
    def voiced(self) -> NDArray[np.bool_]:
        return np.isfinite(self.f0)

    @property
    def pitch(self) -> Floats:
        """Pitch as float MIDI numbers, NaN where unvoiced."""
        return 69.0 + 12.0 * np.log2(self.f0 / 440.0)

    @property
    def has_intensity(self) -> bool:
        """Whether the loudness is known; without it syllables are found by voicing and pitch alone."""
        return bool(np.isfinite(self.intensity).any())

    @property
    def voiced_seconds(self) -> float:
        return float(self.voiced.sum() * self.hop)


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches where mask is true, as (first, one past last) indices."""
    edges = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))
