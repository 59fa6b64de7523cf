"""A singer with real words: espeak-ng's speech, laid on a plan's onsets and pitches by the WORLD vocoder.

Needs libespeak-ng on the system and pyworld; `missing()` says what is not there.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from tests.voices import Sung

Floats = NDArray[np.floating]

FRAME = 0.005
"""Seconds of a WORLD frame."""

VOWELS = frozenset("aeiouyæɑɐɒɔəɚɛɜɝɪɨʊʌᵻ")
SONORANTS = VOWELS | frozenset("mnŋlɹrwj")
VOICE_BAND = 1200
"""Hz below which a vowel is loud and a hiss is not."""

SYNCHRONOUS, PHONEMES_IN_IPA, UTF8, PHONEME_EVENT = 2, 0x0001 | 0x0002, 1, 7
RATE, PITCH, PITCH_RANGE = 1, 3, 4

LONGEST_CONSONANT = 0.45
"""Share of the time between two onsets that the sounds between the vowels may take."""


class Speech(NamedTuple):
    """Speech as WORLD frames, and where each phoneme starts (seconds, IPA), with the end as the last."""

    f0: Floats
    envelope: Floats
    noise: Floats
    rate: int
    phonemes: tuple[tuple[float, str], ...]


def missing() -> str:
    """What is needed and not there, for a skip; empty when all is."""
    lacks = [] if importlib.util.find_spec("pyworld") else ["pyworld-prebuilt"]
    return ", ".join([*lacks, *([] if ctypes.util.find_library("espeak-ng") else ["libespeak-ng1"])])


def espeak_sing(
    text: str, plan: Sequence[Sung], *, voice: str = "en-us", tail: float = 0.6, level: float = -22.0
) -> NDArray[np.float32]:
    """Sing a text, one note for each of its vowels; float32 samples at 16 kHz.

    voice: of espeak-ng ("en-us", "en-us+f2", "en-us+m3"); tail: seconds after the last note; level: dB re full scale.
    Raises ValueError where vowels and notes differ in number.
    """
    import pyworld

    speech = _speech(text, voice)
    frames = np.arange(0.0, plan[-1].onset + plan[-1].duration + tail, FRAME)
    source, sounding = _timing(speech, plan, frames)
    at = np.clip(np.round(source / FRAME).astype(int), 0, len(speech.f0) - 1)
    vowels = np.any([(frames >= note.onset) & (frames < note.onset + note.duration) for note in plan], axis=0)
    voiced = sounding & (vowels | (speech.f0[at] > 0))
    envelope = speech.envelope[at] * np.where(sounding, 1.0, 1e-9)[:, None]
    f0 = np.where(voiced, _line(plan, frames), 0.0)
    sound = pyworld.synthesize(f0, envelope, np.ascontiguousarray(speech.noise[at]), speech.rate, FRAME * 1000)
    sound = signal.resample_poly(sound, 16000, speech.rate)
    active = sound[np.abs(sound) > 0.02 * np.abs(sound).max()]
    gain = min(10 ** (level / 20) / np.sqrt(np.mean(active**2)), 0.98 / np.abs(sound).max())
    room = 10 ** (-75 / 20) * np.random.default_rng(len(text)).standard_normal(len(sound))
    return (gain * sound + room).astype(np.float32)


def _timing(speech: Speech, plan: Sequence[Sung], frames: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Which moment of the speech sounds at each frame, and whether anything does."""
    vowels = _vowels(speech)
    if len(vowels) != len(plan):
        raise ValueError(f"{len(vowels)} vowels for {len(plan)} notes")
    sung, spoken = [plan[0].onset - vowels[0][0]], [0.0]
    sounding = frames >= sung[0]
    for k, (note, (start, end)) in enumerate(zip(plan, vowels, strict=True)):
        after = vowels[k + 1][0] - end if k + 1 < len(plan) else 0.0
        following = plan[k + 1].onset if k + 1 < len(plan) else note.onset + note.duration
        lead = min(after, LONGEST_CONSONANT * (following - note.onset))
        stop = min(note.onset + note.duration, following - lead)
        sung += [note.onset, stop, following - lead + 1e-6]
        spoken += [start, end, end]
        sounding &= ~((frames >= stop) & (frames < following - lead))
    coda = speech.phonemes[-1][0] - vowels[-1][1]
    sounding &= frames < sung[-1] + coda
    return np.interp(frames, [*sung, sung[-1] + coda], [*spoken, spoken[-1] + coda]), sounding


