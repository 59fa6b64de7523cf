"""The hummed voice: a nasal [m] on the notes of a melody.

A cycle of the sound is computed for every semitone the melody touches and read with a running phase, so that a
phrase takes milliseconds and every harmonic stays exactly in tune.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio
from mit.melody import Melody, Note
from mit.voice.line import FADE_OUT, SEED, SHORT_PART, ease, index_at, note_pitches, pitch_line, wander
from mit.voice.loudness import level

Floats = NDArray[np.float64]

DIP = 0.070
"""Seconds of a softer voice before each onset: lips and tongue do this to a sung syllable."""

DIP_FLOOR = 0.20
"""Amplitude within the dip (-14 dB): equal neighbours are heard, and found, as two syllables."""

FADE_IN = 0.020
"""Seconds; avoids a click."""

FLUTTER = 0.03
"""The most by which amplitude wanders, as a share of it."""

CYCLE = 2048
"""Samples of one computed cycle: read linearly, the highest harmonic used is off by under 1 %."""

TOP = 5000.0
"""Hz of the highest harmonic: above it a nasal has nothing left that matters."""

TILT = -0.9
"""Exponent of the source's fall over harmonic numbers: a soft, warm voice."""

NASAL = (
    (250.0, 240.0, 1.0),
    (1000.0, 240.0, 0.16),
    (1450.0, 250.0, 0.06),
    (2200.0, 300.0, 0.08),
    (3000.0, 350.0, 0.04),
)
"""Resonances of [m]: Hz, bandwidth in Hz, power. After Fujimura 1962, "Analysis of nasal consonants"; the first is
wider, so that the harmonics above it carry the pitch through a small loudspeaker."""

LONG_TRACT, LOW_VOICE = 0.88, 52.0
"""A melody whose middle note is below E3 is a man's: his resonances lie 12 % lower."""


def hum(melody: Melody, *, rate: int = 24000, lead: float = 0.0) -> Audio:
    """Hum a melody: 20 ms fade in at each first onset, 120 ms fade out, -20 dBFS, never above -6 dBFS peak.

    `rate` in Hz, `lead` in seconds of silence before the melody's time 0, so that a note starts in the sound at its
    onset plus `lead`. A note without pitch is hummed on the pitch before it: its rhythm is heard. Same melody, same
    samples. Raises ValueError for a melody without notes.
    """
    if not melody.notes:
        raise ValueError("a melody without notes cannot be hummed")
    pitches = note_pitches(melody.notes)
    times = np.arange(round((lead + melody.duration) * rate)) / rate - lead
    pitch = pitch_line(melody.notes, times)
    voice = _sound(pitch, rate, tract=LONG_TRACT if np.median(pitches) < LOW_VOICE else 1.0)
    return Audio(level(voice * _loudness_line(melody.notes, times), rate).astype(np.float32), rate)


def _loudness_line(notes: tuple[Note, ...], times: Floats) -> Floats:
    """Amplitude (0 to 1) at every sample: each note rises at its onset, and dips or ends before its end."""
    line = np.zeros(len(times))
    following = (*notes[1:], None)
    floor = 0.0
    for note, successor in zip(notes, following, strict=True):
        joined = successor is not None and successor.onset - note.end < DIP
        end = successor.onset if successor is not None and joined else note.end
        line[index_at(times, note.onset) : index_at(times, end)] = 1.0
        rise = slice(index_at(times, note.onset), index_at(times, note.onset + FADE_IN))
        line[rise] = floor + (1.0 - floor) * ease(times[rise], note.onset, FADE_IN)
        floor = DIP_FLOOR if joined else 0.0
        length, fall = _ending(end - note.onset, joined=joined)
        last = slice(index_at(times, end - length), index_at(times, end))
        line[last] *= 1.0 - (1.0 - floor) * ease(times[last], end - length, fall)
    return line * (1.0 + FLUTTER * wander(times, SEED + 1))


def _ending(duration: float, *, joined: bool) -> tuple[float, float]:
    """Seconds that a note's ending takes, and how many of them it falls: into a dip and held there, or into silence."""
    length = min(DIP if joined else FADE_OUT, SHORT_PART * duration)
    return length, length / 2 if joined else length


def _sound(pitch: Floats, rate: int, *, tract: float) -> Floats:
    """The nasal on a pitch line (MIDI, one value a sample), read from cycles a semitone apart."""
    base = int(np.floor(pitch.min()))
    cycles = _cycles(np.arange(base, int(np.ceil(pitch.max())) + 2), rate, tract)
    row = pitch - base
    place = np.cumsum(440.0 * np.exp2((pitch - 69.0) / 12.0) / rate) % 1.0 * CYCLE
    above, right = row.astype(np.intp), place.astype(np.intp)
    across, along = row - above, place - right
    corner = above * (CYCLE + 1) + right
    flat, width = cycles.ravel(), CYCLE + 1
    low = flat[corner] * (1 - along) + flat[corner + 1] * along
    high = flat[corner + width] * (1 - along) + flat[corner + width + 1] * along
    voice: Floats = low * (1 - across) + high * across
    return voice


def _cycles(pitches: NDArray[np.integer], rate: int, tract: float) -> Floats:
    """One cycle of the nasal for each pitch (MIDI), shape (pitches, CYCLE + 1); the last sample repeats the first."""
    top = min(TOP, 0.45 * rate)
    f0 = 440.0 * np.exp2((pitches[:, None] - 69.0) / 12.0)
    number = np.arange(1, CYCLE // 8)[None, :]
    frequency = number * f0
    power = np.zeros_like(frequency)
    for centre, bandwidth, gain in NASAL:
        power += gain / (1.0 + ((frequency - centre * tract) / (bandwidth / 2)) ** 2)
    amplitude = np.sqrt(power) * number**TILT * np.clip((top - frequency) / (0.2 * top), 0.0, 1.0)
    # Phases that fall with the square of the number spread the energy over the cycle: no peaks, no buzz.
    phase = -np.pi * number**2 / 24.0
    spectrum = np.zeros((len(pitches), CYCLE // 2 + 1), dtype=np.complex128)
    spectrum[:, 1 : CYCLE // 8] = amplitude * np.exp(1j * phase)
    cycle = np.fft.irfft(spectrum, CYCLE, axis=1)
    return np.concatenate((cycle, cycle[:, :1]), axis=1)
