"""Words of speaking programs, sung: their speech laid on a plan's onsets and pitches by the WORLD vocoder.

The truth is exact: a vowel starts on its note's onset, by the program's own times of its sounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from tests.singers import PLAIN, Manner
from tests.voices import FLOOR, Performance, Sung

Floats = NDArray[np.floating]

FRAME = 0.005
"""Seconds of a WORLD frame."""

VOICE_BAND = 1200
"""Hz below which a vowel is loud and a hiss is not."""

LONGEST_CONSONANT = 0.45
"""Share of the time between two onsets that the sounds between the vowels may take."""

AUDIBLE = 25.0
"""dB under the loudest frame from which a voiced frame counts as voice: closures hum far below."""


class Sound(NamedTuple):
    """A speech sound: when it starts (s); whether it is a vowel, sounds as a vowel does, or has no voice."""

    start: float
    is_vowel: bool = False
    is_sonorant: bool = False
    is_voiceless: bool = False


class Vowel(NamedTuple):
    """Seconds at which what leads to it starts, it starts, and it ends; whether a voiceless sound comes before it."""

    lead: float
    start: float
    end: float
    hissed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """Speech as WORLD frames, with its vowels and its whole length in seconds."""

    f0: Floats
    envelope: Floats
    noise: Floats
    rate: int
    vowels: tuple[Vowel, ...]
    length: float


def take_apart(samples: Floats, rate: int, sounds: Sequence[Sound]) -> Speech:
    """Speech taken apart by WORLD, its vowels found by the program's times of its sounds."""
    import pyworld

    samples = np.asarray(samples, np.float64) + 1e-5 * np.random.default_rng(0).standard_normal(len(samples))
    f0, times = pyworld.harvest(samples, rate, f0_floor=60, f0_ceil=500, frame_period=FRAME * 1000)
    envelope = pyworld.cheaptrick(samples, f0, times, rate)
    length = len(samples) / rate
    vowels = _vowels(f0, envelope, rate, [*sounds, Sound(length)])
    return Speech(f0, envelope, pyworld.d4c(samples, f0, times, rate), rate, vowels, length)


def perform_speech(
    speech: Speech,
    plan: Sequence[Sung],
    *,
    which: Sequence[int] | None = None,
    manner: Manner = PLAIN,
    tail: float = 0.6,
    level: float = -22.0,
    seed: int = 0,
) -> Performance:
    """Sing the speech's vowels on a plan, at 16 kHz.

    which: for each note, the vowel that it is sung on (None: each vowel once, in order); tail: seconds after the last
    note; level: dB re full scale. Raises ValueError where vowels and notes do not fit.
    """
    import pyworld

    order = range(len(speech.vowels)) if which is None else which
    if len(order) != len(plan) or max(order) >= len(speech.vowels):
        raise ValueError(f"{len(speech.vowels)} vowels for {len(plan)} notes")
    rng = np.random.default_rng(seed)
    frames = np.arange(0.0, plan[-1].onset + plan[-1].duration + tail, FRAME)
    source, sounding = _timing(speech, plan, [speech.vowels[k] for k in order], frames)
    at = np.clip(np.round(source / FRAME).astype(int), 0, len(speech.f0) - 1)
    vowels = np.any([(frames >= note.onset) & (frames < note.onset + note.duration) for note in plan], axis=0)
    voiced = sounding & (vowels | (speech.f0[at] > 0))
    line, loudness = _line(plan, frames, manner, rng)
    envelope = speech.envelope[at] * (np.where(sounding, 1.0, 1e-9) * loudness)[:, None]
    noise = _breathed(np.ascontiguousarray(speech.noise[at]), manner.breath)
    sound = pyworld.synthesize(np.where(voiced, line, 0.0), envelope, noise, speech.rate, FRAME * 1000)
    sound = _doubled(sound, line, speech.rate, manner.creak)
    return Performance(
        _in_room(signal.resample_poly(sound, 16000, speech.rate), level, rng), frames, line, _heard(voiced, envelope)
    )


