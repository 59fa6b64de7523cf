"""A patient who is not there: sings what was asked in a voice of its own, with the faults of a chosen severity.

The voice is a pulse train through formants, so nothing of it is shared with the model's hum. It is no model of any
one person; it is there so that the trainer can be seen, tried and tested without a microphone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mit.audio import ANALYSIS_RATE, Audio, Samples
from mit.device.pace import REAL_TIME, Pace, PacedTake
from mit.device.performance import act
from mit.device.profile import PROFILES
from mit.device.skill import SKILLS, Skill
from mit.melody import Melody, Note, hertz
from mit.protocol import PROTOCOL

__all__ = ["SKILLS", "SimulatedPatient", "perform", "room", "sing", "voiced"]

Floats = NDArray[np.float64]

RATE = ANALYSIS_RATE
PEAK = 0.3
"""-10 dB re full scale: a voice close to a microphone."""

ROOM = 0.0006
"""RMS of the room, -64 dB re full scale: a quiet living room, 45 dB under the voice."""

VOWELS = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}
"""Formants in Hz, means of men (Peterson & Barney 1952)."""

BANDWIDTHS = (80.0, 100.0, 140.0)
"""Hz, of the three formants (rounded from Klatt 1980)."""

STOPS, HISSES = frozenset("bcdgkpqt"), frozenset("fhjsvxz")
HISS, BURST = 0.08, 0.015
"""Seconds of noise before the vowel."""


def perform(melody: Melody, skill: str, seed: int) -> Melody:
    """The notes that the patient sings: the truth behind `sing`. Onsets count from the opening of the microphone."""
    return Melody(act(melody, SKILLS[skill], seed).notes)


def sing(melody: Melody, skill: str, seed: int) -> Audio:
    """The patient's take at 16 kHz, from the opening of the microphone to the end of the last syllable, in a room.

    skill: a key of SKILLS. The same arguments give the same samples.
    """
    return voiced(perform(melody, skill, seed).notes, SKILLS[skill], seed)


def voiced(notes: Sequence[Note], own: Skill, seed: int) -> Audio:
    """The take in which these notes are sung, in a voice of this skill."""
    rng = np.random.default_rng((seed, 1))
    samples = np.zeros(round(((notes[-1].end if notes else 0.0) + 0.3) * RATE))
    for note in notes:
        for at, sound in ((note.onset - HISS, _consonant(note, rng)), (note.onset, _vowel(note, own, rng))):
            first = max(0, round(at * RATE))
            samples[first : first + len(sound)] += sound[: len(samples) - first]
    loudest = float(np.abs(samples).max(initial=0.0))
    samples *= PEAK / loudest if loudest else 0.0
    return Audio((samples + room(len(samples), seed)).astype(np.float32), RATE)


def room(count: int, seed: int) -> Floats:
    """`count` samples of a quiet room: noise that falls by 3 dB an octave, as rooms do."""
    white = np.random.default_rng((seed, 2)).standard_normal(max(count, 2))
    spectrum = np.fft.rfft(white)
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1.0))
    pink = np.fft.irfft(spectrum, len(white))[:count]
    return ROOM * pink / (np.sqrt(np.mean(np.square(pink))) if count else 1.0)


def _vowel(note: Note, own: Skill, rng: np.random.Generator) -> Floats:
    """Glottal pulses through the formants of the syllable's vowel, with a breathy edge."""
    count = round(note.duration * RATE)
    phase = _phase(note, own, rng, count)
    flow = _flow(phase % 1.0)
    loud = (1 + 4 * own.jitter * rng.standard_normal(int(phase[-1]) + 2))[phase.astype(int)]
    source = np.diff(flow * loud, prepend=0.0) + own.breath * flow * rng.standard_normal(count) * 0.1
    spectrum = np.fft.rfft(source, 2 * count)
    voice = np.fft.irfft(spectrum * _formants(note.text or "", len(spectrum)), 2 * count)[:count]
    edge = np.minimum(np.arange(count) / (0.03 * RATE), np.arange(count)[::-1] / (0.06 * RATE))
    return np.asarray(voice / np.abs(voice).max() * np.clip(edge, 0.0, 1.0))