def _vowels(speech: Speech) -> list[tuple[float, float]]:
    """Where each vowel starts and ends, in seconds.

    espeak-ng's own times hold after a sonorant; after any other sound a vowel starts where its voice is heard, which
    may be a breath later.
    """
    found = []
    voice = speech.envelope[:, : round(VOICE_BAND * 2 * speech.envelope.shape[1] / speech.rate)].sum(axis=1)
    before = ""
    for (start, sound), (end, _) in pairwise(speech.phonemes):
        if VOWELS.intersection(sound):
            if not SONORANTS.intersection(before):
                frames = np.arange(max(round(start / FRAME) - 6, 0), round(end / FRAME))
                loud = (voice[frames] > voice[frames].max() / 4) & (speech.f0[frames] > 0)
                start = float(frames[np.argmax(loud)] * FRAME)
            found.append((start, end))
        before = sound
    return found


def _line(plan: Sequence[Sung], frames: Floats) -> Floats:
    """f0 in Hz: the notes, 60 ms glides before the onsets, and a little vibrato."""
    line = np.full(len(frames), plan[0].pitch or 57.0)
    for note in plan:
        if note.pitch is not None:
            line[frames >= note.onset - 0.03] = note.pitch
    line = ndimage.uniform_filter1d(line, round(0.06 / FRAME), mode="nearest")
    return 440 * 2 ** ((line - 69) / 12 + 0.1 * np.sin(2 * np.pi * 5.3 * frames) / 12)


@lru_cache(maxsize=64)
def _speech(text: str, voice: str) -> Speech:
    """Text spoken and taken apart; kept for the process, because WORLD takes longer than everything else."""
    import pyworld

    samples, rate, phonemes = _speaker().speak(text, voice)
    samples = samples + 1e-5 * np.random.default_rng(0).standard_normal(len(samples))
    f0, times = pyworld.harvest(samples, rate, f0_floor=60, f0_ceil=500, frame_period=FRAME * 1000)
    envelope = pyworld.cheaptrick(samples, f0, times, rate)
    return Speech(f0, envelope, pyworld.d4c(samples, f0, times, rate), rate, phonemes)


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    """espeak_EVENT of espeak-ng's speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Speaker:
    """libespeak-ng: speech with the time of each phoneme. It has one state, so there is one of these a process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(ctypes.util.find_library("espeak-ng"))
        self._rate = int(self._library.espeak_Initialize(SYNCHRONOUS, 0, None, PHONEMES_IN_IPA))
        self._samples: list[Floats] = []
        self._phonemes: list[tuple[float, str]] = []
        self._callback = _CALLBACK(self._take)  # kept: the library holds only its address
        self._library.espeak_SetSynthCallback(self._callback)

    def _take(self, samples: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]) -> int:
        if samples and count > 0:
            self._samples.append(np.ctypeslib.as_array(samples, (count,)) / 32768)
        i = 0
        while events[i].type:
            if events[i].type == PHONEME_EVENT:
                self._phonemes.append((events[i].audio_position / 1000, events[i].id.string.decode("utf-8", "replace")))
            i += 1
        return 0

    def speak(self, text: str, voice: str) -> tuple[Floats, int, tuple[tuple[float, str], ...]]:
        """Samples, their rate, and the phonemes."""
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f"espeak-ng has no voice {voice}")
        for parameter, value in ((RATE, 120), (PITCH, 50), (PITCH_RANGE, 0)):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._samples, self._phonemes = [], []
        data = text.encode() + b"\0"
        self._library.espeak_Synth(data, ctypes.c_size_t(len(data)), 0, 1, 0, UTF8, None, None)
        samples = np.concatenate(self._samples)
        return samples, self._rate, (*self._phonemes, (len(samples) / self._rate, ""))


@cache
def _speaker() -> _Speaker:
    return _Speaker()
