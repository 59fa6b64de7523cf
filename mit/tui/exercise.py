"""A phrase as one person practises it: its heights and its melody. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mit.melody import Melody, intone
from mit.phrase import Phrase
from mit.protocol import Switches

ONE_TONE = "L"
"""The height of every syllable where only the rhythm is practised."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A phrase and the melody it is sung on."""

    phrase: Phrase
    melody: Melody


@dataclass(frozen=True, slots=True)
class Tuning:
    """One person's key and tempo. low: MIDI; interval: semitones; beat: seconds a syllable."""

    low: float
    interval: float
    beat: float

    def exercise(self, phrase: Phrase, switches: Switches | None = None) -> Exercise:
        """The phrase in this tuning; on one tone where heights are switched off. Raises SettingsError."""
        if switches is not None and switches.on_one_tone:
            level = tuple(replace(s, height=ONE_TONE, semitones=None) for s in phrase.syllables)
            phrase = replace(phrase, syllables=level)
        return Exercise(phrase, intone(phrase.syllables, low=self.low, interval=self.interval, beat=self.beat))
