"""Keep a vowel a vowel for as long as it is sung.

In speech a short vowel before a stop dies away at once, and the network lets a long one do the same: its harmonics
sink (by 16 dB and more) while breath remains. The sound that the vowel had at its clearest is then held instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from mit.voice.waveform import Spectra

SUNK = 6.0
"""dB under its loudest from which a vowel counts as sinking. (A recogniser misses 4 % of the words of the phrases in
both registers; with 4 dB 3 and 8 %.)"""

Floats = NDArray[np.float64]

VOICE_BINS = slice(5, 200)
"""Of 20 Hz: 100 Hz to 4 kHz, where a vowel is."""

TURN = 6
"""Frames at the end in which the held sound turns into what follows."""

HIATUS, HIATUS_DIP = 6, 1.5
"""Frames to both sides of a vowel that follows a vowel within which the voice lasts, and how far it may sink there
(natural logarithm, 13 dB): the network stops it altogether ("say it"), and the breath alone is heard as 77 Hz."""

HELD = ("harmonic", "turn", "noise", "free")
"""Parts that are held, the breath only where it would grow; the phase goes on, or the sound would repeat."""


def sustain(spectra: Spectra, spans: Sequence[tuple[int, int]]) -> Spectra:
    """Hold the vowels in these spans of frames (first, past last)."""
    voice = _level(spectra.harmonic)
    source = np.arange(len(voice))
    weight = np.zeros(len(voice), np.float32)
    for first, past in spans:
        sunk = _sunk(voice[first:past])
        if sunk is None:
            continue
        held = slice(first + sunk, past)
        source[held] = first + sunk
        weight[held] = np.clip((past - np.arange(first + sunk, past)) / TURN, 0.0, 1.0)
    parts = {f.name: getattr(spectra, f.name) for f in fields(spectra)}
    for name in HELD:
        parts[name] = parts[name] + weight * (parts[name][:, source] - parts[name])
    parts["free"] = np.minimum(parts["free"], spectra.free)
    return Spectra(**parts)


def bridge(spectra: Spectra, starts: Sequence[int]) -> Spectra:
    """Let the voice last into the vowels that start at these frames, right after another vowel."""
    harmonic = spectra.harmonic.copy()
    for start in starts:
        first, last = max(start - HIATUS, 0), min(start + HIATUS, harmonic.shape[1] - 1)
        part = np.linspace(0.0, 1.0, last - first + 1, dtype=np.float32)
        across = harmonic[:, [first]] * (1 - part) + harmonic[:, [last]] * part
        inside = slice(first, last + 1)
        harmonic[:, inside] = np.maximum(harmonic[:, inside], across - np.float32(HIATUS_DIP))
    return replace(spectra, harmonic=harmonic)


def _level(log: NDArray[np.float32]) -> Floats:
    """dB of each frame where a vowel is."""
    return np.asarray(10.0 * np.log10(np.exp(2.0 * log[VOICE_BINS].astype(np.float64)).mean(axis=0)))


def _sunk(voice: Floats) -> int | None:
    """The last frame of a vowel before it sinks; None for one that lasts."""
    if len(voice) <= 2 * TURN:
        return None
    loudest = int(np.argmax(voice[: len(voice) // 2]))
    under = np.flatnonzero(voice[loudest : len(voice) - TURN] < voice[loudest] - SUNK)
    return loudest + int(under[0]) - 1 if len(under) else None