def _timing(
    speech: Speech, plan: Sequence[Sung], vowels: Sequence[Vowel], frames: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Which moment of the speech sounds at each frame, and whether anything does."""
    sung, spoken = [plan[0].onset - vowels[0].start], [0.0]
    if vowels[0].lead > 0:  # the phrase begins in its middle
        sung, spoken = [plan[0].onset - (vowels[0].start - vowels[0].lead)], [vowels[0].lead]
    sounding = frames >= sung[0]
    for k, (note, vowel) in enumerate(zip(plan, vowels, strict=True)):
        after = vowels[k + 1].start - vowels[k + 1].lead if k + 1 < len(plan) else 0.0
        following = plan[k + 1].onset if k + 1 < len(plan) else note.onset + note.duration
        lead = min(after, LONGEST_CONSONANT * (following - note.onset))
        stop = min(note.onset + note.duration, following - lead)
        sung += [note.onset, stop, following - lead, following - lead + 1e-6]
        spoken += [vowel.start, vowel.end, vowel.end, vowels[k + 1].lead if k + 1 < len(plan) else vowel.end]
        sounding &= ~((frames >= stop) & (frames < following - lead))
    coda = (speech.length - vowels[-1].end) if vowels[-1] is speech.vowels[-1] else 0.0
    sounding &= frames < sung[-1] + coda
    return np.interp(frames, [*sung, sung[-1] + coda], [*spoken, spoken[-1] + coda]), sounding


def _vowels(f0: Floats, envelope: Floats, rate: int, sounds: Sequence[Sound]) -> tuple[Vowel, ...]:
    """The vowels of the speech.

    The program's own times hold after a sonorant; after any other sound a vowel starts where its voice is heard, which
    may be a breath later.
    """
    found = list[Vowel]()
    voice = envelope[:, : round(VOICE_BAND * 2 * envelope.shape[1] / rate)].sum(axis=1)
    before = Sound(0.0)
    for sound, following in pairwise(sounds):
        if sound.is_vowel:
            start = sound.start
            if not before.is_sonorant:
                frames = np.arange(max(round(start / FRAME) - 6, 0), round(following.start / FRAME))
                loud = (voice[frames] > voice[frames].max() / 4) & (f0[frames] > 0)
                start = float(frames[np.argmax(loud)] * FRAME)
            found.append(Vowel(found[-1].end if found else 0.0, start, following.start, before.is_voiceless))
        before = sound
    return tuple(found)


def _line(plan: Sequence[Sung], frames: Floats, manner: Manner, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """f0 in Hz: the notes, 60 ms glides before the onsets, vibrato and tremor; and a factor on power."""
    line = np.full(len(frames), plan[0].pitch or 57.0)
    for note in plan:
        if note.pitch is not None:
            line[frames >= note.onset - 0.03] = note.pitch
    line = ndimage.uniform_filter1d(line, round(0.06 / FRAME), mode="nearest")
    shake = np.sin(2 * np.pi * 5.0 * frames)
    cents = manner.vibrato * np.sin(2 * np.pi * 5.3 * frames) + manner.tremor * shake
    cents += 1200 * manner.jitter * rng.standard_normal(len(frames))
    power = (1 + manner.tremor / 250 * shake) ** 2 * 10 ** (manner.shimmer * rng.standard_normal(len(frames)))
    return 440 * 2 ** ((line - 69) / 12 + cents / 1200), power


def _breathed(noise: Floats, breath: float) -> Floats:
    """WORLD's aperiodicity with a share of breath in it that grows toward the high bands."""
    rising = breath * np.linspace(0.4, 1.0, noise.shape[1]) if breath > 0 else np.zeros(noise.shape[1])
    return 1 - (1 - noise) * (1 - rising)


def _doubled(sound: Floats, line: Floats, rate: int, creak: float) -> Floats:
    """Every second pulse softer, as in a creaking voice."""
    f0 = np.interp(np.arange(len(sound)) / rate, np.arange(len(line)) * FRAME, line)
    return np.asarray(sound * (1 + creak * np.cos(np.pi * np.cumsum(f0) / rate)))


def _heard(voiced: NDArray[np.bool_], envelope: Floats) -> Floats:
    """1 where there is voice, 0 where none is, NaN where it is too soft to say."""
    level = 10 * np.log10(envelope.sum(axis=1) + 1e-16)
    soft = level < level[voiced].max() - AUDIBLE
    return np.where(voiced & soft, np.nan, voiced.astype(float))


def _in_room(sound: Floats, level: float, rng: np.random.Generator) -> NDArray[np.float32]:
    active = sound[np.abs(sound) > 0.02 * np.abs(sound).max()]
    gain = min(10 ** (level / 20) / np.sqrt(np.mean(active**2)), 0.98 / np.abs(sound).max())
    return (gain * sound + 10 ** (FLOOR / 20) * rng.standard_normal(len(sound))).astype(np.float32)