def _phase(note: Note, own: Skill, rng: np.random.Generator, count: int) -> Floats:
    """Periods since the note's beginning: a short scoop from below, a little vibrato, jitter from period to period."""
    assert note.pitch is not None
    t = np.arange(count) / RATE
    bend = -0.6 * np.exp(-t / 0.03) + 0.12 * np.sin(2 * np.pi * 5.3 * t) * np.clip(t - 0.3, 0.0, 1.0)
    f0 = hertz(note.pitch) * 2.0 ** (bend / 12)
    periods = (np.cumsum(f0) / RATE).astype(int)
    uneven = 1 + own.jitter * rng.standard_normal(periods[-1] + 1)
    return np.asarray(np.cumsum(f0 * uneven[periods]) / RATE)


def _flow(part: Floats) -> Floats:
    """Air through the glottis over one period (Rosenberg 1971, pulse C): opens for 40 %, closes for 16 %."""
    opening = 0.5 * (1 - np.cos(np.pi * part / 0.4))
    closing = np.cos(np.pi / 2 * (part - 0.4) / 0.16)
    return np.where(part < 0.4, opening, np.where(part < 0.56, closing, 0.0))


def _formants(text: str, bins: int) -> NDArray[np.complex128]:
    """Frequency response of three resonators in a row, at `bins` frequencies from 0 to half the rate."""
    letters = [letter for letter in text.lower() if letter in VOWELS]
    s = 2j * np.pi * np.linspace(0.0, RATE / 2, bins)
    response = np.ones(bins, dtype=np.complex128)
    for formant, width in zip(VOWELS[letters[0] if letters else "a"], BANDWIDTHS, strict=True):
        pole = -np.pi * width + 2j * np.pi * formant
        response *= abs(pole) ** 2 / ((s - pole) * (s - pole.conjugate()))
    return response


def _consonant(note: Note, rng: np.random.Generator) -> Floats:
    """The noise of the syllable's first letter, over at its vowel: a hiss, a burst, or nothing."""
    first = (note.text or " ")[0].lower()
    noise = np.zeros(round(HISS * RATE))
    length = round((HISS if first in HISSES else BURST if first in STOPS else 0.0) * RATE)
    if length:
        noise[-length:] = 0.05 * np.diff(rng.standard_normal(length + 1)) * np.hanning(length)
    return noise


class SimulatedPatient:
    """A microphone before which a simulated patient sings (the `Recorder` protocol). Every take is another one."""

    def __init__(self, skill: str = "moderate", *, seed: int = 0, pace: Pace = REAL_TIME) -> None:
        """skill: a key of SKILLS; a wrong one is a ValueError."""
        if skill not in SKILLS:
            raise ValueError(f"skill must be one of {', '.join(SKILLS)}")
        self._skill = skill
        self._seed = seed
        self._pace = pace
        self._takes = 0
        self._rng = np.random.default_rng((seed, 3))
        self._asked: Melody | None = None
        self._stuck: Melody | None = None
        self._ended = 0.0, 0.0  # when the last take began (clock of the pace), and seconds that it was sung

    @property
    def name(self) -> str:
        return f"simulated patient, {self._skill}"

    def open(self, melody: Melody) -> PacedTake:
        """The next take; after the singing the room goes on until it is closed, as with a real microphone."""
        seed = self._seed * 1000 + self._takes
        self._takes += 1
        self._turns_to(melody)
        sung = sing(self._stuck or melody, self._skill, seed).samples
        self._ended = self._pace.now(), len(sung) / RATE
        silence = room(10 * RATE, seed + 1).astype(np.float32)

        def source(first: int, last: int) -> Samples:
            after = np.arange(max(first, len(sung)), last) - len(sung)
            return np.concatenate((sung[first:last], silence[after % len(silence)]))

        return PacedTake(source, RATE, self._pace)

    def _turns_to(self, melody: Melody) -> None:
        """A new phrase may find this person still in the one before, all through it, as in a simulated session."""
        if melody == self._asked:
            return
        former, self._asked = self._asked, melody
        stuck = former is not None and self._rng.random() < PROFILES[self._skill].stuck_after(self._calm)
        self._stuck = former if stuck else None

    @property
    def _calm(self) -> float:
        """Seconds since the last singing, of which the pause alone lets go: after it the model sounds."""
        began, sang = self._ended
        return min(max(0.0, self._pace.passed(began) - sang), PROTOCOL.pause)
