"""Keep a vowel a vowel for as long as it is sung.

In speech a short vowel before a stop dies away at once, and the network lets a long one do the same: its harmonics
sink while breath remains. From where they have sunk, the sound that the vowel had is held instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from mit.voice.waveform import Spectra

SUNK = 4.0
"""dB under its loudest from which a vowel counts as dying."""

VOICE_BINS = slice(5, 200)
"""Of 20 Hz: 100 Hz to 4 kHz, where a vowel is."""

TURN = 6
"""Frames at the end in which the held sound turns into what follows."""

HELD = ("harmonic", "turn", "noise", "free")
"""Parts that are held; the phase goes on, or the sound would repeat."""


def sustain(spectra: Spectra, spans: Sequence[tuple[int, int]]) -> Spectra:
    """Hold the vowels in these spans of frames (first, past last)."""
    level = 10.0 * np.log10(np.exp(2.0 * spectra.harmonic[VOICE_BINS].astype(np.float64)).mean(axis=0))
    source = np.arange(len(level), dtype=np.float64)
    weight = np.zeros(len(level))
    for first, past in spans:
        sunk = _sunk(level[first:past])
        if sunk is None:
            continue
        held = slice(first + sunk, past)
        source[held] = first + sunk
        weight[held] = np.clip((past - np.arange(first + sunk, past)) / TURN, 0.0, 1.0)
    place, share = source.astype(int), weight.astype(np.float32)
    parts = {f.name: getattr(spectra, f.name) for f in fields(spectra)}
    for name in HELD:
        parts[name] = parts[name] + share * (parts[name][:, place] - parts[name])
    return Spectra(**parts)


def _sunk(level: NDArray[np.float64]) -> int | None:
    """The last frame of a vowel before it dies; None for one that lasts."""
    if len(level) <= 2 * TURN:
        return None
    loudest = int(np.argmax(level[: len(level) // 2]))
    under = np.flatnonzero(level[loudest : len(level) - TURN] < level[loudest] - SUNK)
    return loudest + int(under[0]) - 1 if len(under) else None
