"""Singers for the tests: a known truth, sung by voices that share no code with the product.

A voice is a glottal pulse train (Rosenberg 1971) with jitter, shimmer and breath through the formants of vowels
(Peterson & Barney 1952), with consonants before the beat: a vowel starts, at half its amplitude, on its note's onset.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from tests.singers import VOICES, Singer

Floats = NDArray[np.floating]


class Sung(NamedTuple):
    """A syllable to sing: seconds, seconds, MIDI (None: whispered), spelling. Plain tuples will do, too."""

    onset: float
    duration: float
    pitch: float | None
    text: str = "na"


@dataclass(frozen=True, slots=True)
class _Moves:
    """How pitch moves within notes and between them: vibrato and scoop in cents, gap in seconds."""

    vibrato: float
    scoop: float
    gap: float


class Performance(NamedTuple):
    """Samples at their rate with the truth: at `times` (s), f0 in Hz (a line also where nothing sounds) and whether
    there is voice (1), none (0), or too little to say (NaN)."""

    samples: NDArray[np.float32]
    times: Floats
    f0: Floats
    voiced: Floats


FORMANTS = {
    "a": (730, 1090, 2440, 3400),
    "e": (530, 1840, 2480, 3500),
    "i": (270, 2290, 3010, 3600),
    "o": (570, 840, 2410, 3300),
    "u": (300, 870, 2240, 3300),
    "@": (500, 1500, 2500, 3500),
    "m": (250, 1000, 2200, 3200),
}
BANDWIDTHS = (80, 100, 140, 200)


class Consonant(NamedTuple):
    """What sounds before the vowel: seconds, voiced timbre and its amplitude, hiss and burst amplitude."""

    seconds: float = 0.0
    timbre: str = "@"
    voiced: float = 0.0
    hiss: float = 0.0
    burst: float = 0.0


_NASAL, _STOP, _VOICED_STOP = Consonant(0.08, "m", 0.25), Consonant(0.08, burst=0.4), Consonant(0.06, "m", 0.05, 0, 0.2)
_HISS, _BREATH, _BUZZ = Consonant(0.11, hiss=0.35), Consonant(0.08, hiss=0.12), Consonant(0.08, "m", 0.08, 0.12)
CONSONANTS = (
    dict.fromkeys("mn", _NASAL)
    | dict.fromkeys("ptkcq", _STOP)
    | dict.fromkeys("bdg", _VOICED_STOP)
    | dict.fromkeys("sx", _HISS)
    | dict.fromkeys("fh", _BREATH)
    | dict.fromkeys("vzj", _BUZZ)
    | {"w": Consonant(0.06, "u", 0.25), "y": Consonant(0.06, "i", 0.25)}
    | dict.fromkeys("lr", Consonant(0.06, "@", 0.25))
)

INNER_RATE = 44100
"""Hz at which pulses are drawn at least, so that their edges do not alias into the voice."""

CONTROL_RATE = 2000
"""Hz of the lines that steer pitch and loudness."""

EDGE = 0.020
"""Seconds of every fade: half of it before, half after the moment."""

TURN = 0.060
"""Seconds of the glide from one pitch to the next."""

POP = 0.015
"""Seconds of the burst that opens a stop."""

TREMOR_RATE = 5.0
"""Hz, of pitch and loudness together."""

SURE = (0.02, 0.15)
"""Gain of the voice below which there is none, and over which it is heard: in between nobody can tell."""

FLOOR = -75.0
"""dB re full scale of the room: no microphone hears exact zeros."""


class Timed(Protocol):
    """Anything like a note: the product's own too, without knowing it."""

    @property
    def onset(self) -> float: ...
    @property
    def duration(self) -> float: ...
    @property
    def pitch(self) -> float | None: ...
    @property
    def text(self) -> str | None: ...


def follow(notes: Iterable[Timed], *, start: float = 0.4) -> tuple[Sung, ...]:
    """A perfect singer's plan for a melody's notes, beginning at `start` seconds."""
    return tuple(Sung(start + note.onset, note.duration, note.pitch, note.text or "na") for note in notes)


def phrase(
    text: str, pattern: str, *, low: float = 57.0, interval: float = 3.0, beat: float = 0.7, start: float = 0.4
) -> tuple[Sung, ...]:
    """A plan for "I want wa-ter" on "LHHL": one beat each."""
    heights = [{"L": 0.0, "M": 0.5, "H": 1.0}[letter] for letter in pattern]
    syllables = text.replace("-", " ").split()
    return tuple(
        Sung(start + k * beat, beat, low + interval * height, syllable)
        for k, (syllable, height) in enumerate(zip(syllables, heights, strict=True))
    )


