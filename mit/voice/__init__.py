"""Voices that sing a melody as the model."""

from __future__ import annotations

from types import MappingProxyType
from typing import Protocol

from mit.audio import Audio
from mit.errors import SettingsError
from mit.melody import Melody
from mit.voice import hum, neural, sung
from mit.voice.sounds import Sounds


class Voice(Protocol):
    """Something that sings words: a melody and the sounds of its syllables become sound."""

    def __call__(self, melody: Melody, *, lead: float, sounds: Sounds) -> Audio: ...


WORDED: MappingProxyType[str, Voice] = MappingProxyType(
    {"sung": sung.sung, "spoken": sung.spoken, "speechsong": sung.speechsong}
)
"""The voices that say words, by name: they need onnxruntime and the sounds of the syllables."""

VOICES = ("hum", *WORDED)
"""Every voice by the name it is chosen with."""

ENGINE = 4
"""Of how the voices sound: raised with any change that is heard, so that no kept sound outlives it."""

HEAD = 0.5
"""Seconds of `lead` that leave room for the consonants before the first vowel of any phrase."""


def available_voices() -> tuple[str, ...]:
    """The voices that this computer can sound: all, or the hum alone where there is no onnxruntime."""
    return VOICES if neural.is_available() else VOICES[:1]


def sounding(voice: str, sounds: Sounds | None) -> str:
    """The voice that is heard when this one is asked for: itself, or the hum where it cannot say the words.

    Raises SettingsError for a voice that does not exist.
    """
    if voice not in VOICES:
        raise SettingsError(f"There is no voice {voice!r:.40}.", f"Choose one of: {', '.join(VOICES)}, recorded.")
    return voice if sounds and voice in available_voices() else VOICES[0]


def render(melody: Melody, *, voice: str = "hum", lead: float = 0.0, sounds: Sounds | None = None) -> Audio:
    """Sing a melody as the model. `lead`: seconds of silence before the melody's time 0 (see HEAD).

    A syllable starts (its vowel sounds) in the audio at its note's onset plus `lead`; "spoken" holds to that for the
    first syllable only. `sounds`: the symbols of each syllable (mit.voice.sounds). Without them, or where the voice is
    not available, the hum takes its place: a phrase is never without a model. Raises SettingsError for a voice that
    does not exist.
    """
    heard = sounding(voice, sounds)
    if heard in WORDED and sounds:
        return WORDED[heard](melody, lead=lead, sounds=sounds)
    return hum.hum(melody, lead=lead)
