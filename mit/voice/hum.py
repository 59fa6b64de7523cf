"""The hummed voice: a nasal [m] on the notes of a melody.

A cycle of the sound is computed for every semitone the melody touches and read with a running phase, so that a
phrase takes milliseconds and every harmonic stays exactly in tune.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mit.audio import Audio
from mit.melody import A3, Melody, Note

Floats = NDArray[np.float64]

GLIDE = 0.100
"""Seconds from one pitch to the next, ending at the onset, so that the note is in tune when it is heard."""

DIP = 0.070
"""Seconds of a softer voice before each onset: lips and tongue do this to a sung syllable."""

DIP_FLOOR = 0.20
"""Amplitude within the dip (-14 dB): equal neighbours are heard, and found, as two syllables."""

SHORT_PART = 0.35
"""Share of a note that its dip, glide or fade may take where the note is short."""

FADE_IN, FADE_OUT = 0.020, 0.120
"""Seconds; the first avoids a click, the second is how a hummed note ends."""

VIBRATO, VIBRATO_RATE, VIBRATO_DELAY = 0.12, 5.2, 0.350
"""Semitones, Hz and seconds: gentle, and late enough to leave the pitch clear."""

WANDER, WANDER_STEP = 0.02, 0.15
"""Semitones at most and seconds: no voice holds still; far below what a listener calls out of tune."""

FLUTTER = 0.03
"""The most by which amplitude wanders, as a share of it."""

SEED = 20090101
"""Of the wander, fixed: the same melody is the same sound, sample by sample."""

LOUDNESS, PEAK = 10 ** (-20 / 20), 10 ** (-6 / 20)
"""Root mean square of the sounding part, and the largest sample allowed, re full scale."""

ACTIVE = 0.02
"""Share of the largest sample above which a sample counts as sounding."""

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
    pitches = _pitches(melody.notes)
    times = np.arange(round((lead + melody.duration) * rate)) / rate - lead
    pitch = _pitch_line(melody.notes, pitches, times)
    voice = _sound(pitch, rate, tract=LONG_TRACT if np.median(pitches) < LOW_VOICE else 1.0)
    return Audio(_level(voice * _loudness_line(melody.notes, times)).astype(np.float32), rate)


def _pitches(notes: tuple[Note, ...]) -> list[float]:
    """A pitch for every note: its own, else the one before it, else the first there is."""
    current = next((note.pitch for note in notes if note.pitch is not None), A3)
    pitches = []
    for note in notes:
        current = current if note.pitch is None else note.pitch
        pitches.append(current)
    return pitches


def _pitch_line(notes: tuple[Note, ...], pitches: list[float], times: Floats) -> Floats:
    """Pitch (MIDI) at every sample: the notes, glides between them, vibrato, and a little wander."""
    line = np.full(len(times), pitches[0])
    for (before, note), (low, high) in zip(pairwise(notes), pairwise(pitches), strict=True):
        glide = min(GLIDE, SHORT_PART * before.duration)
        first, onset = _index(times, note.onset - glide), _index(times, note.onset)
        line[first:onset] = low + (high - low) * _rise(times[first:onset], note.onset - glide, glide)
        line[onset:] = high
    for note in notes:
        inside = slice(_index(times, note.onset + VIBRATO_DELAY), _index(times, note.end - FADE_OUT))
        line[inside] += _vibrato(times[inside] - note.onset, note.duration)
    return line + WANDER * _wander(times, SEED)


def _vibrato(since: Floats, duration: float) -> Floats:
    """Semitones to add, `since` seconds after the onset of a note: swelling in and out."""
    swell = np.minimum((since - VIBRATO_DELAY) / 0.25, (duration - FADE_OUT - since) / 0.08)
    semitones: Floats = VIBRATO * np.clip(swell, 0.0, 1.0) * np.sin(2 * np.pi * VIBRATO_RATE * since)
    return semitones


def _loudness_line(notes: tuple[Note, ...], times: Floats) -> Floats:
    """Amplitude (0 to 1) at every sample: each note rises at its onset, and dips or ends before its end."""
    line = np.zeros(len(times))
    following = (*notes[1:], None)
    floor = 0.0
    for note, successor in zip(notes, following, strict=True):
        joined = successor is not None and successor.onset - note.end < DIP
        end = successor.onset if successor is not None and joined else note.end
        line[_index(times, note.onset) : _index(times, end)] = 1.0
        rise = slice(_index(times, note.onset), _index(times, note.onset + FADE_IN))
        line[rise] = floor + (1.0 - floor) * _rise(times[rise], note.onset, FADE_IN)
        floor = DIP_FLOOR if joined else 0.0
        length, fall = _ending(end - note.onset, joined=joined)
        last = slice(_index(times, end - length), _index(times, end))
        line[last] *= 1.0 - (1.0 - floor) * _rise(times[last], end - length, fall)
    return line * (1.0 + FLUTTER * _wander(times, SEED + 1))


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


def _level(voice: Floats) -> Floats:
    """Bring a voice to LOUDNESS, or as near to it as PEAK allows."""
    largest = float(np.abs(voice).max(initial=0.0))
    if largest == 0.0:
        return voice
    sounding = voice[np.abs(voice) > ACTIVE * largest]
    return voice * min(LOUDNESS / float(np.sqrt(np.mean(sounding**2))), PEAK / largest)


def _rise(times: Floats, start: float, length: float) -> Floats:
    """From 0 to 1 along half a cosine, beginning at `start`, `length` seconds long."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip((times - start) / max(length, 1e-6), 0.0, 1.0))


def _wander(times: Floats, seed: int) -> Floats:
    """A slow aimless line within -1..1, the same for the same seed."""
    knots = np.arange(times[0], times[-1] + 2 * WANDER_STEP, WANDER_STEP)
    return np.interp(times, knots, np.random.default_rng(seed).uniform(-1.0, 1.0, len(knots)))


def _index(times: Floats, moment: float) -> int:
    """The first sample at or after a moment."""
    return int(np.searchsorted(times, moment - 1e-9))
