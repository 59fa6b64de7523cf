"""The low note of a person: the median of three relaxed hums. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio, decibels
from mit.contour import Contour
from mit.melody import hertz, midi

Floats = NDArray[np.float64]

HUMS = 3
LOWEST, HIGHEST = midi(80.0), midi(260.0)
"""MIDI: low notes that leave room for the high one above and for the tracker below."""

SAME = 3.0
"""Semitones between the lowest and the highest of three hums: further apart they were not all relaxed."""

LEAST_HUM = 0.5
"""Seconds of voice that make a hum."""

WINDOW, STEP = 1600, 800
"""Samples of a spectrum (0.1 s at 16 kHz: partials of a low voice stand apart), and from one to the next."""

NEAR = 8.0
"""Hz around a partial in which it is looked for: an unsteady voice."""

LOWEST_F0 = 65.0
"""Hz: below is no hum."""

HALF_PRESENT = -12.0
"""dB of the partials between those of an f0, re those: from here on the voice is an octave lower than was tracked.
Uneven periods of a creaky voice leave them at -17 and below; a formant on the second partial, at -6."""

ODD_ABSENT = -24.0
"""dB of the odd partials re the even ones, below which the voice is an octave higher than was tracked."""


def hum_pitch(hum: Audio, contour: Contour) -> float | None:
    """The pitch of one hum (16 kHz) as a MIDI number, its octave checked in the spectrum; None: no hum was heard.

    Trackers take a formant for the voice, or half of its periods; all three hums of one person can slip alike.
    """
    if contour.voiced_seconds < LEAST_HUM:
        return None
    f0 = float(np.nanmedian(contour.f0))
    spectra = _spectra(hum, contour)
    if f0 / 2 >= LOWEST_F0 and _ratio(spectra, hum.rate, f0 / 2) > HALF_PRESENT:
        f0 /= 2
    elif _ratio(spectra, hum.rate, f0) < ODD_ABSENT:
        f0 *= 2
    return midi(f0)


def low_note(pitches: Sequence[float]) -> float | None:
    """The low note of HUMS hums, MIDI, LOWEST to HIGHEST; None when two of them are further apart than SAME.

    Source of the rule: `median of three 2-s hums, clamped to 80 to 260 Hz` (design of this trainer, after the
    "comfortable range" of Norton et al. 2009).
    """
    if len(pitches) < HUMS or max(pitches) - min(pitches) > SAME:
        return None
    return min(HIGHEST, max(LOWEST, median(pitches)))


def as_setting(pitch: float) -> str:
    """A low note as settings.toml holds it."""
    return f"{hertz(pitch):.1f} Hz"


def _spectra(hum: Audio, contour: Contour) -> Floats:
    """Power spectra of the moments in which the voice sounds, shape (moments, bins)."""
    sounding = contour.times[contour.voiced]
    first, last = (round(t * hum.rate) for t in (sounding[0], sounding[-1]))
    starts = range(first, max(first + 1, last - WINDOW), STEP)
    pieces = [np.pad(hum.samples[s : s + WINDOW], (0, max(0, WINDOW - len(hum.samples[s:])))) for s in starts]
    return np.abs(np.fft.rfft(np.array(pieces) * np.hanning(WINDOW), axis=1)) ** 2


def _ratio(spectra: Floats, rate: int, f0: float) -> float:
    """dB of the first odd partials of `f0` (first and third) re the first even ones, median over the moments."""
    odd, even = (np.mean([_partial(spectra, rate, k * f0) for k in ks], axis=0) for ks in ((1, 3), (2, 4)))
    return float(np.median(odd - even))


def _partial(spectra: Floats, rate: int, hz: float) -> Floats:
    """dB of the strongest bin near a frequency, shape (moments,)."""
    width = rate / WINDOW
    first, past = int((hz - NEAR) // width), int((hz + NEAR) // width) + 2
    return decibels(spectra[:, first:past].max(axis=1))
