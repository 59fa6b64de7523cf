"""The loudness of sung syllables: each vowel is held as it began, and between two syllables the voice steps back.

The network lets a vowel fade that lasts longer than any it has heard (by 15 dB before a stop), and runs vowels and
nasals together as speech does. Whoever learns a phrase by ear needs to hear each syllable begin and last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mit.audio import decibels
from mit.voice.line import ease

Floats = NDArray[np.float64]

HOP = 0.005
"""Seconds between the moments at which loudness is set."""

WINDOW = 0.040
"""Seconds over which loudness is measured: longer than four pulses of a low voice."""

ATTACK, RELEASE = 0.060, 0.050
"""Seconds at the start and end of a vowel that keep their own rise and fall."""

OWN = 0.4
"""Of a vowel's loudness, its own share; the rest is the median of the phrase."""

RAISED, LOWERED = 16.0, 8.0
"""dB at most: more would raise what is no vowel any more."""

SMOOTH = 0.030
"""Seconds over which the gain moves: no clicks."""

DIP, DIP_LENGTH, DIP_RISE = 10.0, 0.090, 0.035
"""dB and seconds of the step back before a vowel, and seconds of its rise, which ends just after the beat. Sung nasals
and glides lie about that far under their vowels."""

LAST_FALL, LAST_LENGTH = 9.0, 0.250
"""dB and seconds by which the last vowel falls off: how a phrase ends."""


@dataclass(frozen=True, slots=True)
class Vowel:
    """Start and end of a held vowel in the sound (s); joined: whether voice leads into it."""

    start: float
    end: float
    joined: bool


def shape(samples: Floats, rate: int, vowels: Sequence[Vowel]) -> Floats:
    """Hold every vowel at an even loudness and set joined ones apart."""
    times = np.arange(0.0, len(samples) / rate, HOP)
    heard = _loudness(samples, rate, times)
    own = [_strength(heard, times, vowel) for vowel in vowels]
    common = float(np.median(own))
    gain = np.zeros(len(times))
    for k, (vowel, strength) in enumerate(zip(vowels, own, strict=True)):
        wanted = np.full(len(times), common + OWN * (strength - common))
        if k == len(vowels) - 1:
            wanted -= LAST_FALL * np.clip((times - vowel.end + LAST_LENGTH) / LAST_LENGTH, 0.0, 1.0)
        _hold(gain, wanted - heard, times, vowel)
        if vowel.joined and k:
            back = np.abs(times - vowel.start) < 2 * DIP_LENGTH
            gain[back] = np.minimum(gain, wanted - _dip(times, vowel.start) - heard)[back]
    from scipy.ndimage import uniform_filter1d

    smooth = uniform_filter1d(gain, 2 * round(SMOOTH / HOP / 2) + 1)
    louder: Floats = samples * 10.0 ** (np.interp(np.arange(len(samples)) / rate, times, smooth) / 20.0)
    return louder


def silence(samples: Floats, rate: int, rests: Sequence[tuple[float, float]]) -> Floats:
    """Silence the rests (start and end in s), with soft edges inside them."""
    quiet = samples.copy()
    for start, end in rests:
        first, last = round(start * rate), round(end * rate)
        times = np.arange(last - first) / rate
        quiet[first:last] *= 1.0 - ease(times, 0.0, SMOOTH) + ease(times, times[-1] - SMOOTH, SMOOTH)
    return quiet


def _loudness(samples: Floats, rate: int, times: Floats) -> Floats:
    """dB around each moment."""
    energy = np.concatenate(([0.0], np.cumsum(samples**2)))
    first = np.clip(np.round((times - WINDOW / 2) * rate).astype(int), 0, len(samples))
    last = np.clip(np.round((times + WINDOW / 2) * rate).astype(int), 0, len(samples))
    return decibels((energy[last] - energy[first]) / (WINDOW * rate))


def _strength(heard: Floats, times: Floats, vowel: Vowel) -> float:
    """dB of a vowel once it has begun; a fading one is as strong as its louder part."""
    inside = heard[(times >= vowel.start) & (times <= max(vowel.end, vowel.start + WINDOW))]
    return float(np.percentile(inside, 75))


def _hold(gain: Floats, needed: Floats, times: Floats, vowel: Vowel) -> None:
    """Set the gain inside a vowel, in place; its attack and release take the gain of what is next to them."""
    start, end = vowel.start + ATTACK, vowel.end - RELEASE
    if end <= start:
        return
    inside = (times >= vowel.start) & (times < vowel.end)
    steady = np.clip(np.interp(np.clip(times[inside], start, end), times, needed), -LOWERED, RAISED)
    gain[inside] = steady


def _dip(times: Floats, start: float) -> Floats:
    """dB to step back before a vowel's start: down, held, and up again."""
    down = ease(times, start - DIP_LENGTH - DIP_RISE, DIP_RISE)
    up = ease(times, start - 0.6 * DIP_RISE, DIP_RISE)
    deep: Floats = DIP * (down - up)
    # Outside the dip nothing is held down.
    return np.where(deep > 0.0, deep, -np.inf)
