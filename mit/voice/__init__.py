"""Voices that sing a melody as the model."""

from __future__ import annotations

from types import MappingProxyType
from typing import Protocol

from mit.audio import Audio
from mit.errors import SettingsError
from mit.melody import Melody
from mit.voice import hum


class Voice(Protocol):
    """Something that sings: a melody becomes sound, each note at its onset plus `lead` seconds."""

    def __call__(self, melody: Melody, *, lead: float) -> Audio: ...


VOICES: MappingProxyType[str, Voice] = MappingProxyType({"hum": hum.hum})
"""Every voice by the name it is chosen with."""


def render(melody: Melody, *, voice: str = "hum", lead: float = 0.0) -> Audio:
    """Sing a melody as the model. `lead`: seconds of silence before the melody's time 0.

    A syllable starts (its vowel sounds) in the audio at its note's onset plus `lead`. Raises SettingsError for a
    voice that does not exist.
    """
    if voice not in VOICES:
        raise SettingsError(f"There is no voice {voice!r}.", f"Choose one of: {', '.join(VOICES)}.")
    return VOICES[voice](melody, lead=lead)
