"""What the network would do with a phrase when speaking, carried over to the lengths of a melody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mit.voice.neural import load_network
from mit.voice.sounds import MAIN_STRESS, Sounds, read_syllable
from mit.voice.stretch import Line, frame_ends, spoken_frames, write_line

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

EXAGGERATION, WIDEST = 1.6, 9.0
"""Of the rise and fall of speech in speech-song, and the semitones that are never left."""

STRESS_PITCH, STRESS_ENERGY = 2.0, 0.4
"""Semitones and energy (natural logarithm, in the network's scale) that speech-song adds to stressed vowels."""

VOICED_F0 = 60.0
"""Hz above which the network means a frame to be voiced."""

OWN_LOUDNESS = 0.4
"""Of a syllable's energy, its own share; the rest is the phrase's median: sung syllables are evenly loud."""

SWELL = 8
"""Frames over which a nucleus rises to its energy and falls from it."""

RELEASE = 4
"""Frames before the end of a nucleus that are left to what follows."""

LAST_DECAY, LAST_DECAY_FRAMES = 3.0, 20
"""Energy (natural logarithm, in the network's scale) lost over the last frames: how a sung phrase ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A phrase as the network speaks it: its phonemes, their units, and f0 (Hz) and energy in frames."""

    line: Line
    units: NDArray[np.float32]
    f0: NDArray[np.float32]
    energy: NDArray[np.float32]


@lru_cache(maxsize=128)
def speak(sounds: Sounds) -> Said:
    """Let the network speak the phrase for itself. Kept, as a phrase is sung in several voices and keys."""
    network = load_network()
    line = write_line(tuple(read_syllable(symbols, network.numbers) for symbols in sounds), network)
    units = network.durations(line.ids)
    return Said(line, units, *network.prosody(line.ids, units))


def carry_over(said: Said, units: Floats) -> tuple[Floats, Mask]:
    """Energy and voicing of the spoken phrase, at the lengths of the sung one."""
    place = spoken_frames(said.units, units)
    spoken = np.arange(len(said.energy))
    voiced = np.interp(place, spoken, said.f0 > VOICED_F0) > 0.5
    starts = np.maximum(frame_ends(units).astype(int), 0)
    for first, past in said.line.hissed:  # speech slurs an h between vowels; a clear one helps to understand
        voiced[starts[first] : starts[past]] = False
    return np.interp(place, spoken, said.energy), voiced


def hold_evenly(said: Said, units: Floats, energy: Floats, voiced: Mask) -> tuple[Floats, Mask]:
    """Keep every nucleus voiced and at one energy, near that of the others."""
    energy, voiced = energy.copy(), voiced.copy()
    spoken, starts = frame_ends(said.units), frame_ends(units).astype(int)
    peaks = [said.energy[max(int(spoken[a]) - 4, 0) : int(spoken[b]) + 1].max() for a, b in said.line.held]
    common = float(np.median(peaks))
    for k, ((first, past), peak) in enumerate(zip(said.line.held, peaks, strict=True)):
        a, b = max(int(starts[first]), 0), int(starts[past]) - RELEASE
        voiced[a:b] = True
        swell = min(SWELL, (b - a) // 3)
        if swell < 1:
            continue
        target = common + OWN_LOUDNESS * (peak - common)
        ramp = np.linspace(0.0, 1.0, swell)
        held = np.full(b - a, target)
        held[:swell] = energy[a] + (target - energy[a]) * ramp
        if k == len(peaks) - 1:
            held[-LAST_DECAY_FRAMES:] -= np.linspace(0.0, LAST_DECAY, len(held[-LAST_DECAY_FRAMES:]))
        held[-swell:] += (energy[b] - held[-swell:]) * ramp
        energy[a:b] = held
    return energy, voiced


def drawn_large(said: Said, units: Floats) -> Floats:
    """Pitch (MIDI) of the spoken phrase at the lengths of the sung one, its rise and fall exaggerated."""
    heard = np.flatnonzero(said.f0 > VOICED_F0)
    spoken_pitch = 69.0 + 12.0 * np.log2(np.asarray(said.f0[heard], np.float64) / 440.0)
    middle = float(np.median(spoken_pitch))
    large = middle + np.clip(EXAGGERATION * (spoken_pitch - middle), -WIDEST, WIDEST)
    return np.interp(spoken_frames(said.units, units), heard, large) + STRESS_PITCH * stress(said.line, units)


def stress(line: Line, units: Floats) -> Floats:
    """1 in the nuclei of stressed syllables, 0 elsewhere, with soft edges."""
    loud = [place for place, syllable in zip(line.held, line.syllables, strict=True) if syllable.mark == MAIN_STRESS]
    return _within(loud, units)


def held(line: Line, units: Floats) -> Floats:
    """1 where a vowel is held, 0 elsewhere, with soft edges."""
    return _within(line.held, units)


def _within(places: Sequence[tuple[int, int]], units: Floats) -> Floats:
    from scipy.ndimage import uniform_filter1d

    starts = frame_ends(units).astype(int)
    mask = np.zeros(2 * int(units.sum()))
    for first, past in places:
        mask[max(starts[first], 0) : max(starts[past], 0)] = 1.0
    smooth: Floats = uniform_filter1d(mask, SWELL)
    return smooth