def sing(
    notes: Sequence[tuple[float, float, float | None, str]], *, voice: str | Singer = "alto", **how: Any
) -> NDArray[np.float32]:
    """Sing a plan: the samples of `perform`, which says what there is to choose."""
    return perform(notes, voice=voice, **how).samples


def perform(
    notes: Sequence[tuple[float, float, float | None, str]],
    *,
    voice: str | Singer = "alto",
    rate: int = 16000,
    seed: int = 0,
    vibrato: float = 15.0,
    scoop: float = 40.0,
    gap: float = 0.05,
    tail: float = 0.6,
    level: float = -22.0,
) -> Performance:
    """Sing a plan. Float32 samples at `rate` and their truth; the same arguments give the same.

    vibrato, scoop: cents; gap: seconds of silence before each next syllable (0: legato); tail: seconds of room after
    the last; level: dB re full scale of the sounding part.
    """
    plan = [Sung(*note) for note in notes]
    singer = VOICES[voice] if isinstance(voice, str) else voice
    rng = np.random.default_rng([seed, zlib.crc32(str(voice).encode())])
    over = math.ceil(INNER_RATE / rate)
    seconds = max((note.onset + note.duration for note in plan), default=0.0) + tail
    count, inner = round(seconds * rate) * over, over * rate
    control = np.arange(0.0, seconds + 1 / CONTROL_RATE, 1 / CONTROL_RATE)
    if not plan:
        nothing = np.zeros(len(control))
        return Performance(_in_room(np.zeros(count // over), level, rng), control, nothing, nothing)
    f0 = _f0(plan, control, _Moves(vibrato, scoop, gap), singer.tremor, rng)
    lines = _gains(plan, control, gap, rng)
    times = np.arange(count) / inner
    glottis, noise = _source(np.interp(times, control, f0), inner, singer, rng)
    gains = {name: np.interp(times, control, line) for name, line in lines.items()}
    sound = signal.resample_poly(_mouth(gains, glottis, noise, inner, singer, rng), 1, over)
    return Performance(_in_room(sound, level, rng), control, f0, _voiced(lines))


def _voiced(lines: dict[str, Floats]) -> Floats:
    """1 inside vowels and nasals, 0 where no voice is, NaN at edges and in whispers."""
    voice = sum((lines[name] for name in FORMANTS if name in lines), np.zeros(len(lines["whisper"])))
    voice = voice * (1 - lines["whisper"])
    return np.where(voice > SURE[1], 1.0, np.where(voice > SURE[0], np.nan, 0.0))


def consonant(text: str) -> Consonant:
    """What a syllable starts with: nothing for a vowel."""
    return CONSONANTS.get(text[:1].lower(), Consonant())


def vowel(text: str) -> str:
    """The first vowel of a syllable's spelling, as a name of FORMANTS."""
    return next((letter for letter in text.lower() if letter in "aeiou"), "@")


def _ends(plan: Sequence[Sung], gap: float) -> list[float]:
    """When each vowel ends: with its note, or early enough for what comes before the next vowel."""
    ends = [note.onset + note.duration for note in plan]
    for k, following in enumerate(plan[1:]):
        needed = consonant(following.text).seconds + gap
        ends[k] = max(min(ends[k], following.onset - needed), plan[k].onset + 0.3 * (following.onset - plan[k].onset))
    return ends


def _f0(plan: Sequence[Sung], times: Floats, moves: _Moves, tremor: float, rng: np.random.Generator) -> Floats:
    """f0 in Hz at every moment, also where nothing sounds."""
    line = np.full(len(times), next((n.pitch for n in plan if n.pitch is not None), 57.0))
    bend = tremor * np.sin(2 * np.pi * TREMOR_RATE * times) + 4.0 * _drift(rng, times)
    for note in plan:
        before = max(consonant(note.text).seconds, moves.gap, TURN / 2)
        since = times - note.onset
        during = (since >= -before) & (since < note.duration)
        if note.pitch is not None:
            line[since >= -before] = note.pitch
        swell = np.clip((since[during] - 0.25) / 0.2, 0, 1)
        bend[during] += moves.vibrato * swell * np.sin(2 * np.pi * 5.6 * since[during])
        bend[during] -= moves.scoop * np.exp(-(since[during] + before) / 0.05)
    return 440 * 2 ** ((_smooth(line, TURN) - 69) / 12 + bend / 1200)


def _drift(rng: np.random.Generator, times: Floats) -> Floats:
    """A slow line with a standard deviation near 1: no voice holds still."""
    knots = np.arange(0, times[-1] + 0.2, 0.1)
    return np.interp(times, knots, np.clip(rng.standard_normal(len(knots)), -2, 2))


def _source(f0: Floats, rate: float, singer: Singer, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The glottis and its breath, each with a root mean square near 1."""
    phase = np.cumsum(f0) / rate
    cycles = int(phase[-1]) + 3
    other = np.where(np.arange(cycles) % 2, 1.0, -1.0)
    # Each pulse is displaced by itself: the periods are uneven, the pitch stays exact.
    phase = phase + np.interp(
        phase, np.arange(cycles), singer.jitter * rng.standard_normal(cycles) + singer.creak * other
    )
    phase = np.maximum(phase, 0)
    cycle = np.minimum(phase.astype(int), cycles - 1)
    strength = 1 + singer.shimmer * rng.standard_normal(cycles) + 2 * singer.creak * other
    flow = _pulse(phase % 1.0, singer.opening) * strength[cycle]
    glottis = np.diff(flow, prepend=flow[0])
    breath = signal.sosfilt(signal.butter(2, 800, "high", fs=rate, output="sos"), rng.standard_normal(len(f0)))
    breath *= 0.4 + 0.6 * flow
    return glottis / np.std(glottis), breath / np.std(breath)


def _pulse(phase: Floats, opening: float) -> Floats:
    """Glottal flow over one period after Rosenberg 1971: a slow opening, a faster closing, shut."""
    top = opening * 0.66
    closing = np.cos(np.pi / 2 * (phase - top) / (opening - top))
    return np.where(phase < top, 0.5 - 0.5 * np.cos(np.pi * phase / top), np.where(phase < opening, closing, 0.0))


def _mouth(
    gains: dict[str, Floats], glottis: Floats, noise: Floats, rate: int, singer: Singer, rng: np.random.Generator
) -> Floats:
    """Vowels and consonants on the source, each where its line of gain has it."""
    whisper = gains["whisper"]
    tremble = 1 + singer.tremor / 250 * np.sin(2 * np.pi * TREMOR_RATE / rate * np.arange(len(glottis)))
    source = ((1 - whisper) * glottis + (singer.breath + 0.4 * whisper) * noise) * tremble
    sound = np.zeros(len(glottis))
    for timbre in (name for name in FORMANTS if name in gains):
        loudness = np.std(_formants(glottis, FORMANTS[timbre], singer.tract, rate))
        sound += gains[timbre] * _formants(source, FORMANTS[timbre], singer.tract, rate) / loudness
    band = signal.butter(2, (2500, 6500), "band", fs=rate, output="sos")
    fricative = signal.sosfilt(band, rng.standard_normal(len(glottis)))
    return sound + (gains["hiss"] + gains["burst"]) * fricative / np.std(fricative)


def _gains(plan: Sequence[Sung], times: Floats, gap: float, rng: np.random.Generator) -> dict[str, Floats]:
    """How loud each timbre, "hiss" and "burst" is at every moment, and where the voice does "whisper"."""
    lines: defaultdict[str, Floats] = defaultdict(lambda: np.zeros(len(times)))
    for note, end in zip(plan, _ends(plan, gap), strict=True):
        before = consonant(note.text)
        start, stop = np.searchsorted(times, (note.onset, end))
        first, pop = np.searchsorted(times, (note.onset - before.seconds, note.onset - POP))
        lines[vowel(note.text)][start:stop] = 10 ** (rng.uniform(-1.5, 1.5) / 20)
        lines[before.timbre][first:start] = before.voiced
        lines["hiss"][first:start] = before.hiss
        lines["burst"][pop:start] = before.burst
        lines["whisper"][first:stop] = note.pitch is None
    return {name: line if name == "burst" else _smooth(line, EDGE) for name, line in lines.items()}


def _formants(source: Floats, formants: Sequence[float], tract: float, rate: float) -> Floats:
    """The source through resonators in a row, each with a gain of 1 at 0 Hz (Klatt 1980)."""
    sections = []
    for formant, bandwidth in zip(formants, BANDWIDTHS, strict=True):
        radius = np.exp(-np.pi * bandwidth / rate)
        turn = -2 * radius * np.cos(2 * np.pi * formant * tract / rate)
        sections.append([1 + turn + radius**2, 0, 0, 1, turn, radius**2])
    return signal.sosfilt(np.array(sections), source)


def _smooth(line: Floats, length: float) -> Floats:
    """A control line with its steps spread over `length` seconds, centred."""
    half = round(length / 2 * CONTROL_RATE)
    return ndimage.uniform_filter1d(ndimage.uniform_filter1d(line, half, mode="nearest"), half, mode="nearest")


def _in_room(sound: Floats, level: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """The sound at its level, with the quiet of a room around it."""
    loudest = np.abs(sound).max(initial=0.0)
    if loudest > 0:
        sounding = sound[np.abs(sound) > 0.02 * loudest]
        gain = 10 ** (level / 20) / np.sqrt(np.mean(sounding**2))
        sound = sound * min(gain, 0.98 / loudest)
    return (sound + 10 ** (FLOOR / 20) * rng.standard_normal(len(sound))).astype(np.float32)
