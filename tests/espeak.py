"""A singer with real words: espeak-ng's speech, laid on a plan's onsets and pitches by the WORLD vocoder.

Needs libespeak-ng on the system and pyworld; `missing()` says what is not there.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.spoken import Sound, Speech, perform_speech, take_apart
from tests.voices import Sung

Floats = NDArray[np.floating]

VOWELS = frozenset("aeiouyæɑɐɒɔəɚɛɜɝɪɨʊʌᵻ")
SONORANTS = VOWELS | frozenset("mnŋlɹrwj")
VOICELESS = frozenset("ptkfsʃθhx")

SYNCHRONOUS, PHONEMES_IN_IPA, UTF8, PHONEME_EVENT = 2, 0x0001 | 0x0002, 1, 7
RATE, PITCH, PITCH_RANGE = 1, 3, 4


def missing() -> str:
    """What is needed and not there, for a skip; empty when all is."""
    lacks = [] if importlib.util.find_spec("pyworld") else ["pyworld-prebuilt"]
    return ", ".join([*lacks, *([] if ctypes.util.find_library("espeak-ng") else ["libespeak-ng1"])])


def espeak_sing(text: str, plan: Sequence[Sung], *, voice: str = "en-us", **how: Any) -> NDArray[np.float32]:
    """Sing a text, one note for each of its vowels; float32 samples at 16 kHz.

    voice: of espeak-ng ("en-us", "en-us+f2", "en-us+m3"); how: as `perform_speech` takes it. Raises ValueError where
    vowels and notes differ in number.
    """
    return perform_speech(speech(text, voice), plan, **how).samples


@lru_cache(maxsize=64)
def speech(text: str, voice: str) -> Speech:
    """Text spoken and taken apart; kept for the process, because WORLD takes longer than everything else."""
    samples, rate, phonemes = _speaker().speak(text, voice)
    sounds = [Sound(at, *(bool(kind.intersection(s)) for kind in (VOWELS, SONORANTS, VOICELESS))) for at, s in phonemes]
    return take_apart(samples, rate, sounds)


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
        return samples, self._rate, tuple(self._phonemes)


@cache
def _speaker() -> _Speaker:
    return _Speaker()
